"""Search: an index of bigrams that finds two Chinese characters anywhere, the same on both databases.

SQLite's trigram tokenizer and pg_trgm find nothing for two Chinese characters, so the index is ours: one row a gram.
Grams only narrow down; the text itself is compared again, and the page asks `seen_by` before it shows anything.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, delete, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from .bigrams import bigrams, escape_like, plain, query_bigrams, words
from .bulk import insert_all, new_ids
from .db import Id, Model, db, seen


class Entry(Model):
    """What can be found: one thing of one kind, with the text that it is found by."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "ref"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(24))
    ref: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)


class Gram(Model):
    """Two neighbouring characters of an entry's text."""

    __tablename__ = "search_gram"
    __table_args__ = {"sqlite_with_rowid": False}

    gram: Mapped[str] = mapped_column(String(24), primary_key=True)
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("search_entry.id", ondelete="CASCADE"), primary_key=True, index=True
    )


ENTRY: Any = Entry.__table__
GRAM: Any = Gram.__table__


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found: its model, its word, and its address by id."""

    model: Any
    label: Any
    url: Callable[[Any], str]


KINDS: dict[str, Kind] = {}


def searchable(kind: str, model, label, url) -> None:
    """Register a kind. `url(thing)` is its address; the model has `seen_by`."""
    KINDS[kind] = Kind(model, label, url)


def index(kind: str, ref: int, title: str, *more: str) -> None:
    """Write or rewrite the entry of one thing; to be called inside `work()` by the verb that changes it."""
    text = plain(" ".join((title, *filter(None, more))))
    entry = db.session.scalar(select(Entry).where(Entry.kind == kind, Entry.ref == ref))
    if entry is None:
        entry = Entry(kind=kind, ref=ref)
        db.session.add(entry)
    entry.title, entry.text = title[:200], text
    db.session.flush()
    db.session.execute(delete(Gram).where(Gram.entry_id == entry.id))
    grams = bigrams(text).split()
    if grams:
        db.session.execute(insert(Gram), [{"gram": gram, "entry_id": entry.id} for gram in grams])


def index_all(kind: str, titles: dict[int, str], more: Mapping[int, str] = MappingProxyType({})) -> None:
    """Write or rewrite the entries of many things: id to title, and id to what else they are found by."""
    entries = dict(db.session.execute(select(Entry.ref, Entry.id).where(Entry.kind == kind)).all())
    rows: list[dict[str, Any]] = [
        {"kind": kind, "ref": ref, "title": title[:200], "text": plain(f"{title} {more.get(ref, '')}".rstrip())}
        for ref, title in titles.items()
    ]
    old = [row | {"id": entries[row["ref"]]} for row in rows if row["ref"] in entries]
    new = [row for row in rows if row["ref"] not in entries]
    if old:
        db.session.execute(update(Entry), old)
        db.session.execute(delete(Gram).where(Gram.entry_id.in_([row["id"] for row in old])))
    ids = new_ids(ENTRY, len(new))
    insert_all(ENTRY, [{"id": id} | row for id, row in zip(ids, new, strict=True)])
    entries |= {row["ref"]: id for id, row in zip(ids, new, strict=True)}
    grams = [(gram, entries[row["ref"]]) for row in rows for gram in bigrams(row["text"]).split()]
    insert_all(GRAM, [{"gram": gram, "entry_id": id} for gram, id in grams])


def forget(kind: str, refs: list[int]) -> None:
    """Find these things no more; their grams go with their entries."""
    db.session.execute(delete(Entry).where(Entry.kind == kind, Entry.ref.in_(refs)))


def matching(query: str):
    """The entries whose text holds every word of the query."""
    found = select(Entry)
    grams = query_bigrams(query)
    if grams:
        hits = select(Gram.entry_id).where(Gram.gram.in_(grams)).group_by(Gram.entry_id)
        found = found.where(Entry.id.in_(hits.having(func.count() == len(grams))))
    for word in words(query):
        found = found.where(Entry.text.like(f"%{escape_like(word)}%", escape="\\"))
    return found


def find(person, query: str, *, kind: str | None = None, limit=20) -> list[tuple[Kind, Any]]:
    """(kind, thing) of what this person may know of and whose text holds every word; at most 64 characters count.

    A word in the title goes before a word in the text; then the newest.
    """
    if not words(query):
        return []
    wanted = matching(query).where(Entry.kind == kind) if kind else matching(query)
    in_title = func.lower(Entry.title).like(f"%{escape_like(plain(query))}%", escape="\\")
    rows = list(db.session.scalars(wanted.order_by(in_title.desc(), Entry.id.desc()).limit(limit * 4)))
    things: dict[tuple[str, int], Any] = {}
    for name in {row.kind for row in rows} & KINDS.keys():
        model = KINDS[name].model
        reach = model.seen_by(person).where(model.id.in_([row.ref for row in rows if row.kind == name]))
        things |= {(name, thing.id): thing for thing in db.session.scalars(seen(reach))}
    shown = [(KINDS[r.kind], things[r.kind, r.ref]) for r in rows if (r.kind, r.ref) in things]
    return shown[:limit]
