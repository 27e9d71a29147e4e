"""Writing imported partners, thousands in a few statements: their rows, their lists, the year that they count."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Table, delete, select, update

from communities.deciding import deciding_place
from kernel import clock, search
from kernel.bulk import insert_all, new_ids, update_all
from kernel.db import db

from ..ability import Ability, Level
from ..alike import key_of
from ..kind import ASKED, Fact, terms
from ..lapsing import a_year_after
from ..partner import Partner, partner_area, partner_compound, partner_function
from ..standing import Stage
from ..verification import Verification
from .judge import Change, New, Plan
from .told import tell_changed, tell_new

BETWEEN: dict[str, tuple[Table, str]] = {
    "areas": (partner_area, "place_id"),
    "compounds": (partner_compound, "place_id"),
    "functions": (partner_function, "category_id"),
}
PARTNER: Any = Partner.__table__
ABILITY: Any = Ability.__table__
VERIFICATION: Any = Verification.__table__
TEXTS = ("name", "about", "offers", "address", "contact_name", "contact_phone", "skills")
OTHERS = ("credit_code", "filing_number", "term_until", "incubated_since", "consenting_id", "members_count")
FOUND_BY = ("about", "offers", "skills")


def add(found: Plan, by) -> None:
    """Register the new partners, as verified today by whoever imports them."""
    ids, today = new_ids(PARTNER, len(found.new)), clock.today()
    rows = list(zip(ids, found.new, strict=True))
    insert_all(PARTNER, [partner_row(id, row, today) for id, row in rows])
    insert_all(VERIFICATION, [verification_row(id, row, today, by) for id, row in rows])
    link((id, row.lists | {"areas": areas(row)}) for id, row in rows)
    search.index_all(
        "partner", {id: row.facts["name"] for id, row in rows}, {id: found_by(row.facts) for id, row in rows}
    )
    tell_new(rows, by)


def partner_row(id: int, row: New, today: date) -> dict[str, Any]:
    """All columns of a new partner; where nothing else is said, a team's own community has consented."""
    facts = {key: row.facts.get(key) or "" for key in TEXTS} | {key: row.facts.get(key) for key in OTHERS}
    if Fact.CONSENTING in ASKED[row.kind] and facts["consenting_id"] is None:
        facts["consenting_id"] = row.place.id
    years = {"active_since": row.facts.get("active_since") or today, "verified_until": until(row, today)}
    stands = {"stage": Stage.ACTIVE, "reason": "", "applied_at": clock.now(), "answer_due": None, "reminded_for": None}
    return {"id": id, "kind": row.kind, "place_id": row.place.id} | facts | comparable(facts) | years | stands


def comparable(facts: dict[str, Any]) -> dict[str, str]:
    """The words by which whoever applies is shown that it is here already."""
    return {f"{name}_key": key_of(facts[name]) for name in ("name", "address") if name in facts}


def areas(row: New) -> list[Any]:
    """Where it serves: as typed, else what it manages, else its place."""
    return row.lists.get("areas") or row.lists.get("compounds") or [row.place]


def until(row: New, today: date) -> date:
    """A year; an elected committee no longer than its term."""
    term, year = row.facts.get(Fact.TERM_UNTIL.value), a_year_after(today)
    return min(year, term) if terms(row.kind) and term else year


def verification_row(id: int, row: New, today: date, by) -> dict[str, Any]:
    """Who has looked at it, until when that counts."""
    office = deciding_place(row.place, by).id
    return {"partner_id": id, "place_id": office, "by_id": by.id, "since": today, "until": until(row, today)}


def change(found: Plan, by) -> None:
    """Update partners, one statement for each set of facts; their lists are written anew."""
    for _keys, some in groupby(sorted(found.changed, key=fact_keys), key=fact_keys):
        update_all(PARTNER, [{"id": row.id} | row.facts | comparable(row.facts) for row in some if row.facts])
    lists = [(row.id, row.lists) for row in found.changed if row.lists]
    unlink(lists)
    link(lists)
    reindex(found)
    tell_changed(found, by)


def fact_keys(row: Change) -> tuple[str, ...]:
    """Which facts change."""
    return tuple(row.facts)


def reindex(found: Plan) -> None:
    """Let the search find them by their new words."""
    texts = {}
    for row in found.changed:
        if row.facts.keys() & {"name", *FOUND_BY}:
            old = found.known.words[row.id]
            texts[row.id] = {key: row.facts.get(key, old[key]) for key in ("name", *FOUND_BY)}
    search.index_all(
        "partner", {id: facts["name"] for id, facts in texts.items()}, {id: found_by(f) for id, f in texts.items()}
    )


def found_by(facts: dict[str, Any]) -> str:
    """By which words beside its name it is found."""
    return " ".join(filter(None, (facts.get(key) for key in FOUND_BY)))


def unlink(lists: list[tuple[int, dict[str, list[Any]]]]) -> None:
    """Take away what a list said before; what a partner could do ends today."""
    for key, (table, _column) in BETWEEN.items():
        ids = [id for id, rows in lists if key in rows]
        if ids:
            db.session.execute(delete(table).where(table.c.partner_id.in_(ids)))
    for id, rows in lists:
        if "capabilities" in rows:
            kept = [row.id for row in rows["capabilities"]]
            gone = update(Ability).where(
                Ability.partner_id == id, Ability.until.is_(None), Ability.capability_id.not_in(kept)
            )
            db.session.execute(gone.values(until=clock.today()).execution_options(synchronize_session=False))


def link(lists: Iterable[tuple[int, dict[str, list[Any]]]]) -> None:
    """Write what the lists say; what a partner could do already stays as it was said."""
    lists = list(lists)
    for key, (table, column) in BETWEEN.items():
        pairs = [(id, row.id) for id, rows in lists for row in rows.get(key, ())]
        insert_all(table, [{"partner_id": id, column: other} for id, other in dict.fromkeys(pairs)])
    skilled = [(id, row.id) for id, rows in lists for row in rows.get("capabilities", ())]
    said = {"level": Level.CAN, "evidence": "", "amount": None, "unit": None, "said_at": clock.now(), "until": None}
    said |= {"certified_on": None, "certified_at_id": None}
    living = able(id for id, _rows in lists)
    insert_all(
        ABILITY,
        [
            {"partner_id": id, "capability_id": other} | said
            for id, other in dict.fromkeys(skilled)
            if (id, other) not in living
        ],
    )


def able(ids: Iterable[int]) -> set[tuple[int, int]]:
    """(partner, capability) of what these can do now."""
    living = Ability.partner_id.in_(list(ids)) & Ability.until.is_(None)
    found = db.session.execute(select(Ability.partner_id, Ability.capability_id).where(living))
    return {(partner, capability) for partner, capability in found}
