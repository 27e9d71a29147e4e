"""The part of a shift that is about the fewest people with whom it can be done, and what happens with fewer.

Nothing is called off by the clock: who leads it is asked in time, and says whether it goes ahead.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Mapped, mapped_column

from communities.journal import Audience
from kernel import clock
from kernel.db import Instant, db
from kernel.i18n import _
from kernel.work import Refusal

from . import refusals
from .signup import HOLDS_SEAT
from .status import Status
from .waking import waking_after

ASKED_AHEAD = timedelta(hours=26)  # waking hours before the start: two days on which people can be reached


class LeastOverSeats(Refusal):
    """Nobody could ever be enough."""

    message = _("“至少几个人”不能比名额还多：名额是 %(seats)s 个。")
    field = "least"


class EnoughPeople(Refusal):
    """There is nothing to decide."""

    message = _("人已经够了，照常办，不用另外决定。")


class DecidedAlready(Refusal):
    """Once is enough."""

    message = _("已经定了照常办，报了名的人都通知了。")


def check_least(least: int, seats: int) -> None:
    """Refuse a minimum that the seats do not allow (`LeastOverSeats`)."""
    if least > seats:
        raise LeastOverSeats(seats=seats)


class Enough:
    """Every verb is called with the row of the shift locked. `least` is 0 where any number will do.

    `taken` is what counts: near the start, when it matters, seats that adopters keep without a yes are open again.
    """

    if TYPE_CHECKING:
        id: Any
        duty: Any
        taken: Any
        starts_at: Any
        note: Any
        people: Any
        is_cancelled: Any

    least: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    goes_ahead: Mapped[bool] = mapped_column(default=False)

    @property
    def missing(self) -> int:
        """How many people are missing to the minimum."""
        return max(self.least - self.taken, 0)

    @property
    def awaits_word(self) -> bool:
        """Whether it lies ahead with too few people, and nobody has said that it goes ahead."""
        return bool(self.missing) and not (self.goes_ahead or self.is_cancelled) and self.starts_at > clock.now()

    @classmethod
    def undecided(cls, now: Any, until: Any) -> Any:
        """As SQL: begins between two moments, has too few people, and nobody has said that it goes ahead."""
        shift: Any = cls
        planned = shift.status == Status.PLANNED
        soon = (shift.starts_at > now) & (shift.starts_at <= until)
        return planned & soon & (shift.taken < shift.least) & ~shift.goes_ahead

    def go_ahead(self, *, by) -> None:
        """It takes place with fewer people; whoever comes is told.

        Refuses what is cancelled or has begun, what has enough people (`EnoughPeople`) or is decided already.
        """
        if self.is_cancelled:
            raise refusals.ShiftCancelled
        if self.starts_at <= clock.now():
            raise refusals.ShiftOver
        if self.goes_ahead:
            raise DecidedAlready
        if not self.missing:
            raise EnoughPeople
        self.goes_ahead = True
        told = [signup.person for signup in db.session.scalars(self.people(*HOLDS_SEAT)).all()]
        self.note("shift.goes_ahead", by, tell=told, audience=Audience.PUBLIC, shift=self.id)

    def ask_lead(self) -> None:
        """The clock, two days ahead: who leads it is told once that people are missing."""
        if self.asked_at is not None or not self.awaits_word or self.starts_at > decided_until():
            return
        self.asked_at = clock.now()
        lead = [self.duty.lead] if self.duty.lead else []
        self.note("shift.short", None, tell=lead, shift=self.id, missing=self.missing)

    def ask_anew(self) -> None:
        """It is at another time or wants another number: what was said of it before counts no more."""
        self.asked_at, self.goes_ahead = None, False


def decided_until() -> datetime:
    """The last start about which somebody should decide now."""
    return waking_after(clock.now(), ASKED_AHEAD)
