"""Lateness: a need past its day is seen by the subdistrict, and the record says so once."""

from typing import TYPE_CHECKING, Any

from kernel import clock

from .need_state import RUNNING, Stated


class Lateness(Stated):
    """The part of Need that is about its day."""

    if TYPE_CHECKING:
        due: Any
        late_for: Any
        partner: Any

    @classmethod
    def late(cls):
        """A condition: somebody had to do something by a day that is over."""
        need: Any = cls
        return need.state.in_(RUNNING) & (need.due < clock.today())

    @classmethod
    def to_escalate(cls):
        """A condition: late, and the record does not say so yet."""
        need: Any = cls
        return cls.late() & ((need.late_for.is_(None)) | (need.late_for != need.due))

    @property
    def is_late(self) -> bool:
        """Whether its day is over: a property of time, no job has to note it."""
        return self.state in RUNNING and self.due is not None and self.due < clock.today()

    def escalate(self) -> bool:
        """Say once that it is late; called by the clock, and again at any time. Whether it was said now."""
        if not self.is_late or self.late_for == self.due:
            return False
        self.late_for = self.due
        self._tell("need.late", None, tell=self.partner.managers if self.partner else ())
        return True
