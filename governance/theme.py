"""Themes: alike needs across grids, gathered under one title, told together; a project may take one up."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, false, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.catalogue import Category
from communities.noted import Noted
from communities.place import Place, in_ranges
from kernel import clock
from kernel.db import Id, Model, Note, Title, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal
from partners.member import memberships

from .groups import groups
from .need import Need, caring_paths
from .need_state import OVER, RUNNING, State

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS = timedelta(days=30)
LOOKED_AT = 150  # of the newest needs of a community
LEAST = 2  # needs of a theme


class TooFew(Refusal):
    """One need is no theme."""

    message = _("专题至少要两件需求，请再勾一件。")
    field = "needs"


class Elsewhere(Refusal):
    """A theme is of one place, and a need of one theme."""

    message = _("%(number)s 不在这里，或者已经在别的专题里了。请刷新后再看。")
    field = "needs"


class NothingToTell(Refusal):
    """Whoever said it is told something."""

    message = _("请写一句有什么进展，这些反映的人会一起看到。")
    field = "news"


class Theme(Noted, Model):
    """One matter that many have said; its needs keep their own ways."""

    __tablename__ = "theme"
    __private__ = True
    __table_args__ = (Index("ix_theme_place", "place_id", "id"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), info=kept("where it is"))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), info=kept("what kind of thing it is"))
    title: Mapped[Title] = mapped_column(info=kept("what it is about"))
    news: Mapped[Note] = mapped_column(default="", info=kept("what was told last"))
    gathered_on: Mapped[date] = mapped_column(default=clock.today, info=kept("when it was gathered"))

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)
    category: Mapped[Category | None] = relationship(lazy="joined")
    needs: Mapped[list[Need]] = relationship(back_populates="theme", order_by=Need.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """The staff of its place and above, and the members of whom one of its needs was routed to."""
        if person.id is None:
            return select(cls).where(false())
        paths, partners = caring_paths(person), [member.partner_id for member in memberships(person)]
        ways = [cls.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths)))]
        if partners:
            asked = select(Need.theme_id).where(Need.partner_id.in_(partners), Need.theme_id.is_not(None))
            ways.append(cls.id.in_(asked))
        return select(cls).where(or_(*ways))

    @classmethod
    def gather(cls, place: Place, title: str, needs: "Sequence[Need]", *, by) -> "Theme":
        """Put these needs under one title. Refuses fewer than two (`TooFew`), and what is elsewhere (`Elsewhere`)."""
        if len(needs) < LEAST:
            raise TooFew
        theme = cls(place=place, title=title, category_id=needs[0].category_id)
        db.session.add(theme)
        db.session.flush()
        for need in needs:
            theme._take(need)
        theme.note("theme.gathered", by, theme=theme.id, number=len(needs))
        return theme

    def add(self, need: Need, *, by) -> None:
        """One more that says the same. Refuses what is elsewhere (`Elsewhere`)."""
        self._take(need)
        self.note("theme.joined", by, theme=self.id, need=need.id)

    def drop(self, need: Need, *, by) -> None:
        """It is about something else; it goes its own way."""
        if need.theme_id != self.id:
            raise Elsewhere(number=need.shown_number)
        need.theme = None
        self.note("theme.left", by, theme=self.id, need=need.id)

    def report(self, news: str, *, by) -> None:
        """How it stands, told to all who said it at once. Refuses without words (`NothingToTell`)."""
        if not news.strip():
            raise NothingToTell
        self.news = news
        people = [person for need in self.needs for person in need.told]
        self.note("theme.reported", by, tell=people, theme=self.id)

    def _take(self, need: Need) -> None:
        if need.theme_id not in (None, self.id) or need.state is State.MERGED or not self.place.covers(need.place):
            raise Elsewhere(number=need.shown_number)
        need.theme = self

    @property
    def households(self) -> int:
        """How many households said it, or were named by those who did."""
        return sum(need.households for need in self.needs)

    @property
    def solved(self) -> int:
        """How many of its needs are confirmed."""
        return sum(need.state is State.CONFIRMED for need in self.needs)

    @property
    def is_over(self) -> bool:
        """Whether nobody waits for anything any more."""
        return bool(self.needs) and all(need.state in OVER for need in self.needs)

    def __str__(self):
        return self.title


def suggested(person, place: Place) -> list[list[Need]]:
    """Groups of three or more of the last 30 days that are in no theme; what this person may know of."""
    here = Need.place_id.in_(select(Place.id).where(in_ranges(Place.path, [place.path])))
    lately = (Need.said_at > clock.now() - DAYS) & Need.theme_id.is_(None) & Need.state.in_(RUNNING)
    wanted = Need.seen_by(person).where(here, lately, Need.category_id.is_not(None))
    newest = wanted.order_by(Need.id.desc()).limit(LOOKED_AT).options(joinedload(Need.place).joinedload(Place.parent))
    return groups(list(db.session.scalars(seen(newest))))
