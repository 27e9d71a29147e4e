"""The grid of buildings: which are looked after, and where somebody is missing."""

from flask import g, request, url_for

from communities.place import Kind, Place
from kernel import cursor
from kernel.db import db
from kernel.request import Page, permit

from ...assignments.coverage import GAPS, Cover, Pattern, by_community, by_compound, counts, covers
from ...volunteer import Volunteer

WIDE = (Kind.DISTRICT, Kind.SUBDISTRICT)
ALL = "all"


@permit("coverage:see", of=Place, by="code")
def show(place):
    """A community as a drawing with a table beside it; a wider place as a table of its communities."""
    line = list(db.session.scalars(place.line))
    if place.kind is Kind.BUILDING:
        line.pop()
        place = line[-1]
    found = covers(place)
    facts = {"place": place, "line": line[:-1], "numbers": counts(found), "Pattern": Pattern}
    facts |= {"heavy": sum(cover.overloaded for cover in found), "total": len(found)}
    if place.kind in WIDE:
        return Page("assignments/communities.html", rows=communities(place, found), **facts)
    chosen = request.args.get("show", "")
    rows, following = listed(place, found, chosen)
    volunteer = Volunteer.of(g.person)
    return Page(
        "assignments/coverage.html",
        compounds=by_compound(found),
        rows=rows,
        chosen=chosen,
        next_url=following,
        listed=sum(1 for cover in found if belongs(cover, chosen)),
        home_id=volunteer.person.home_id if volunteer else None,
        **facts,
    )


def belongs(cover: Cover, chosen: str) -> bool:
    """Whether a building is in the list that was chosen: of one pattern, overloaded, all, or every gap."""
    if chosen == "heavy":
        return cover.overloaded
    if chosen == ALL or chosen in list(Pattern):
        return chosen in (ALL, cover.pattern)
    return cover.pattern in GAPS


def listed(place: Place, found: list[Cover], chosen: str) -> tuple[list[Cover], str | None]:
    """25 rows of the table and the address of the next ones."""
    wanted = [cover for cover in found if belongs(cover, chosen)]
    after = cursor.unpack(request.args.get("page"), int)
    first = next((n for n, cover in enumerate(wanted, 1) if after and cover.id == after[0]), 0)
    shown = wanted[first : first + cursor.PAGE]
    if first + len(shown) >= len(wanted):
        return shown, None
    word = cursor.pack(shown[-1].id)
    return shown, url_for("coverage.show", code=place.code, show=chosen or None, page=word)


def communities(place: Place, found: list[Cover]) -> list[tuple[Place, int, dict]]:
    """Each community with its number of buildings and of each pattern."""
    grouped = by_community(found)
    places = db.session.scalars(Place.of_kind(Kind.COMMUNITY, place))
    return [(one, len(grouped.get(one.id, [])), counts(grouped.get(one.id, []))) for one in places]
