"""Words for the ids of journal lines: what the page has read already is not asked for again."""

from sqlalchemy import select

from communities import journal
from communities.place import Kind, Place
from kernel.db import db
from kernel.i18n import _


def at_hand(model, ids: set[int]) -> dict:
    """The rows with these ids that were read for this page, by id."""
    key = model.__mapper__.identity_key_from_primary_key
    found = {id: db.session.identity_map.get(key((id,))) for id in ids}
    return {id: row for id, row in found.items() if row is not None}


def words_of(model, column: str):
    """A loader for `journal.names`: ids to the words in a column."""
    ask = journal.name_of(model, column)

    def words(ids: set[int]) -> dict:
        known = {id: getattr(row, column) for id, row in at_hand(model, ids).items()}
        return known | ask(ids - known.keys()) if ids - known.keys() else known

    return words


def offices(ids: set[int]) -> dict[int, str]:
    """Who decides at these places, as one says it: “东方社区党委”, above the communities “韩森寨街道”."""
    found = {id: (place.name, place.kind) for id, place in at_hand(Place, ids).items()}
    if missing := ids - found.keys():
        rows = db.session.execute(select(Place.id, Place.name, Place.kind).where(Place.id.in_(missing)))
        found |= {id: (name, kind) for id, name, kind in rows}
    return {
        id: str(_("%(community)s党委", community=name)) if kind is Kind.COMMUNITY else name
        for id, (name, kind) in found.items()
    }
