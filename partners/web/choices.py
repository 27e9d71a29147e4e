"""What the forms of partners offer to choose from, and the rows of what was chosen."""

from flask import abort, g
from sqlalchemy import select

from communities.catalogue import Capability, Category
from communities.place import Place
from communities.tree import Branch
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import one

from ..kind import Fact, Kind

NONE_YET = ("", _("请选择"))


def offer(form, districts: list[Branch]) -> None:
    """Fill the lists of an application, or of the words about a partner."""
    form.capabilities.choices = [(row.id, row.label) for row in catalogue(Capability)]
    if "place" in form:
        form.place.choices = {None: [NONE_YET]} | places(districts, form.kind)
    if Fact.CATEGORY.value in form:
        rows = catalogue(Category)
        form[Fact.CATEGORY.value].choices = [NONE_YET, *((row.id, row.label) for row in rows)]


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


def catalogue(model) -> list:
    """A catalogue in its order."""
    return list(db.session.scalars(seen(model.seen_by(g.person))))


def chosen(form, place: Place) -> dict:
    """The facts of the form, with rows instead of ids; the service area is the place unless one was chosen."""
    rows = {"capabilities": those(Capability, form.capabilities.data), "areas": widest(those(Place, form.areas.data))}
    if category := form.facts.get(Fact.CATEGORY.value):
        one(Category, category)
    return form.facts | rows | ({} if rows["areas"] else {"areas": [place]})


def those(model, ids) -> list:
    """The rows with these ids; 404 when one of them is not there."""
    wanted = set(ids or ())
    found = list(db.session.scalars(seen(select(model).where(model.id.in_(wanted))))) if wanted else []
    return found if len(found) == len(wanted) else abort(404)


def widest(places: list[Place]) -> list[Place]:
    """Without those that lie in another one of them."""
    return [place for place in places if not any(other.covers(place) for other in places if other is not place)]
