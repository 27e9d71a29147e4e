"""What a renewal changes, as the committee reads it: the word for the fact, what it is now, what it becomes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from communities.place import Place
from kernel.db import db
from kernel.i18n import _, day, joined

from .. import facts
from ..kind import Fact

NAME = _("名称")


@dataclass(frozen=True)
class Change:
    """One fact, before and after, in words."""

    label: Any
    before: str
    after: str


def told(partner, changes: dict[str, Any]) -> list[Change]:
    """The changes of a renewal in the order in which they are asked for."""
    known = [name for name in facts.verified(partner) if name in changes]
    return [
        Change(label(name), words(name, getattr(partner, name)), words(name, facts.unpacked(name, changes[name])))
        for name in known
    ]


def label(name: str):
    """The word for a fact."""
    return NAME if name == "name" else Fact(name).label


def words(name: str, value) -> str:
    """A fact as one reads it; a dash for nothing."""
    if value in (None, "", []):
        return "—"
    if isinstance(value, date):
        return day(value, year=True)
    if isinstance(value, list):
        return joined(getattr(row, "label", None) or row.name for row in value)
    if name == Fact.CONSENTING.value:
        return db.session.get_one(Place, value).name
    return str(value)
