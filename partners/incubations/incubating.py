"""The stages of an incubation: 申请 → 在孵 → 毕业 → 退出, or 未录取, each with its day; and the verbs that move it."""

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from communities.noted import Noted
from communities.place import Kind as PlaceKind
from communities.place import Place
from communities.working_day import working_days_after
from kernel import clock
from kernel.choice import Choice
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

if TYPE_CHECKING:
    pass

ANSWER_IN = 5  # working days: whoever answers reads a plan


class Stage(Choice):
    """Where an incubation stands."""

    APPLIED = "applied", _("申请")
    INCUBATING = "incubating", _("在孵")
    GRADUATED = "graduated", _("毕业")
    LEFT = "left", _("退出")
    REFUSED = "refused", _("未录取")


MOVES = {
    Stage.APPLIED: {Stage.INCUBATING, Stage.REFUSED, Stage.LEFT},
    Stage.INCUBATING: {Stage.GRADUATED, Stage.LEFT},
    Stage.GRADUATED: {Stage.LEFT},
    Stage.REFUSED: {Stage.APPLIED},
    Stage.LEFT: set(),
}
PAST = (Stage.LEFT, Stage.REFUSED)


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("“%(firm)s”现在是“%(stage)s”，这一步做不了。请刷新后再看。")


class CommunitiesOnly(Refusal):
    """An incubator is run by a community."""

    message = _("孵化由社区来办，请从列表里选一个社区。")
    field = "place"


class HereAlready(Refusal):
    """One living incubation for a name and a community."""

    message = _("“%(firm)s”已经在这个社区申请或在孵了，不用再申请一次。")
    field = "name"


class WhyNot(Refusal):
    """Whoever is turned away, or leaves, is told or tells why."""

    message = _("请写一句原因，对方会看到。")
    field = "reason"


class DaysDisagree(Refusal):
    """The days of the stages follow one another, and none lies ahead."""

    message = _("日期对不上：不能在今天以后，也不能在“%(stage)s”的 %(day)s 以前。")
    field = "on"


class ChangedMeanwhile(Refusal):
    """What was saved is not what was shown when the typing began."""

    message = _("您填写的时候，别人改过这一页。您填的还在；请打开企业的页面对照后再存一次。")


class Incubating(Noted):
    """The part of Incubation that is about its stage."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        stage: Any
        reason: Any
        applied_on: Any
        answer_due: Any
        since: Any
        graduated_on: Any
        refused_on: Any
        left_on: Any
        place: Any
        version: Any
        _people: Any

    @classmethod
    def apply(cls, place: Place, name: str, *, by, founder=None, applied_on: date | None = None, **facts):
        """Ask a community to take a firm in; its committee answers within 5 working days.

        `founder` is the account that sees it, None where the committee writes it down for somebody without one.
        Refuses a place that is no community (`CommunitiesOnly`) and a second living one (`HereAlready`).
        """
        if place.kind is not PlaceKind.COMMUNITY:
            raise CommunitiesOnly
        new: Any = cls
        facts |= asked(applied_on or clock.today())
        with cls._only_living(place, name):
            incubation = new(place=place, name=name, founder=founder, stage=Stage.APPLIED, **facts)
            db.session.add(incubation)
        incubation._note("incubation.applied", by)
        return incubation

    def apply_again(self, *, by, **facts) -> None:
        """After a refusal, with better facts."""
        with self._only_living(self.place, facts.get("name", self.name)):
            self._move(Stage.APPLIED)
            self._take(facts | asked(clock.today()))
        self._note("incubation.applied", by)

    def amend(self, *, version: int, by, **facts) -> None:
        """Another name, other words, another contact. Refuses a save over somebody else's (`ChangedMeanwhile`)."""
        if self.stage in PAST:
            raise NotNow(firm=self.name, stage=self.stage.label)
        if version != self.version:
            raise ChangedMeanwhile
        with self._only_living(self.place, facts.get("name", self.name)):
            self._take(facts)
        self._note("incubation.amended", by)

    def accept(self, on: date, *, by) -> None:
        """The committee takes it in, from this day on."""
        self._move(Stage.INCUBATING, on, after=Stage.APPLIED)
        self.since = on
        self._note("incubation.accepted", by)

    def refuse(self, reason: str, *, by) -> None:
        """Not this time, with the reason."""
        self._move(Stage.REFUSED, reason=reason)
        self.refused_on = clock.today()
        self._note("incubation.refused", by)

    def graduate(self, on: date, *, by) -> None:
        """It stands on its own feet; its people are told how it becomes a partner."""
        self._move(Stage.GRADUATED, on, after=Stage.INCUBATING)
        self.graduated_on = on
        self._note("incubation.graduated", by)

    def leave(self, on: date, reason: str, *, by) -> None:
        """It goes: an application is withdrawn, incubation is broken off, or a graduate moves on."""
        self._move(Stage.LEFT, on, after=self.stage, reason=reason)
        self.left_on = on
        self._note("incubation.left", by)

    def day_of(self, stage: Stage) -> date:
        """The day on which it came to this stage."""
        days = {Stage.APPLIED: self.applied_on, Stage.INCUBATING: self.since, Stage.GRADUATED: self.graduated_on}
        return {**days, Stage.REFUSED: self.refused_on, Stage.LEFT: self.left_on}[stage]

    def _move(self, to: Stage, on: date | None = None, *, after=Stage.APPLIED, reason: str | None = None) -> None:
        if to not in MOVES[self.stage]:
            raise NotNow(firm=self.name, stage=self.stage.label)
        if reason is not None and not reason.strip():
            raise WhyNot
        if on is not None and not self.day_of(after) <= on <= clock.today():
            raise DaysDisagree(stage=after.label, day=self.day_of(after))
        self.stage, self.reason, self.answer_due = to, reason or "", None

    def _take(self, facts) -> None:
        for name, value in facts.items():
            setattr(self, name, value)

    def _note(self, verb: str, by, **ids) -> None:
        db.session.flush()
        self.note(verb, by, tell=self._people(), incubation=self.id, **ids)

    @classmethod
    @contextmanager
    def _only_living(cls, place: Place, name: str):
        """A savepoint for what must not bring a second living one of this name here; the unique index decides."""
        try:
            with db.session.begin_nested():
                yield
        except IntegrityError as error:
            model: Any = cls
            same = (model.place_id == place.id) & (model.name == name) & model.stage.not_in(PAST)
            if db.session.scalar(seen(select(model.id).where(same))):
                raise HereAlready(firm=name) from error
            raise


def asked(on: date) -> dict[str, Any]:
    """The days of an application that was made on this one. Refuses a day to come (`DaysDisagree`)."""
    if on > clock.today():
        raise DaysDisagree(stage=Stage.APPLIED.label, day=clock.today())
    due = working_days_after(clock.today(), ANSWER_IN)
    return {"applied_on": on, "answer_due": due, "refused_on": None}
