"""The journal: one line for every move, written in the transaction of the move, rendered when it is read.

A line holds ids, never text about a person, so that erasure leaves it whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Model, Moment, db, seen
from kernel.i18n import _

from .place import Place, in_ranges

if TYPE_CHECKING:
    from .notice import Notice


class Audience(Choice):
    """Who may read a line."""

    PUBLIC = "public", _("公开")
    PLACE = "place", _("本地工作人员")
    PARTIES = "parties", _("当事人")


class Line(Model):
    """What was done (`verb`), by whom, where, to what (`subject`), with which other things (`ids`)."""

    __tablename__ = "line"
    __table_args__ = (
        Index("ix_line_subject", "subject", "subject_id"),
        Index("ix_line_public", "audience", "id"),
    )

    id: Mapped[Id]
    at: Mapped[Moment] = mapped_column(default=clock.now)
    verb: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    audience: Mapped[Audience] = mapped_column(stored(Audience))
    subject: Mapped[str] = mapped_column(String(24))
    subject_id: Mapped[int]
    ids: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    notices: Mapped[list["Notice"]] = relationship(back_populates="line", passive_deletes="all")

    @classmethod
    def seen_by(cls, person) -> Select:
        """Public lines; lines of the places where one serves; one's own doings; what one was told."""
        if person.id is None:
            return select(cls).where(cls.audience == Audience.PUBLIC)
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        return select(cls).where(
            or_(
                cls.audience == Audience.PUBLIC,
                cls.by_id == person.id,
                (cls.audience == Audience.PLACE) & cls.place_id.in_(near),
                cls.notices.any(person_id=person.id),
            )
        )

    @classmethod
    def about(cls, thing) -> Select:
        """The record of handling of one thing, oldest first."""
        return select(cls).where(cls.subject == thing.__tablename__, cls.subject_id == thing.id).order_by(cls.id)


@dataclass(frozen=True)
class Told:
    """A line as its reader sees it."""

    line: Line
    text: str
    url: str | None


SENTENCES: dict[str, Any] = {}
NAMES: dict[str, Callable[[set], dict]] = {}
ADDRESSES: dict[str, Callable[[int], str]] = {}
DEADLINES: dict[str, Callable[[set[int]], dict[int, datetime]]] = {}
PEOPLE = {"by", "person"}  # the keys whose words are the names of people


def speaks(sentences: dict[str, Any]) -> None:
    """Add a package's sentences: verb → text with the keys of its ids, and `%(by)s`."""
    SENTENCES.update(sentences)


def names(key: str, load: Callable[[set], dict]) -> None:
    """How the ids (or values of a Choice) under this key become words."""
    NAMES[key] = load


def addresses(subject: str, url: Callable[[int], str]) -> None:
    """Where a subject of this kind (its table) is shown."""
    ADDRESSES[subject] = url


def deadlines(subject: str, load: Callable[[set[int]], dict[int, datetime]]) -> None:
    """By when one has to know of a subject of this kind: ids to moments, the start of a shift for example."""
    DEADLINES[subject] = load


def due(lines: list[Line]) -> dict[int, datetime]:
    """By when these lines have to be told, by the id of the line, where that is known."""
    found = {
        name: load({line.subject_id for line in lines if line.subject == name}) for name, load in DEADLINES.items()
    }
    return {
        line.id: found[line.subject][line.subject_id]
        for line in lines
        if line.subject_id in found.get(line.subject, {})
    }


def name_of(model, column="name"):
    """A loader for `names`: ids to the words in a column; a row that was read for this page is not asked for again."""
    asked = getattr(model, column)

    def words(ids: set[int]) -> dict[int, str]:
        known = {id: getattr(row, column) for id, row in at_hand(model, ids).items()}
        missing = ids - known.keys()
        if missing:
            rows = db.session.execute(seen(select(model.id, asked).where(model.id.in_(missing))))
            known |= dict(rows.all())
        return known

    return words


def at_hand(model, ids: set[int]) -> dict[int, Any]:
    """The rows with these ids that were read in this transaction already, by id."""
    key = model.__mapper__.identity_key_from_primary_key
    found = {id: db.session.identity_map.get(key((id,))) for id in ids}
    return {id: row for id, row in found.items() if row is not None}


def words_of(choice):
    """A loader for `names`: values of a Choice to their labels."""
    return lambda values: {value: choice(value).label for value in values}


def tell(lines: list[Line]) -> list[Told]:
    """The sentences of these lines in the reader's language; one query for each kind of name."""
    found = found_names(lines)
    return [Told(line, sentence(line, found), address(line)) for line in lines]


def without_names(line: Line, reader) -> str:
    """The sentence as it may leave the site: it names nobody but its reader."""
    found = found_names([line])
    for key in PEOPLE & spoken(line).keys():
        id = spoken(line)[key]
        found[key] = {id: _("您") if id == reader.id else _("有人")}
    return sentence(line, found)


def found_names(lines: list[Line]) -> dict[str, dict]:
    """The words of everything that these lines name, by key and id."""
    wanted: dict[str, set] = {}
    for line in lines:
        said = str(SENTENCES.get(line.verb, ""))
        for key, value in spoken(line).items():
            if key in NAMES and f"%({key})s" in said and isinstance(value, int | str):
                wanted.setdefault(key, set()).add(value)
    return {key: NAMES[key](ids) for key, ids in wanted.items()}


def spoken(line: Line) -> dict[str, Any]:
    """What the sentence of a line can name."""
    return {**line.ids, "by": line.by_id}


def sentence(line: Line, found) -> str:
    """The sentence of one line."""
    words = {key: found[key].get(value, value) if key in found else value for key, value in spoken(line).items()}
    words["by"] = words["by"] or _("系统")
    return str(SENTENCES.get(line.verb, line.verb)) % words


def address(line: Line) -> str | None:
    """The page of what a line is about."""
    return ADDRESSES[line.subject](line.subject_id) if line.subject in ADDRESSES else None
