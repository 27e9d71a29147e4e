"""Editable catalogues: what needs are about (categories) and what people can do (capabilities), in two languages."""

from typing import Any, Self

from sqlalchemy import ForeignKey, Select, String, exists, false, or_, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, aliased, mapped_column

from kernel.db import Id, Model, Name, db
from kernel.i18n import _, language
from kernel.work import Refusal

from .noted import Noted
from .place import Kind, Place


class CodeTaken(Refusal):
    """One code, one entry."""

    message = _("编码“%(code)s”已经用在“%(name)s”上了，请换一个。")
    field = "code"


class NameUsed(Refusal):
    """Two entries of one name cannot be told apart."""

    message = _("已经有“%(name)s”了，请换一个名称，或去改原来那一项。")
    field = "name"


class WrongParent(Refusal):
    """Two levels: an entry stands below one that stands on top, and only if nothing stands below itself."""

    message = _("只分两级：上一级要选最上面的一项，下面还有小项的不能再放到别的下面。")
    field = "parent_id"


class InUse(Refusal):
    """What something refers to stays."""

    message = _("“%(name)s”已经用在别处了，不能去掉；可以改名称。")


class Named(Noted):
    """An entry of a catalogue: code, a Chinese and an English name, at most one entry above it.

    An example is what came with the demo data and that a district has not made its own yet.
    """

    __tablename__: Any
    id: Any
    code: Any
    parent_id: Any
    name: Mapped[Name]
    name_en: Mapped[Name] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    is_example: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public, in order."""
        return select(cls).order_by(cls.position, cls.id)

    @classmethod
    def choosable(cls, person) -> Select:
        """What somebody can choose: a heading with others below it is no answer."""
        below = aliased(cls)
        return cls.seen_by(person).where(~exists().where(below.parent_id == cls.id))

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if language() == "en" and self.name_en else self.name

    @classmethod
    def enter(cls, *, by, **facts) -> Self:
        """A new entry. Refuses a code or name that is taken and a third level."""
        entry = cls(**facts)
        entry._check(entry.code, entry.name, entry.parent_id)
        db.session.add(entry)
        entry.note(f"{cls.__tablename__}.entered", by, code=entry.code)
        return entry

    def change(self, *, by, **facts) -> None:
        """Other facts for an entry; the same refusals."""
        self._check(facts["code"], facts["name"], facts["parent_id"])
        for name, value in facts.items():
            setattr(self, name, value)
        self.note(f"{self.__tablename__}.changed", by, code=self.code)

    def remove(self, *, by) -> None:
        """Take out an entry that nothing refers to. Refuses one in use (`InUse`)."""
        table = Model.metadata.tables[self.__tablename__]
        keys = (key for other in Model.metadata.tables.values() for key in other.foreign_keys)
        uses = [exists().where(key.parent == self.id) for key in keys if key.column.table is table]
        if db.session.scalar(select(or_(false(), *uses))):
            raise InUse(name=self.label)
        self.note(f"{self.__tablename__}.removed", by, code=self.code)
        name = self.label
        try:
            with db.session.begin_nested():
                db.session.delete(self)
        except IntegrityError as error:  # somebody used it a moment ago
            raise InUse(name=name) from error

    def journal_place_id(self) -> int | None:
        """The district: the catalogues are its own."""
        return db.session.scalars(select(Place.id).where(Place.kind == Kind.DISTRICT).order_by(Place.id)).first()

    def _check(self, code: str, name: str, parent_id: int | None) -> None:
        """Raise `CodeTaken`, `NameUsed` or `WrongParent`. Two who edit at once come one after the other."""
        model = type(self)
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text(f"LOCK TABLE {self.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))
        with db.session.no_autoflush:
            others = [entry for entry in db.session.scalars(select(model)) if entry is not self]
        for other in others:
            if other.code == code:
                raise CodeTaken(code=code, name=other.label)
            if other.name == name:
                raise NameUsed(name=name)
        tops = {other.id for other in others if other.parent_id is None}
        has_children = any(self.id is not None and other.parent_id == self.id for other in others)
        if parent_id is not None and (parent_id not in tops or has_children):
            raise WrongParent


class Category(Named, Model):
    """What a need or project is about: a tree of two levels."""

    __tablename__ = "category"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"))


class Capability(Named, Model):
    """What somebody can do: 理发, 家电维修, 法律咨询."""

    __tablename__ = "capability"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("capability.id"))
