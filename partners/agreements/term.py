"""The term of an agreement: where it stands on a day, as a property of its dates and as a condition on rows."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_

from kernel import clock
from kernel.choice import Choice
from kernel.i18n import _

SOON = 60  # days before the end from which it is said


class State(Choice):
    """Where an agreement stands; nobody sets it."""

    COMING = "coming", _("还没开始")
    VALID = "valid", _("有效")
    ENDING = "ending", _("快到期")
    EXPIRED = "expired", _("已到期")
    ENDED = "ended", _("提前终止")


class Term:
    """The part of Agreement that follows from its dates; days are in Asia/Shanghai."""

    if TYPE_CHECKING:
        since: Any
        until: Any
        ended_on: Any

    def state_on(self, day: date) -> State:
        """Where it stands on this day: `until` is its last day, `ended_on` the first on which it no longer counts."""
        if self.ended_on is not None and day >= self.ended_on:
            return State.ENDED
        if day < self.since:
            return State.COMING
        if self.until is None or self.until - day > timedelta(days=SOON):
            return State.VALID
        return State.ENDING if day <= self.until else State.EXPIRED

    @property
    def state(self) -> State:
        """Where it stands today."""
        return self.state_on(clock.today())

    @property
    def days_left(self) -> int | None:
        """The days that are left after today; None for one without an end."""
        return (self.until - clock.today()).days if self.until else None

    @classmethod
    def stands(cls, state: State, day: date):
        """The same as a condition: stands so on this day."""
        going = or_(cls.ended_on.is_(None), cls.ended_on > day)
        begun, soon = cls.since <= day, day + timedelta(days=SOON)
        return {
            State.ENDED: cls.ended_on <= day,
            State.COMING: and_(going, cls.since > day),
            State.VALID: and_(going, begun, or_(cls.until.is_(None), cls.until > soon)),
            State.ENDING: and_(going, begun, cls.until.between(day, soon)),
            State.EXPIRED: and_(going, cls.until < day),
        }[state]
