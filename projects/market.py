"""The market of projects: what is listed for whom, newest first."""

from dataclasses import dataclass
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

from .project import Project
from .project_row import Row, Shape, asked, page, published, rows
from .stage import UNSEEN, Stage


class Group(Choice):
    """What a partner asks: is it still wanted, under way, done? Drafts are for those who write them."""

    OPEN = "open", _("待认领")
    RUNNING = "running", _("进行中")
    CLOSED = "closed", _("已结项")
    DRAFT = "draft", _("草稿")


STAGES = {
    Group.OPEN: (Stage.OPEN,),
    Group.RUNNING: (Stage.ADOPTED, Stage.DELIVERED),
    Group.CLOSED: (Stage.CLOSED,),
    Group.DRAFT: UNSEEN,
}


@dataclass(frozen=True)
class Market:
    """The projects of a place and all below it, of a category with its subcategories, with all words of `text`."""

    group: Group = Group.OPEN
    place: Any = None  # whatever has a path
    category_id: int | None = None
    text: str = ""

    @property
    def shape(self) -> Shape:
        """What is asked for, without the values."""
        return Shape(STAGES[self.group], self.place is not None, self.category_id is not None)

    @property
    def values(self) -> dict[str, Any]:
        """The values of this shape."""
        path = self.place.path if self.place else ""
        return {"place": path, "place_end": above(path), "category": self.category_id}

    def listed(self, person) -> Select:
        """What this person may know of it, in no order; to be asked with its `values`."""
        found = asked(Project.seen_by(person), self.shape)
        return found.where(self.says()) if self.text else found

    def says(self):
        """A condition: the index holds the words, or the title does (a draft has no entry yet)."""
        entries = search.matching(self.text).where(search.Entry.kind == "project").with_only_columns(search.Entry.ref)
        in_title = Project.title.ilike(f"%{escape_like(self.text)}%", escape="\\")
        return or_(Project.id.in_(entries), in_title)

    def page(self, person, before: int | None = None, most: int = PAGE + 1) -> tuple[list[Row], int]:
        """The newest projects, older than the one with this id, and how many there are in all, at most 1,001."""
        cursor = before is not None
        if self.text or self.group is Group.DRAFT:
            statement = page(self.listed(person), cursor)
        else:
            statement = published(self.shape._replace(cursor=cursor))
        found = rows(db.session.execute(statement, self.values | {"before": before, "limit": most}))
        return found, found[0].total if found else 0

    def all(self, person, most: int) -> list[Project]:
        """The same without pages, with their adopters: for a sheet."""
        adopters = selectinload(Project.adoptions).joinedload(Project.adoptions.property.entity.class_.partner)
        named = joinedload(Project.place, innerjoin=True), joinedload(Project.category, innerjoin=True)
        found = self.listed(person).order_by(Project.id.desc()).limit(most)
        found = found.options(*named, selectinload(Project.parts), adopters)
        return list(db.session.scalars(seen(found), self.values))
