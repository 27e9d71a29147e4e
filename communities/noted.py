"""The word by which verbs write the journal: `self.note(verb, by, tell=[...], **ids)`."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.orm import object_session

from kernel.bulk import new_ids
from kernel.db import db

from .journal import Audience, Line
from .notice import Notice, notices_of, tell_of

line_table: Table = Line.__table__  # type: ignore[assignment]


def done_for(person, verb: str, by) -> str:
    """The verb as the journal knows it: with `_for`, and a sentence that names both, where somebody else did it."""
    return verb if by is None or by.id == person.id else f"{verb}_for"


class Noted:
    """A model whose moves are journalled. `audience` of its lines is the place's staff unless a verb says otherwise."""

    def note(self, verb: str, by, *, tell=(), audience: Audience = Audience.PLACE, **ids) -> Line:
        """Write the line of a move, and a notice to everybody in `tell` but the one who did it.

        `by` is the person who did it, None for the clock. `ids` are what the sentence of the verb names.
        """
        session = object_session(self) or db.session
        session.flush()
        line = Line(
            verb=verb,
            by_id=by.id if by else None,
            place_id=self.journal_place_id(),
            audience=audience,
            subject=self.__tablename__,  # type: ignore[attr-defined]
            subject_id=self.id,  # type: ignore[attr-defined]
            ids=ids,
        )
        session.add(line)
        session.flush()
        tell_of(line, [person for person in tell if by is None or person.id != by.id])
        return line

    def journal_place_id(self) -> int | None:
        """Where the move took place: whose staff may read of it."""
        return getattr(self, "place_id", None)


def note_all(
    verb: str,
    things: Sequence[Any],
    by,
    *,
    tell: Callable[[Any], list],
    ids: Callable[[Any], dict],
    audience: Audience = Audience.PLACE,
) -> None:
    """`note` for many things of one kind, each with its own line and people, in as many statements as for one."""
    if not things:
        return
    db.session.flush()
    told = []
    for id, thing in zip(new_ids(line_table, len(things)), things, strict=True):
        line = Line(
            id=id,
            verb=verb,
            by_id=by.id if by else None,
            place_id=thing.journal_place_id(),
            audience=audience,
            subject=thing.__tablename__,
            subject_id=thing.id,
            ids=ids(thing),
        )
        db.session.add(line)
        told += notices_of(line, [person for person in tell(thing) if by is None or person.id != by.id])
    db.session.flush()
    if told:
        db.session.execute(insert(Notice), told)
