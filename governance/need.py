"""Needs: what is wrong somewhere, from the first word to the answer of whoever said it."""

from datetime import date
from typing import TYPE_CHECKING, Optional

from sqlalchemy import ForeignKey, Index, Select, String, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Category
from communities.place import Place, in_ranges
from communities.post import CARERS
from kernel import clock, paper_number
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, Title, Word
from kernel.privacy import kept
from partners.member import memberships
from partners.partner import Partner

from .answering import Answering
from .lateness import Lateness
from .merging import Merging
from .need_state import Privacy, Source, State
from .receiving import Receiving
from .recheck import Recheck
from .routing import Routing
from .voice import Voice
from .wording import Wording

if TYPE_CHECKING:
    from .theme import Theme

EXCERPT = 40  # characters of a title


def caring_paths(person) -> list[str]:
    """The paths of the places where this person is staff or grid worker."""
    return [post.place.path for post in person.posts if post.office in CARERS]


class Need(Receiving, Wording, Routing, Answering, Merging, Lateness, Model):
    """Something that is wrong in a place; never deleted, it moves on. Who said it stands in its `voice`."""

    __tablename__ = "need"
    __private__ = True
    __table_args__ = (
        Index("ix_need_place_state", "place_id", "state", "due"),
        Index("ix_need_partner_state", "partner_id", "state"),
        Index("ix_need_state_due", "state", "due"),
        Index("ix_need_recheck_on", "recheck_on"),
        Index("ix_need_external_number", "external_number"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    number: Mapped[str] = mapped_column(String(13), unique=True, info=kept("what stands on the receipt"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info=kept("where it is"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), info=kept("what kind of thing it is"))
    source: Mapped[Source] = mapped_column(stored(Source), info=kept("how it came to be known"))
    external_number: Mapped[Word] = mapped_column(default="", info=kept("its number at the hotline"))
    privacy: Mapped[Privacy] = mapped_column(stored(Privacy), info=kept("who may read it"))
    matter: Mapped[Title] = mapped_column(default="", info=kept("the matter without any person"))
    state: Mapped[State] = mapped_column(stored(State), default=State.RECEIVED, info=kept("where it stands"))
    reason: Mapped[Note] = mapped_column(default="", info=kept("why it went this way"))
    said_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was said"))
    households: Mapped[int] = mapped_column(default=1, info=kept("how many households it is about"))
    due: Mapped[date | None] = mapped_column(info=kept("by when the next step is to be made"))
    late_for: Mapped[date | None] = mapped_column(info=kept("of which day the record says that it is over"))
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("partner.id"), info=kept("who deals with it"))
    return_by: Mapped[date | None] = mapped_column(info=kept("until when it may be returned"))
    returns: Mapped[int] = mapped_column(default=0, info=kept("how often it was returned"))
    owner_hint: Mapped[Word] = mapped_column(default="", info=kept("whose it may be, says who returned it"))
    for_meeting: Mapped[bool] = mapped_column(default=False, info=kept("whether the joint meeting talks about it"))
    taken_on: Mapped[date | None] = mapped_column(info=kept("when somebody took it"))
    answer: Mapped[Note] = mapped_column(default="", info=kept("what was done"))
    solved_on: Mapped[date | None] = mapped_column(info=kept("when it was done"))
    confirmed_on: Mapped[date | None] = mapped_column(info=kept("when it was confirmed"))
    recheck_on: Mapped[date | None] = mapped_column(info=kept("when it is asked once more"))
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("need.id"), index=True, info=kept("which one says the same")
    )
    theme_id: Mapped[int | None] = mapped_column(
        ForeignKey("theme.id"), index=True, info=kept("with which others it is told")
    )

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    category: Mapped[Category | None] = relationship(lazy="joined")
    partner: Mapped[Partner | None] = relationship(lazy="joined")
    voice: Mapped[Voice] = relationship(back_populates="need", lazy="joined")
    rechecks: Mapped[list[Recheck]] = relationship(back_populates="need", order_by=Recheck.id)
    merged_into: Mapped[Optional["Need"]] = relationship(remote_side="Need.id", back_populates="merged")
    merged: Mapped[list["Need"]] = relationship(back_populates="merged_into", order_by="Need.id")

    theme: Mapped[Optional["Theme"]] = relationship(back_populates="needs")

    @classmethod
    def seen_by(cls, person) -> Select:
        """The staff of its place and above, the members of whom it was routed to, and whoever said it."""
        if person.id is None:
            return select(cls).where(false())
        paths, partners = caring_paths(person), [member.partner_id for member in memberships(person)]
        ways = [cls.id.in_(select(Voice.need_id).where(Voice.person_id == person.id))]
        if paths:
            ways.append(cls.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths))))
        if partners:
            ways.append(cls.partner_id.in_(partners))
        return select(cls).where(or_(*ways))

    @property
    def shown_number(self) -> str:
        """The number as it stands on the receipt: 2026-7K4M-9QX2-C."""
        return paper_number.shown(self.number)

    @property
    def label(self) -> str:
        """Its category as one reads it; nothing while nobody has said."""
        return self.category.label if self.category else ""

    @property
    def title(self) -> str:
        """What may be shown of it beside its number: the matter, or no more than its category."""
        return self.matter or self.label or self.shown_number

    @property
    def said(self) -> str:
        """What is wrong, for those who handle it."""
        return self.voice.words or self.matter

    @property
    def excerpt(self) -> str:
        """The same in one short line."""
        line = self.matter or " ".join(self.said.split()) or self.label
        return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1]}…"

    def __str__(self):
        return self.shown_number
