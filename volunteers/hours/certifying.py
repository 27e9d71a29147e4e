"""Certifying: the volunteer takes it at once from what is confirmed, free of charge; a colleague revokes it.

67号令 art. 14, 15: the unit that recorded certifies, for nothing; the volunteer may print it from the system himself.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.journal import Audience
from communities.noted import Noted
from kernel import clock, signature
from kernel.db import db, seen
from kernel.paper_number import new_number

from .basics import Basics, printed_name
from .certificate_state import (
    CORRECTED,
    AskFirst,
    IssuedAlready,
    NothingConfirmed,
    NotNow,
    OwnCertificate,
    State,
    WhyNot,
    WrongPeriod,
)
from .counting import Counted, count
from .unit import RecordingUnit

if TYPE_CHECKING:
    from .certificate import Certificate


class Certifying(Noted):
    """The part of Certificate that moves it; who issues holds the unit."""

    if TYPE_CHECKING:
        id: Any
        person_id: Any
        person: Any
        unit: Any
        state: Any
        shown_number: Any
        counted: Any
        line: Any
        key_id: Any
        signature: Any
        revoked_on: Any
        reason: Any

    @classmethod
    def issue(cls, person, unit: RecordingUnit, since: date, until: date, *, by) -> "Certificate":
        """Certify what the ledger says now; an earlier one of the same days that says otherwise is replaced.

        Refuses days that are none (`WrongPeriod`), where nothing is confirmed (`NothingConfirmed`), the same again
        (`IssuedAlready`), and before the person was asked for the legal basics (`AskFirst`).
        """
        if not since <= until <= clock.today():
            raise WrongPeriod
        basics = Basics.of(person)
        if basics is None:
            raise AskFirst
        counted = count(person, unit, since, until)
        if counted.minutes <= 0:
            raise NothingConfirmed(unit=unit.name)
        before = cls._living(person, unit, since, until)
        if before is not None:
            before._give_way(counted, printed_name(person, basics), by=by)
        facts = {"since": since, "until": until, "issued_by_id": by.id, "replaces_id": before and before.id}
        paper = cls._signed(person, unit, counted, basics, facts)
        paper.note("certificate.issued", by, tell=[person], audience=Audience.PARTIES, certificate=paper.id)
        return paper

    @classmethod
    def _signed(cls, person, unit, counted: Counted, basics: Basics, facts) -> "Certificate":
        """A new one, under a number that nothing else has, with the names of today."""
        new: Any = cls
        names = {"unit": unit.name, "unit_kind": unit.word}
        paper = new(
            person=person, unit=unit, state=State.ISSUED, number=new_number(clock.today().year),
            name=printed_name(person, basics), id_tail=basics.id_tail, counted=counted.stored | names,
            entries=unit.entries, head=unit.head, issued_on=clock.today(), **facts,
        )  # fmt: skip
        paper.key_id, paper.signature = signature.sign(paper.line)
        db.session.add(paper)
        db.session.flush()
        return paper

    @classmethod
    def _living(cls, person, unit, since, until) -> "Certificate | None":
        new: Any = cls
        same = (new.person_id == person.id, new.unit_id == unit.id, new.since == since, new.until == until)
        return db.session.scalar(seen(select(new).where(*same, new.state == State.ISSUED)))

    def _give_way(self, counted: Counted, name: str, *, by) -> None:
        """Make room for another one about the same days, if that says something else (`IssuedAlready`)."""
        mine: Any = self
        if counted == mine.what and name == mine.name:
            raise IssuedAlready(number=self.shown_number)
        self._end(str(CORRECTED))
        self.note("certificate.replaced", by, audience=Audience.PARTIES, certificate=self.id)

    def revoke(self, reason: str, *, by) -> None:
        """It was wrong: whoever checks the number reads so, and why.

        Refuses one's own (`OwnCertificate`), without a reason (`WhyNot`), and a second time (`NotNow`).
        """
        if by.id == self.person_id:
            raise OwnCertificate
        if not reason.strip():
            raise WhyNot
        self._end(reason)
        self.note("certificate.revoked", by, tell=[self.person], certificate=self.id)

    def _end(self, reason: str) -> None:
        if self.state is not State.ISSUED:
            raise NotNow
        self.state, self.revoked_on, self.reason = State.REVOKED, clock.today(), reason
        db.session.flush()
