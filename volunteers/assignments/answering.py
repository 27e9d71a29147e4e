"""Yes and no: the committee's to a claim, the person's to an offer; nobody serves without his own yes."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from communities.purpose import Way
from communities.working_day import working_days_after
from kernel import clock
from kernel.stored_file import StoredFile

from .reasons import AnswerLate, NotInThisState, NotSignedYet, OwnMatter, OwnYesOnly
from .state import Door, Standing, State
from .terms import OVERLAP_DAYS, Terms

ANSWER_DAYS = 2  # working days in which the committee answers a claim
WAITS = (State.INVITED, State.UNCONFIRMED)  # for the person


class Answering(Noted):
    """The part of Assignment that is about saying yes and no; each verb holds the lock of the building."""

    if TYPE_CHECKING:
        id: Any
        building: Any
        building_id: Any
        person: Any
        person_id: Any
        partner_id: Any
        role: Any
        standing: Any
        state: Any
        door: Any
        answer_due: Any
        approved_by_id: Any
        yes_on: Any
        yes_way: Any
        collected_by_id: Any
        scan: Any
        since: Any
        until: Any
        ended_by_id: Any
        reason: Any
        move: Any
        ends_on: Any

        def seat_mate(self, standing: Standing) -> Any: ...

    @property
    def waits_for_person(self) -> bool:
        """Whether it is his turn."""
        return self.state in WAITS and not self.has_lapsed

    @property
    def has_lapsed(self) -> bool:
        """Whether the day to answer by is over: a property of time, whether or not a job has noted it."""
        return self.state is State.INVITED and self.answer_due is not None and self.answer_due < clock.today()

    def accept(self, *, by) -> None:
        """His own yes on screen. Raises `OwnYesOnly`, `AnswerLate`, `NotInThisState`."""
        if by.id != self.person_id:
            raise OwnYesOnly
        self._check_turn()
        self._say_yes(Way.SCREEN, clock.today())
        if self.approved_by_id is None and self.state is State.INVITED:
            self.wait_for_committee()
            self.note("assignment.yes_of_member", by, **self.named)
        else:
            self.begin(by=by)

    def sign(self, signed_on: date, *, by, paper=None) -> None:
        """His own yes on a signed slip, collected by staff on a day; `paper` is its scan.

        Raises `OwnMatter`, `NotSignedYet`, `AnswerLate`, `NotInThisState`.
        """
        if by.id == self.person_id:
            raise OwnMatter
        if signed_on > clock.today():
            raise NotSignedYet
        self._check_turn()
        self._say_yes(Way.SIGNED, signed_on)
        self.collected_by_id = by.id
        self.approved_by_id = self.approved_by_id or by.id
        if paper is not None:
            self.scan = StoredFile.keep(paper)
        self.begin(by=by)

    def _check_turn(self) -> None:
        if self.has_lapsed:
            raise AnswerLate(day=self.answer_due)
        if self.state not in WAITS:
            raise NotInThisState(state=self.state.label)

    def _say_yes(self, way: Way, on: date) -> None:
        self.yes_way, self.yes_on = way, on

    def wait_for_committee(self) -> None:
        """The committee answers in two working days."""
        if self.state is not State.APPLIED:
            self.move(State.APPLIED)
        self.answer_due = working_days_after(clock.today(), ANSWER_DAYS)

    def approve(self, *, by) -> None:
        """The committee's yes to a claim. Raises `OwnMatter`, `NotInThisState`."""
        if by.id == self.person_id:
            raise OwnMatter
        if self.state is not State.APPLIED:
            raise NotInThisState(state=self.state.label)
        self.approved_by_id = by.id
        self.begin(by=by)

    def begin(self, *, by) -> None:
        """In post from today, or from the first day of what the person stands in for."""
        self.move(State.SERVING)
        self.since = max(self.since or clock.today(), clock.today())
        if self.standing is Standing.HOLDER and self.until is None:
            self.ends_on(Terms.of(self.building).end_of(self.since))
        elif self.standing is Standing.SUCCESSOR:
            self._follow()
        else:
            self.ends_on(self.until)
        self.note("assignment.began", by, tell=[self.person], **self.named)

    def _follow(self) -> None:
        """Old and new serve together for some days; then the old one ends by itself."""
        self.ends_on(Terms.of(self.building).end_of(self.since))
        before = self.seat_mate(Standing.HOLDER)
        if before is None:
            self.standing = Standing.HOLDER
            return
        last = clock.today() + timedelta(days=OVERLAP_DAYS)
        before.ends_on(min(before.until or last, last))
        before.note("assignment.hands_over", None, tell=[before.person], **before.named)

    def decline(self, reason: str, *, by) -> None:
        """The committee's no to a claim, with its reason. Raises `OwnMatter`, `NotInThisState`."""
        if by.id == self.person_id:
            raise OwnMatter
        if self.state is not State.APPLIED:
            raise NotInThisState(state=self.state.label)
        self._stop(State.DECLINED, reason, by, "assignment.declined")

    def refuse(self, reason: str = "", *, by) -> None:
        """The person's no, without penalty. Raises `OwnYesOnly`, `NotInThisState`."""
        if by.id != self.person_id:
            raise OwnYesOnly
        if self.state not in WAITS:
            raise NotInThisState(state=self.state.label)
        self._stop(State.DECLINED, reason, by, "assignment.refused")

    def withdraw(self, reason: str = "", *, by) -> None:
        """A claim, an offer or a name of an old list is taken back by whoever made it. Raises `NotInThisState`."""
        if self.state is State.SERVING:
            raise NotInThisState(state=self.state.label)
        self._stop(State.WITHDRAWN, reason, by, "assignment.withdrawn")

    def lapse(self) -> None:
        """Nobody answered; called by the clock, which may run twice."""
        if self.has_lapsed:
            self._stop(State.LAPSED, "", None, "assignment.lapsed")

    def _stop(self, state: State, reason: str, by, verb: str) -> None:
        self.move(state)
        self.reason, self.ended_by_id = reason, by.id if by else None
        before = self.seat_mate(Standing.HOLDER) if self.standing is Standing.SUCCESSOR else None
        self.note(verb, by, tell=[self.person, *([before.person] if before else [])], **self.named)

    @property
    def named(self) -> dict[str, Any]:
        """What the journal's sentences name."""
        return {"person": self.person_id, "building": self.building_id, "care": self.role.value}

    @property
    def is_by_partner(self) -> bool:
        """Whether a partner named the person."""
        return self.door is Door.PARTNER
