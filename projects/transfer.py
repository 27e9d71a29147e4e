"""Hand-overs of adoptions: a partner offers what it took on to another one; the units are never free in between."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.working_day import working_days_after
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, db
from partners.partner import Partner

from .adoption import ANSWER_IN, Adoption
from .handing_over import MOVES, OPEN, AnsweredAlready, HasItAlready, OfferedAlready, OwnPartner, State
from .plain_words import plain
from .standing import PartnerNotActive, WhyNot
from .standing import State as Adopted

LIVING = text("state IN ('offered', 'agreed')")


class Transfer(Noted, Model):
    """One offer of one adoption to one partner; never deleted, it is answered or withdrawn."""

    __tablename__ = "transfer"
    __table_args__ = (
        Index("uq_transfer_open", "adoption_id", unique=True, sqlite_where=LIVING, postgresql_where=LIVING),
        Index("ix_transfer_waiting", "to_id", sqlite_where=LIVING, postgresql_where=LIVING),
    )

    id: Mapped[Id]
    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoption.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("partner.id"))
    state: Mapped[State] = mapped_column(stored(State), default=State.OFFERED)
    words: Mapped[Note]
    pledge: Mapped[Note] = mapped_column(default="")
    reason: Mapped[Note] = mapped_column(default="")
    asked_at: Mapped[Moment] = mapped_column(default=clock.now)
    answer_due: Mapped[date | None]
    ended_on: Mapped[date | None]

    adoption: Mapped[Adoption] = relationship(back_populates="transfers", foreign_keys=[adoption_id])
    to: Mapped[Partner] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """Whoever sees the adoption; its words are for the parties."""
        return select(cls).where(cls.adoption_id.in_(Adoption.seen_by(person).with_only_columns(Adoption.id)))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the taker, then the project, then the adoption: an answer changes all of them."""
        row = db.session.execute(select(cls.to_id, cls.adoption_id).where(cls.id == id)).first()
        if row is not None:
            taker = select(Partner.id).where(Partner.id == row.to_id)
            db.session.execute(taker.with_for_update(of=Partner, key_share=True))
            Adoption.lock_owner(row.adoption_id)
            held = select(Adoption).where(Adoption.id == row.adoption_id)
            held = held.with_for_update(of=Adoption, key_share=True)
            db.session.scalar(held.execution_options(populate_existing=True))

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to answer."""
        return self.state in OPEN

    @classmethod
    def offer(cls, adoption: Adoption, to: Partner, words: str, *, by) -> "Transfer":
        """An adopter asks another partner to take it over, which answers within 2 working days.

        Refuses its own partner (`OwnPartner`), one that is not active (`PartnerNotActive`) or does some of this part
        already (`HasItAlready`), a second open offer (`OfferedAlready`), and no reason (`WhyNot`).
        """
        adoption._only(Adopted.RUNNING)
        running = next((one for one in adoption.transfers if one.is_open), None)
        if running is not None:
            raise OfferedAlready(partner=running.to.name)
        if to.id == adoption.partner_id:
            raise OwnPartner(partner=to.name)
        if not words.strip():
            raise WhyNot
        new = cls(adoption=adoption, to=to, words=words, answer_due=due())
        with db.session.no_autoflush:
            new._fits()
        db.session.add(new)
        new._note("transfer.offered", by)
        return new

    def agree(self, pledge: str, *, by) -> None:
        """The other partner says yes; the committee is asked, or it is done where the project says so."""
        self._only(State.OFFERED)
        self._fits()
        self.pledge = plain(pledge, "pledge")
        if self.adoption.project.at_once:
            self._complete(by)
            return
        self._move(State.AGREED)
        self.answer_due = due()
        self._note("transfer.agreed", by)

    def decline(self, reason: str, *, by) -> None:
        """The other partner says no, and why."""
        self._only(State.OFFERED)
        self._end(State.DECLINED, reason, by, "transfer.declined")

    def approve(self, *, by) -> None:
        """The committee lets it pass over."""
        self._only(State.AGREED)
        self._fits()
        self._complete(by)

    def refuse(self, reason: str, *, by) -> None:
        """The committee wants the adopter to keep it, and says why."""
        self._only(State.AGREED)
        self._end(State.REFUSED, reason, by, "transfer.refused")

    def withdraw(self, *, by) -> None:
        """Either side takes its word back while nobody has answered it; the adopter keeps what it took on."""
        self._only(*OPEN)
        self._move(State.WITHDRAWN)
        self._note("transfer.withdrawn", by)

    def _complete(self, by) -> None:
        """The units pass in one step: the old adoption ends as the new one begins, and what is open goes along."""
        old = self.adoption
        self._move(State.DONE)
        old._move(Adopted.HANDED_OVER)
        led, old.leads = old.leads, False
        db.session.flush()
        pledge = self.pledge or old.pledge
        facts = {"quantity": old.quantity, "pledge": pledge, "took_over": old, "leads": led}
        new = Adoption(part=old.part, partner=self.to, state=Adopted.ASKED, **facts)
        old.project.adoptions.append(new)
        new._start()
        for milestone in list(old.milestones):
            if milestone.reached_on is None and milestone.dropped_on is None:
                milestone.adoption = new
        db.session.flush()
        self._note("transfer.done", by, audience=Audience.PUBLIC)
        new._note("adoption.took_over", by)

    def _fits(self) -> None:
        """Judged when it is offered and again when it is answered: days lie between."""
        adoption = self.adoption
        adoption._only(Adopted.RUNNING)
        if not self.to.is_active:
            raise PartnerNotActive(partner=self.to.name)
        same = (one for one in adoption.project.living_adoptions if one.part_id == adoption.part_id)
        if any(one.partner_id == self.to.id for one in same):
            raise HasItAlready(partner=self.to.name, part=adoption.part.title)

    def _end(self, state: State, reason: str, by, verb: str) -> None:
        if not reason.strip():
            raise WhyNot
        self._move(state)
        self.reason = reason
        self._note(verb, by)

    def _only(self, *states: State) -> None:
        if self.state not in states:
            raise AnsweredAlready(state=self.state.label)

    def _move(self, state: State) -> None:
        if state not in MOVES[self.state]:
            raise AnsweredAlready(state=self.state.label)
        self.state, self.answer_due = state, None
        self.ended_on = None if state in OPEN else clock.today()

    def _note(self, verb: str, by, **options) -> None:
        """A line about the adoption: it stands in the record of handling of both."""
        ids: dict[str, Any] = {"transfer": self.id, "to_partner": self.to.id}
        self.adoption._note(verb, by, tell=self.to.managers, **options, **ids)


def due() -> date:
    """The day by which an offer is answered."""
    return working_days_after(clock.today(), ANSWER_IN)
