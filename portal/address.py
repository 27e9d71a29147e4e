"""The calendar address of a person: derived from a counter, so that it can be shown, renewed and never stored."""

import hmac

from sqlalchemy import select

from communities.person import Person
from kernel.db import db, seen
from kernel.tokens import keyed

LENGTH = 40  # hexadecimal digits: 160 bits


def feed_token(person, *subject: str) -> str:
    """The word in the address of this person's feed, or of a `subject` that he may see: id and a keyed hash."""
    return f"{person.id}-{keyed('feed', str(person.id), str(person.feed_turn), *subject)[:LENGTH]}"


def owner_of(token: str, *subject: str) -> Person | None:
    """Whose address this is; None for a word that was never given out, or was renewed or closed since."""
    id, _, _hash = token.partition("-")
    if not (id.isascii() and id.isdecimal() and len(id) < 10):
        return None
    person = db.session.scalar(seen(select(Person).where(Person.id == int(id))))
    fits = (
        person is not None
        and person.feed_closed_at is None
        and hmac.compare_digest(feed_token(person, *subject).encode(), token.encode("utf-8", "replace"))
    )
    return person if fits else None
