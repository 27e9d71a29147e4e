"""套表: a superior's empty sheet whose columns were matched once with a ledger's, filled whenever it is asked for."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, Select, String, false, or_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.blank import Layout
from kernel.db import Id, Model, Name, Word, db
from kernel.i18n import _
from kernel.ledger import LEDGERS, Ledger
from kernel.work import Refusal

from .noted import Noted
from .place import Place, in_ranges
from .post import DECIDERS
from .proforma_guess import COUNTER, guess_keys, guess_rows


class NameUsed(Refusal):
    """Two sheets of one name cannot be told apart."""

    message = _("%(place)s已经有一张叫“%(name)s”的套表了，请换个名字，或先停用那一张。")
    field = "name"


class NoHeader(Refusal):
    """Nothing to match."""

    message = _("在这几行里没有找到表头，请对照上面的样子改一下行号。")
    field = "top"


class WrongRows(Refusal):
    """The header stands above the list."""

    message = _("行号要从上往下：表头在前，要填的行在后。")
    field = "first"


class RowNotEmpty(Refusal):
    """Nothing of the superior's is written over."""

    message = _("第 %(row)s 行已经写着“%(text)s”，不是空的。请写第一个空着的行。")
    field = "first"


class TallCells(Refusal):
    """Of rows that are one cell only the first would be seen."""

    message = _("第 %(first)s 到 %(last)s 行有上下合并的格子，填进去只看得见一行。请取消合并以后再传一次。")
    field = "first"


class NothingMatched(Refusal):
    """A sheet with no column to fill stays empty."""

    message = _("还没有一列对上台账，请至少选一列。")


class Proforma(Noted, Model):
    """One empty sheet of one place; `keys` says which column of the ledger stands in which of its columns."""

    __tablename__ = "proforma"
    __table_args__ = (
        Index(
            "uq_proforma_living",
            "place_id",
            "name",
            unique=True,
            sqlite_where=text("retired_on IS NULL"),
            postgresql_where=text("retired_on IS NULL"),
        ),
    )

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    name: Mapped[Name]
    ledger: Mapped[Word]
    filename: Mapped[str] = mapped_column(String(200))
    payload: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    layout: Mapped[dict[str, Any]] = mapped_column(JSON)
    top: Mapped[int]
    bottom: Mapped[int]
    first: Mapped[int]
    keys: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    since: Mapped[date] = mapped_column(default=clock.today)
    retired_on: Mapped[date | None]

    place: Mapped[Place] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those of the places where one serves and of those above: a subdistrict's sheet is for its communities."""
        above = {id for post in person.posts if post.office in DECIDERS for id in post.place.ancestor_ids}
        here = cls.place_id.in_(select(Place.id).where(in_ranges(Place.path, person.reach)))
        return select(cls).where(or_(cls.place_id.in_(above), here if person.reach else false()))

    @classmethod
    def add(cls, place: Place, name: str, ledger: Ledger, file: tuple[str, bytes], found: Layout, *, by) -> "Proforma":
        """Keep a sheet that was read; header and columns are guessed. Refuses a name that is used (`NameUsed`)."""
        same = select(cls).where(cls.place_id == place.id, cls.name == name, cls.retired_on.is_(None))
        if db.session.scalar(same):
            raise NameUsed(place=place.name, name=name)
        top, bottom, first = guess_rows(found, ledger)
        facts = {"filename": file[0][-200:], "payload": file[1], "layout": found.stored}
        sheet = cls(place=place, name=name, ledger=ledger.name, top=top, bottom=bottom, first=first, **facts)
        sheet.keys = guess_keys(sheet.heads, ledger)
        db.session.add(sheet)
        sheet.note("proforma.added", by, **sheet._named())
        return sheet

    @property
    def of(self) -> Ledger | None:
        """Its ledger; None where no package offers it any more."""
        return LEDGERS.get(self.ledger)

    @property
    def found(self) -> Layout:
        """What stands in its first rows."""
        return Layout.restored(self.layout)

    @property
    def heads(self) -> dict[int, str]:
        """Its columns by number, with their names."""
        return self.found.heads(self.top, self.bottom)

    @property
    def unmatched(self) -> list[str]:
        """The names of the columns that stay empty."""
        return [name for column, name in self.heads.items() if str(column) not in self.keys]

    def move(self, top: int, bottom: int, first: int, *, by) -> None:
        """The header stands in other rows; its columns are guessed anew.

        Refuses rows in the wrong order (`WrongRows`), without a header (`NoHeader`), and a list that would be written
        over something (`RowNotEmpty`, `TallCells`).
        """
        if not 1 <= top <= bottom < first:
            raise WrongRows
        self._has_room(first)
        if not self.found.heads(top, bottom):
            raise NoHeader
        self.top, self.bottom, self.first = top, bottom, first
        self.keys = guess_keys(self.heads, self.of) if self.of else {}
        self.note("proforma.changed", by, **self._named())

    def match(self, keys: dict[int, str], *, by) -> None:
        """Which column of the ledger stands in which of its columns. Refuses none at all (`NothingMatched`)."""
        known = {COUNTER, *(self.of.columns if self.of else ())}
        chosen = {str(column): key for column, key in keys.items() if column in self.heads and key in known}
        if not chosen:
            raise NothingMatched
        self.keys = chosen
        self.note("proforma.changed", by, **self._named())

    def retire(self, *, by) -> None:
        """Nobody asks for it any more."""
        self.retired_on = self.retired_on or clock.today()
        self.note("proforma.retired", by, **self._named())

    def _has_room(self, first: int) -> None:
        found = self.found
        if first in found.full:
            words = [text for text in found.rows.get(first, {}).values() if text]
            raise RowNotEmpty(row=first, text=" ".join(words)[:20])
        foot = min((row for row in found.full if row > first), default=first + 10_000)
        for top, _left, bottom, _right in found.merges:
            if first <= top < foot and bottom > top:
                raise TallCells(first=top, last=bottom)

    def _named(self) -> dict[str, Any]:
        return {"proforma": self.id, "place": self.place_id}
