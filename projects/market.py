"""The market of projects: what is listed for whom, newest first."""

from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from communities.catalogue import Category
from communities.place import Place
from kernel import search
from kernel.bigrams import escape_like
from kernel.choice import Choice
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.i18n import _

from .project import Project
from .stage import Stage

COUNTED = 1000  # a count stops here


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
    Group.DRAFT: (Stage.DRAFT, Stage.WITHDRAWN),
}


@dataclass(frozen=True)
class Market:
    """The projects of a place and all below it, of a category with its subcategories, with all words of `text`."""

    group: Group = Group.OPEN
    place: Place | None = None
    category_id: int | None = None
    text: str = ""

    def listed(self, person) -> Select:
        """What this person may know of it, in no order."""
        found = Project.seen_by(person).where(Project.stage.in_(STAGES[self.group]))
        if self.place is not None:
            found = found.where(Project.place_id.in_(select(Place.id).where(Place.within(self.place))))
        if self.category_id is not None:
            below = select(Category.id).where(Category.parent_id == self.category_id)
            found = found.where(or_(Project.category_id == self.category_id, Project.category_id.in_(below)))
        return found.where(self.says()) if self.text else found

    def says(self):
        """A condition: the index holds the words, or the title does (a draft has no entry yet)."""
        entries = search.matching(self.text).where(search.Entry.kind == "project").with_only_columns(search.Entry.ref)
        in_title = Project.title.ilike(f"%{escape_like(self.text)}%", escape="\\")
        return or_(Project.id.in_(entries), in_title)

    def page(self, person, before: int | None = None) -> tuple[list[Project], int]:
        """Up to 26 projects older than the one with this id, and how many there are in all, at most 1,001."""
        counted = self.listed(person).with_only_columns(Project.id).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        older = self.listed(person).where(Project.id < before) if before else self.listed(person)
        rows = older.add_columns(total).order_by(Project.id.desc()).limit(PAGE + 1).options(*self.whole())
        found = db.session.execute(seen(rows)).unique().all()
        return [project for project, _total in found], found[0][1] if found else 0

    def all(self, person, most: int) -> list[Project]:
        """The same without pages, with their adopters: for a sheet."""
        with_adopters = selectinload(Project.adoptions).joinedload(Project.adoptions.property.entity.class_.partner)
        rows = self.listed(person).order_by(Project.id.desc()).limit(most).options(*self.whole(), with_adopters)
        return list(db.session.scalars(seen(rows)).unique())

    @staticmethod
    def whole():
        """What a row of the list shows beside the project itself."""
        place = joinedload(Project.place, innerjoin=True)
        return place.joinedload(Place.parent), joinedload(Project.category, innerjoin=True), joinedload(Project.parts)
