"""Photos of an outcome: what was done, for everybody to see; with the consent of whoever can be known in them.

The photo of an adopter waits until the committee shows it. Consent can be taken back at any time: the bytes go at once.
"""

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, ForeignKey, Select, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock
from kernel.db import Id, Model, Moment, Title, db
from kernel.i18n import _
from kernel.photo import Photo as Drawn
from kernel.stored_file import StoredFile
from kernel.work import Refusal
from partners.member import managed_by

from .adoption import Adoption
from .plain_words import plain
from .stage import Stage, Staged
from .standing import LIVING

if TYPE_CHECKING:
    from .project import Project

MOST = 6


class EnoughPhotos(Refusal):
    """A story, not an album."""

    message = _("一个项目最多 %(most)s 张照片，请先撤下一张再加。")
    field = "file"


class ConsentNeeded(Refusal):
    """Nobody's face is published without being asked."""

    message = _("照片里认得出的人要都同意公开。请先问一问，再勾选。")
    field = "consent"


class WordsNeeded(Refusal):
    """Whoever cannot see it is told what is in it."""

    message = _("请写一句照片里有什么，看不见照片的人靠它知道。")
    field = "photo_alt"


class ShownAlready(Refusal):
    """Two colleagues had the same page open."""

    message = _("这张照片已经公开了，请刷新后再看。")


class HiddenAlready(Refusal):
    """The same, the other way."""

    message = _("这张照片已经收起了，请刷新后再看。")


class Photo(Model):
    """One photo: what is in it in words, who ticked that everybody in it agrees, when, and whether all see it."""

    __tablename__ = "project_photo"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    alt: Mapped[Title]
    width: Mapped[int]
    height: Mapped[int]
    shown: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    consented_at: Mapped[Moment] = mapped_column(default=clock.now)

    project: Mapped["Project"] = relationship(back_populates="photos")
    file: Mapped[StoredFile] = relationship()
    by: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """What is shown is seen by everybody, the rest by the two sides."""
        return select(cls).where(cls.visible(person))

    @classmethod
    def visible(cls, person) -> ColumnElement[bool]:
        """A condition: everybody sees it, or this person is of one of the two sides: staff of the place, adopters."""
        project = cls.project.property.entity.class_
        here = select(Place.id).where(in_ranges(Place.path, person.reach))
        near = cls.project_id.in_(select(project.id).where(project.place_id.in_(here))) if person.reach else false()
        mine = [partner.id for partner in managed_by(person)]
        theirs = select(Adoption.project_id).where(Adoption.partner_id.in_(mine), Adoption.state.in_(LIVING))
        return or_(cls.shown, near, cls.project_id.in_(theirs) if mine else false())

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold its project: how many there are is counted there."""
        project = cls.project.property.entity.class_
        of_this = project.id == select(cls.project_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(select(project).where(of_this).with_for_update(of=project, key_share=True))

    def show(self, *, by) -> None:
        """Everybody sees it from now on. Refuses what is shown (`ShownAlready`)."""
        if self.shown:
            raise ShownAlready
        self.shown = True
        self._tell("project.photo_shown", by)

    def hide(self, *, by) -> None:
        """The two sides see it, and nobody else. Refuses what is hidden (`HiddenAlready`)."""
        if not self.shown:
            raise HiddenAlready
        self.shown = False
        self._tell("project.photo_hidden", by)

    def withdraw(self, *, by) -> None:
        """Somebody in it does not agree any more: row and bytes are gone, the line of the journal stays."""
        file = self.file
        self._tell("project.photo_withdrawn", by)
        self.project.photos.remove(self)
        db.session.delete(self)
        db.session.flush()
        db.session.delete(file)

    def _tell(self, verb: str, by) -> None:
        self.project.note(verb, by, tell=[self.by], project=self.project_id, photo=self.id)


class Picturing(Staged, Noted):
    """The part of Project that is about the photos of its outcome."""

    photos: Mapped[list[Photo]]

    if TYPE_CHECKING:
        posted_by: Person | None

    def add_photo(self, drawn: Drawn, alt: str, *, consent: bool, shown: bool, by) -> Photo:
        """Keep a photo of what was done, once it is closed; `shown` at once, or when the committee has looked at it.

        Refuses without consent (`ConsentNeeded`) or words (`WordsNeeded`), words that sell something (`Promotes`), and
        more than 6 (`EnoughPhotos`).
        """
        self._only(Stage.CLOSED)
        if not consent:
            raise ConsentNeeded
        if not alt.strip():
            raise WordsNeeded
        if len(self.photos) >= MOST:
            raise EnoughPhotos(most=MOST)
        file = StoredFile.keep(drawn.as_scan)
        sides = {"width": drawn.width, "height": drawn.height}
        photo = Photo(file=file, alt=plain(alt, "photo_alt"), shown=shown, by=by, **sides)
        self.photos.append(photo)
        db.session.flush()
        waits = [self.posted_by] if self.posted_by and not shown else []
        self.note("project.photo_added", by, tell=waits, project=self.id, photo=photo.id)
        return photo
