"""Certifying: a partner asks, a committee that is not part of it issues, declines or withdraws."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.journal import Audience
from communities.noted import Noted
from communities.place import Place
from communities.working_day import working_days_after
from kernel import clock
from kernel.db import db
from kernel.paper_number import new_number
from partners import one_line
from partners.partner import Partner

from .certificate_state import (
    MOVES,
    AskedAlready,
    IssuedAlready,
    NothingToCertify,
    NotNow,
    OwnPartner,
    State,
    WhyNot,
    WrongPeriod,
)
from .counting import Counted, count

if TYPE_CHECKING:
    from .participation import Participation

ANSWER_IN = 2  # working days


class Certifying(Noted):
    """The part of Participation that moves it; creating verbs hold the partner's lock."""

    if TYPE_CHECKING:
        id: Any
        partner_id: Any
        partner: Any
        place_id: Any
        place: Any
        since: Any
        until: Any
        line: Any
        state: Any
        answer_due: Any
        number: Any
        issued_on: Any
        counted: Any
        withdrawn_on: Any
        reason: Any
        replaces: Any
        shown_number: Any

    @classmethod
    def ask(cls, partner: Partner, place: Place, since: date, until: date, *, line: str = "", by) -> "Participation":
        """A manager asks; the committee of the place answers within 2 working days.

        Refuses days that are none (`WrongPeriod`), where nothing was done (`NothingToCertify`), a second wish
        (`AskedAlready`) and a line that sells something (`Sells`).
        """
        new: Any = cls
        cls._count(partner, place, since, until)
        if living := cls._living(partner, place):
            raise AskedAlready(place=place.name, day=living.answer_due)
        due = working_days_after(clock.today(), ANSWER_IN)
        facts = {"since": since, "until": until, "line": one_line.check(line), "state": State.ASKED, "answer_due": due}
        asked = new(partner=partner, place=place, **facts)
        db.session.add(asked)
        asked._tell("participation.asked", by)
        return asked

    @classmethod
    def issue(
        cls, partner: Partner, place: Place, since: date, until: date, *, line: str = "", by, replaces=None
    ) -> "Participation":
        """The committee certifies what was delivered and confirmed in these days; a wish that waits is answered by it.

        Refuses as `ask` does, by a member of the partner (`OwnPartner`), and the same days twice (`IssuedAlready`).
        """
        new: Any = cls
        cls._stands_apart(partner, by)
        counted = cls._count(partner, place, since, until)
        cls._only_once(partner, place, since, until)
        paper = cls._living(partner, place) or new(partner=partner, place=place, state=State.ASKED)
        paper.since, paper.until, paper.line, paper.replaces = since, until, one_line.check(line), replaces
        paper._give_number(counted)
        db.session.add(paper)
        paper._tell("participation.issued", by, audience=Audience.PUBLIC, committee=place.id)
        return paper

    def decline(self, reason: str, *, by) -> None:
        """Not this time, and why."""
        self._stands_apart(self.partner, by)
        self._end(State.DECLINED, reason)
        self._tell("participation.declined", by)

    def drop(self, *, by) -> None:
        """The partner takes its wish back."""
        self._move(State.DROPPED)
        self._tell("participation.dropped", by)

    def withdraw(self, reason: str, *, by) -> None:
        """It was wrong: whoever checks the number reads so, and why. Refuses without a reason."""
        self._stands_apart(self.partner, by)
        self._end(State.WITHDRAWN, reason)
        self.withdrawn_on = clock.today()
        self._tell("participation.withdrawn", by)

    @classmethod
    def _count(cls, partner, place, since, until) -> Counted:
        if not since <= until <= clock.today():
            raise WrongPeriod
        counted = count(partner, place, since, until)
        if not counted:
            raise NothingToCertify(partner=partner.name, place=place.name)
        return counted

    @classmethod
    def _living(cls, partner, place) -> "Participation | None":
        new: Any = cls
        asked = (new.partner_id == partner.id) & (new.place_id == place.id) & (new.state == State.ASKED)
        return db.session.scalar(select(new).where(asked))

    @classmethod
    def _only_once(cls, partner, place, since, until) -> None:
        new: Any = cls
        same = (new.partner_id == partner.id) & (new.place_id == place.id) & (new.since == since) & (new.until == until)
        other = db.session.scalar(select(new).where(same, new.state == State.ISSUED))
        if other:
            raise IssuedAlready(number=other.shown_number)

    @staticmethod
    def _stands_apart(partner, by) -> None:
        if any(member.person_id == by.id for member in partner.living):
            raise OwnPartner(partner=partner.name)

    def _give_number(self, counted: Counted) -> None:
        """Keep what was counted with the names of today, under a number that nothing else has."""
        self._move(State.ISSUED)
        self.number, self.issued_on = new_number(clock.today().year), clock.today()
        names = {"partner": self.partner.name, "place": self.place.name, "place_kind": self.place.kind.value}
        self.counted = counted.stored | names

    def _end(self, state: State, reason: str) -> None:
        if not reason.strip():
            raise WhyNot
        self._move(state)
        self.reason = reason

    def _move(self, state: State) -> None:
        if state not in MOVES[self.state]:
            raise NotNow(state=self.state.label)
        self.state, self.answer_due = state, None

    def _tell(self, verb: str, by, **more) -> None:
        db.session.flush()
        self.note(verb, by, tell=self.partner.managers, partner=self.partner_id, **more)
