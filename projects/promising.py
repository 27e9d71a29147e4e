"""What an adopter promises, step by step, and what it tells of its way."""

from datetime import date
from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from communities.working_day import working_days_after, working_days_since
from kernel import clock
from kernel.db import db

from .milestone import Milestone, NotThatDay
from .plain_words import plain
from .standing import State

FIRST_STEP = 10  # working days


class Promising(Noted):
    """The part of Adoption that is about its milestones."""

    if TYPE_CHECKING:
        state: Any
        milestones: Any
        running_since: Any
        paused_until: Any
        is_paused: Any
        _only: Any

    @property
    def first_step_by(self) -> date:
        """The day that is proposed for a first step: within 10 working days of the start, never a past one."""
        start = self.running_since or clock.today()
        return max(working_days_after(start, FIRST_STEP), clock.today())

    @property
    def lateness(self) -> dict[int, int]:
        """How many working days its milestones are late, by their ids: one look at the calendar for all."""
        today = clock.today()
        late = [one for one in self.milestones if one.is_open and one.counts_from < today and not self.is_paused]
        count = working_days_since((one.counts_from for one in late), today)
        return {one.id: count[one.counts_from] for one in late if count[one.counts_from]}

    def promise(self, title: str, due: date, *, by) -> Milestone:
        """One more milestone. Refuses a day that is over (`NotThatDay`) and words that sell (`Promotes`)."""
        self._only(State.RUNNING)
        if due < clock.today():
            raise NotThatDay
        counts_from = max(due, self.paused_until) if self.is_paused else due
        milestone = Milestone(title=plain(title, "title"), due=due, counts_from=counts_from)
        self.milestones.append(milestone)
        db.session.flush()
        milestone.tell("milestone.promised", by)
        return milestone

    def report_progress(self, words: str, scan, *, by) -> Milestone:
        """Something was done that nobody had promised: it is reached as it is written down."""
        self._only(State.RUNNING)
        today = clock.today()
        milestone = Milestone(title=plain(words, "words"), due=today, counts_from=today, reached_on=today)
        self.milestones.append(milestone)
        db.session.flush()
        milestone.keep(scan)
        milestone.tell("milestone.progress", by)
        return milestone
