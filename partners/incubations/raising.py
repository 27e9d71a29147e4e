"""What a community does for a firm that it raises: milestones with their days, and the ledger of its support."""

from datetime import date
from typing import TYPE_CHECKING, Any

from communities.place import Place
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from ..partner import Partner
from .incubating import Incubating, NotNow, Stage
from .milestone import Milestone
from .support import OFFICES, Help, Support, Unit


class NotOpen(Refusal):
    """Two colleagues had the same list open."""

    message = _("“%(what)s”已经达到或划掉了，请刷新后再看。")


class NotThatDay(Refusal):
    """What was reached or given was so on a day that has come."""

    message = _("这一天还没有到，请填今天或以前的日期。")
    field = "on"


class StruckAlready(Refusal):
    """Two colleagues had the same list open."""

    message = _("这一笔已经划掉了，请刷新后再看。")


class WhyStruck(Refusal):
    """The firm is told why something does not count."""

    message = _("请写一句为什么划掉，企业会看到。")
    field = "reason"


class WrongGiver(Refusal):
    """Support comes from a partner or from an office."""

    message = _("请从列表里选是谁给的支持。")
    field = "giver"


class Raising(Incubating):
    """The part of Incubation that is about what it was given and what it reached."""

    if TYPE_CHECKING:
        milestones: Any
        supports: Any
        branches: Any
        founder: Any
        founder_id: Any

    def plan(self, what: str, due: date, *, by) -> Milestone:
        """One more thing to reach, while it is raised."""
        self._only(Stage.INCUBATING)
        milestone = Milestone(what=what, due=due)
        self.milestones.append(milestone)
        db.session.flush()
        self._note("incubation.planned", by, milestone=milestone.id)
        return milestone

    def reach(self, milestone: Milestone, on: date, note: str, *, by) -> None:
        """It was reached. Refuses a day to come (`NotThatDay`) and what is not open (`NotOpen`)."""
        self._only(Stage.INCUBATING, Stage.GRADUATED)
        if not milestone.is_open:
            raise NotOpen(what=milestone.what)
        if on > clock.today():
            raise NotThatDay
        milestone.reached_on, milestone.note = on, note
        self._note("incubation.reached", by, milestone=milestone.id)

    def drop(self, milestone: Milestone, *, by) -> None:
        """It is not wanted any more."""
        if not milestone.is_open:
            raise NotOpen(what=milestone.what)
        milestone.dropped_on = clock.today()
        self._note("incubation.dropped", by, milestone=milestone.id)

    def help(self, kind: Help, what: str, quantity: int, unit: Unit, day: date, giver: Partner | Place, *, by):
        """What a partner, or the office of a place, gave to it. Refuses a day to come and a place without an office."""
        self._only(Stage.INCUBATING, Stage.GRADUATED)
        if isinstance(giver, Place) and giver.kind not in OFFICES:
            raise WrongGiver
        if day > clock.today():
            raise NotThatDay
        by_whom = {"place": giver} if isinstance(giver, Place) else {"partner": giver}
        support = Support(help=kind, what=what, quantity=quantity, unit=unit, day=day, **by_whom)
        self.supports.append(support)
        db.session.flush()
        self._note("incubation.helped", by, support=support.id)
        return support

    def strike(self, support: Support, reason: str, *, by) -> None:
        """An entry was wrong. Refuses without a reason, and what is struck already."""
        if support.struck_at is not None:
            raise StruckAlready
        if not reason.strip():
            raise WhyStruck
        support.struck_at, support.reason = clock.now(), reason
        self._note("incubation.struck", by, support=support.id)

    @property
    def branch(self):
        """Its link to a Party branch, None for none."""
        return next((branch for branch in self.branches if branch.ended_at is None), None)

    @property
    def given(self) -> list[Support]:
        """What counts of the support."""
        return [support for support in self.supports if support.struck_at is None]

    def _only(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise NotNow(firm=self.name, stage=self.stage.label)
