"""Idle adoptions: 21 working days without a sign are warned of; 5 more, and the units are free again."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_

from communities.journal import Audience, Line
from communities.noted import Noted
from communities.working_day import working_days_after, working_days_before, working_days_between
from kernel import clock
from kernel.i18n import _
from kernel.work import Refusal

from .standing import State, WhyNot

IDLE = 21  # working days without a sign, then it is warned of
GRACE = 5  # working days to give one


class ProlongedBefore(Refusal):
    """Once an adoption."""

    message = _("这份认领已经延长过一次，不能再延长。")


class Idling(Noted):
    """The part of Adoption that is about its silence.

    Three stored facts say from when it counts: its partner's last act, the committee's word, the end of its pause.
    The day of the release is promised with the warning and taken back by any of them.
    """

    if TYPE_CHECKING:
        state: Any
        partner: Any
        project: Any
        active_on: Any
        release_on: Any
        prolonged_on: Any
        prolonged_why: Any
        paused_until: Any
        is_paused: Any
        _only: Any
        _note: Any
        _give_back: Any

    @property
    def silent_since(self) -> date:
        """The day from which its silence counts; before the project begins nothing is late."""
        days = (self.active_on, self.prolonged_on, self.paused_until, self.project.starts_on)
        return max(day for day in days if day is not None)

    @property
    def silent_days(self) -> int:
        """Working days without a sign of its partner; 0 while it is paused or does not run."""
        if self.state is not State.RUNNING or self.silent_since > clock.today():
            return 0
        return working_days_between(self.silent_since, clock.today())

    @classmethod
    def silent(cls, project):
        """A condition: it runs and nobody has heard of it for 21 working days. `project` is what it is joined with."""
        last = working_days_before(clock.today(), IDLE)
        spared = [or_(column.is_(None), column <= last) for column in (cls.prolonged_on, cls.paused_until)]
        return and_(cls.state == State.RUNNING, cls.active_on <= last, project.starts_on <= last, *spared)

    def note(self, verb: str, by, *, tell=(), audience: Audience = Audience.PLACE, **ids) -> Line:
        """Every line that its partner writes is a sign that it is at work."""
        if by is not None and any(person.id == by.id for person in self.partner.managers):
            self.active_on, self.release_on = clock.today(), None
        return super().note(verb, by, tell=tell, audience=audience, **ids)

    def warn(self) -> bool:
        """Tell both sides that it will be free after 5 working days more; whether that was due."""
        if self.release_on is not None or self.silent_days < IDLE:
            return False
        self.release_on = working_days_after(clock.today(), GRACE)
        self._note("adoption.idle", None, days=IDLE, grace=GRACE)
        return True

    def release(self) -> bool:
        """Nobody gave a sign: its units are free again; whether that was due."""
        if self.release_on is None or self.release_on >= clock.today() or self.silent_days < IDLE:
            return False
        why = _("%(days)s 个工作日没有动静，提醒后 %(grace)s 个工作日仍没有动静，按约定放出。", days=IDLE, grace=GRACE)
        self.release_on = None
        self._give_back(State.RELEASED, str(why), None, audience=Audience.PUBLIC)
        return True

    def prolong(self, reason: str, *, by) -> None:
        """The committee knows why it is silent: the days count anew from today, once."""
        self._only(State.RUNNING)
        if self.prolonged_on is not None:
            raise ProlongedBefore
        if not reason.strip():
            raise WhyNot
        self.prolonged_on, self.prolonged_why, self.release_on = clock.today(), reason, None
        self._note("adoption.prolonged", by)
