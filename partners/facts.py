"""The facts of a partner that an office has verified, as plain values: what changed waits in a renewal until then."""

from datetime import date
from typing import Any

from sqlalchemy import select

from communities.catalogue import Category
from communities.place import Place
from kernel.db import db

from .kind import ASKED, Fact

ALWAYS = ("name",)
ROWS: dict[str, Any] = {Fact.COMPOUNDS.value: Place, Fact.FUNCTIONS.value: Category}
DAYS = {Fact.TERM_UNTIL.value, Fact.INCUBATED_SINCE.value}


def verified(partner) -> list[str]:
    """The names of the facts that change only with the committee's consent."""
    return [*ALWAYS, *(fact.value for fact in ASKED[partner.kind])]


def plain(value) -> Any:
    """A fact as JSON holds it: rows as their ids in order, days as text."""
    if isinstance(value, list | tuple):
        return sorted(row.id for row in value)
    return value.isoformat() if isinstance(value, date) else value


def packed(partner, changed: dict[str, Any]) -> dict[str, Any]:
    """Those of the given facts that are verified ones and other than now, as plain values."""
    given = {name: plain(value) for name, value in changed.items() if name in verified(partner)}
    return {name: value for name, value in given.items() if value != plain(getattr(partner, name))}


def take(partner, changes: dict[str, Any]) -> None:
    """Make the plain values of a renewal the facts of the partner."""
    for name, value in changes.items():
        setattr(partner, name, unpacked(name, value))


def unpacked(name: str, value) -> Any:
    """A plain value as the partner holds it."""
    if name in ROWS:
        model = ROWS[name]
        return list(db.session.scalars(select(model).where(model.id.in_(value)).order_by(model.id)))
    return unpacked_day(value) if name in DAYS else value


def unpacked_day(value: str | None) -> date | None:
    """A day as JSON holds it."""
    return date.fromisoformat(value) if value else None
