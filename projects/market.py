"""The market of projects: what is listed for whom, in which order."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, or_
from sqlalchemy.orm import joinedload, selectinload

from communities.place import above
from kernel import search
from kernel.bigrams import escape_like
from kernel.choice import Choice
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.i18n import _

from .follower import Follower
from .project import Project
from .project_row import Row, Shape, asked, page, published, rows
from .stage import UNSEEN, Stage

Cursor = tuple[date, int] | None


class Group(Choice):
    """What a partner asks: is it still wanted, under way, done, do I follow it? Drafts are for those who write them."""

    OPEN = "open", _("待认领")
    RUNNING = "running", _("进行中")
    CLOSED = "closed", _("已结项")
    FOLLOWED = "followed", _("我关注的")
    DRAFT = "draft", _("草稿")


STAGES = {
    Group.OPEN: (Stage.OPEN,),
    Group.RUNNING: (Stage.ADOPTED, Stage.DELIVERED),
    Group.CLOSED: (Stage.CLOSED,),
    Group.FOLLOWED: tuple(stage for stage in Stage if stage not in UNSEEN),
    Group.DRAFT: UNSEEN,
}


@dataclass(frozen=True)
class Market:
    """The projects of a place and all below it, of a category with its subcategories, with all words of `text`.

    What is wanted comes in the order of need, those that begin soonest first, unless the `newest` are asked for;
    `untouched` leaves out what anybody has taken on some of. Everything else comes newest first.
    """

    group: Group = Group.OPEN
    place: Any = None  # whatever has a path
    category_id: int | None = None
    text: str = ""
    untouched: bool = False
    newest: bool = False

    @property
    def shape(self) -> Shape:
        """What is asked for, without the values."""
        wanted = self.group is Group.OPEN
        return Shape(
            STAGES[self.group],
            place=self.place is not None,
            category=self.category_id is not None,
            untouched=wanted and self.untouched,
            soonest=wanted and not self.newest,
        )

    @property
    def values(self) -> dict[str, Any]:
        """The values of this shape."""
        path = self.place.path if self.place else ""
        return {"place": path, "place_end": above(path), "category": self.category_id}

    def listed(self, person) -> Select:
        """What this person may know of it, in no order; to be asked with its `values`."""
        found = asked(Project.seen_by(person), self.shape)
        if self.group is Group.FOLLOWED:
            mine = Follower.seen_by(person).where(Follower.until.is_(None)).with_only_columns(Follower.project_id)
            found = found.where(Project.id.in_(mine))
        return found.where(self.says()) if self.text else found

    def says(self):
        """A condition: the index holds the words, or the title does (a draft has no entry yet)."""
        entries = search.matching(self.text).where(search.Entry.kind == "project").with_only_columns(search.Entry.ref)
        in_title = Project.title.ilike(f"%{escape_like(self.text)}%", escape="\\")
        return or_(Project.id.in_(entries), in_title)

    def page(self, person, cursor: Cursor = None, most: int = PAGE + 1) -> tuple[list[Row], int]:
        """The first projects behind the cursor (when a row begins, its id), and how many there are, at most 1,001."""
        begins, before = cursor or (None, None)
        shape = self.shape._replace(cursor=cursor is not None)
        if self.text or self.group in (Group.FOLLOWED, Group.DRAFT):
            statement = page(self.listed(person), shape)
        else:
            statement = published(shape)
        values = self.values | {"before": before, "begins": begins, "limit": most}
        found = rows(db.session.execute(statement, values))
        return found, found[0].total if found else 0

    def all(self, person, most: int) -> list[Project]:
        """The same without pages, with their adopters: for a sheet."""
        adopters = selectinload(Project.adoptions).joinedload(Project.adoptions.property.entity.class_.partner)
        named = joinedload(Project.place, innerjoin=True), joinedload(Project.category, innerjoin=True)
        order = (Project.starts_on, Project.id) if self.shape.soonest else (Project.id.desc(),)
        found = self.listed(person).order_by(*order).limit(most)
        found = found.options(*named, selectinload(Project.parts), adopters)
        return list(db.session.scalars(seen(found), self.values))
