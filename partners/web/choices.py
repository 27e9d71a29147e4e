"""What the forms of partners offer to choose from, and the rows of what was chosen."""

from flask import abort, g
from sqlalchemy import select

from communities.catalogue import Capability, Category
from communities.place import Kind as PlaceKind
from communities.place import Place, in_ranges
from communities.tree import Branch
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from ..kind import Fact, Kind
from ..partner import COMMUNITY

NONE_YET = ("", _("请选择"))
ROWS = {"areas": Place, "compounds": Place, "capabilities": Capability, "functions": Category}


class NoCompound(Refusal):
    """What is managed is a compound of the tree."""

    message = _("“%(place)s”不是小区、院落，请从列表里重新选。")
    field = "compounds"


class NoCommunity(Refusal):
    """It is a residents' committee that consents."""

    message = _("“%(place)s”不是社区，请从列表里重新选。")
    field = "consenting_id"


def offer(form, districts: list[Branch], near: Place | None = None) -> None:
    """Fill the lists of a form about a partner; the compounds are those of the subdistrict around `near`."""
    if "place" in form:
        form.place.choices = {None: [NONE_YET]} | places(districts, form.kind)
    if Fact.CONSENTING.value in form:
        form[Fact.CONSENTING.value].choices = {None: [NONE_YET]} | places(districts, Kind.TEAM)
    if Fact.FUNCTIONS.value in form:
        form[Fact.FUNCTIONS.value].choices = [(row.id, row.label) for row in catalogue(Category)]
    if Fact.COMPOUNDS.value in form:
        form[Fact.COMPOUNDS.value].choices = compounds(near, districts) if near else {}


def places(districts: list[Branch], kind: Kind) -> dict[str, list[tuple[int, str]]]:
    """Communities by subdistrict; a department may belong to the whole of either."""
    found = {}
    for district in districts:
        if kind is Kind.DEPARTMENT:
            found[district.place.name] = pairs([district, *district.branches])
        for subdistrict in district.branches:
            found[subdistrict.place.name] = pairs(subdistrict.branches)
    return found


def pairs(branches: list[Branch]) -> list[tuple[int, str]]:
    """Places as options."""
    return [(branch.place.id, branch.place.name) for branch in branches]


def compounds(near: Place, districts: list[Branch]) -> dict[str, list[tuple[int, str]]]:
    """The compounds of the subdistrict that this place is in, by community: those of its own first."""
    around = in_ranges(Place.path, ["/".join(near.path.split("/")[:3]) + "/"])
    rows = db.session.scalars(seen(select(Place).where(around, Place.kind == PlaceKind.COMPOUND).order_by(Place.path)))
    names = {id: name for group in places(districts, Kind.TEAM).values() for id, name in group}
    found: dict[str, list[tuple[int, str]]] = {}
    for row in sorted(rows, key=lambda row: not near.covers(row)):
        found.setdefault(names[row.ancestor_ids[COMMUNITY]], []).append((row.id, row.name))
    return found


def catalogue(model) -> list:
    """A catalogue in its order."""
    return list(db.session.scalars(seen(model.seen_by(g.person))))


def shelves(rows: list) -> list[tuple[str, list]]:
    """A catalogue as (heading, entries): an entry with others below it heads them; those without stand at the end."""
    below: dict[int, list] = {}
    for row in rows:
        below.setdefault(row.parent_id or 0, []).append(row)
    tops = below.get(0, [])
    headed = [(top.label, below[top.id]) for top in tops if top.id in below]
    alone = [top for top in tops if top.id not in below]
    return headed + ([(str(_("其他")) if headed else "", alone)] if alone else [])


def chosen(form, place: Place | None) -> dict:
    """The facts of the form, with rows instead of ids; the service area is the place unless one was chosen."""
    facts = dict(form.facts)
    for name in ROWS.keys() & {field.short_name for field in form}:
        facts[name] = those(ROWS[name], form[name].data)
    for compound in facts.get("compounds", ()):
        if compound.kind is not PlaceKind.COMPOUND:
            raise NoCompound(place=compound.name)
    if facts.get("consenting_id"):
        [consenting] = those(Place, [facts["consenting_id"]])
        if consenting.kind is not PlaceKind.COMMUNITY:
            raise NoCommunity(place=consenting.name)
    if "areas" in facts and place is not None:
        facts["areas"] = widest(facts["areas"]) or facts.get("compounds") or [place]
    return facts


def those(model, ids) -> list:
    """The rows with these ids; 404 when one of them is not there."""
    wanted = set(ids or ())
    found = list(db.session.scalars(seen(select(model).where(model.id.in_(wanted))))) if wanted else []
    return found if len(found) == len(wanted) else abort(404)


def widest(places: list[Place]) -> list[Place]:
    """Without those that lie in another one of them."""
    return [place for place in places if not any(other.covers(place) for other in places if other is not place)]
