"""The calendar address of a person: derived from a counter, so that it can be shown, renewed and never stored."""

import hmac
from typing import Protocol

from sqlalchemy import Select, select

from communities.person import Person
from kernel import agenda
from kernel.agenda import OWNER
from kernel.db import db, seen
from kernel.tokens import keyed

LENGTH = 40  # hexadecimal digits: 160 bits


class Owner(Protocol):
    """A person, or as much of one as an address is made of."""

    id: int
    feed_turn: int


def feed_token(person: Owner, *subject: str) -> str:
    """The word in the address of this person's feed, or of a `subject` that he may see: id and a keyed hash."""
    return f"{person.id}-{keyed('feed', str(person.id), str(person.feed_turn), *subject)[:LENGTH]}"


def id_in(token: str) -> int | None:
    """Whose address a word says that it is."""
    id, _, _hash = token.partition("-")
    return int(id) if id.isascii() and id.isdecimal() and len(id) < 10 else None


def fits(token: str, person: Owner, *subject: str) -> bool:
    """Whether this word was given out for this person and was not renewed since."""
    return hmac.compare_digest(feed_token(person, *subject).encode(), token.encode("utf-8", "replace"))


def owner_of(token: str, *subject: str) -> Person | None:
    """Whose address this is; None for a word that was never given out, or was renewed since."""
    id = id_in(token)
    person = None if id is None else person_of(id)
    return person if person is not None and fits(token, person, *subject) else None


def person_of(id: int) -> Person | None:
    """The person whom an address names."""
    return db.session.scalar(seen(select(Person).where(Person.id == id)))


def facts() -> Select:
    """What an address is made of, and in which language the calendar speaks."""
    return select(Person.id, Person.feed_turn, Person.language).where(Person.id == OWNER)


agenda.owned_by("person", facts)
