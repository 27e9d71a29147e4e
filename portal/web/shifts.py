"""The list of shifts: “我能去的” by default, everything on request."""

from datetime import datetime, timedelta

from flask import g, request, url_for

from kernel import clock
from kernel.cursor import pack, unpack
from kernel.receipt import new_key
from kernel.request import Page, permit

from ..filters import Filters
from ..open_shifts import OpenShifts

FILTERS = {"all", "door", "many", "short", "place", "category", "from", "to", "q"}


@permit("shift:list")
def shifts():
    """25 shifts, nearest first; what this person cannot take is folded below with the reasons."""
    asked = OpenShifts(g.person, Filters.read(request.args), place_in_list(request.args.get("page")))
    listing = asked.page()
    return Page(
        "portal/shifts.html",
        rows=listing.rows,
        total=asked.total() if listing.total is None else listing.total,
        filters=asked.filters,
        args=kept_args(),
        volunteer=asked.volunteer,
        near=asked.near,
        mine=asked.mine,
        walks=asked.walks(listing.rows),
        refused=listing.refused,
        weekend=weekend(),
        many=bool(request.args.get("many")) and asked.volunteer is not None,
        more=url_for("portal.shifts", **kept_args(), page=next_page(listing.next)) if listing.next else None,
        key=new_key(),
    )


def kept_args() -> dict[str, str]:
    """The filters of this address without the cursor."""
    return {name: value for name, value in request.args.items() if name in FILTERS and value}


def next_page(place: tuple[int, datetime, int]) -> str:
    """Where the next page begins, as a word for the address."""
    rank, start, id = place
    return pack(rank, start.isoformat(), id)


def place_in_list(word: str | None):
    """The cursor, or None when it is none of ours."""
    values = unpack(word, int, str, int)
    if values is None:
        return None
    try:
        start = datetime.fromisoformat(values[1])
    except ValueError:
        return None
    is_ours = start.tzinfo is not None and 2000 <= start.year <= 2100
    return (values[0], start, values[2]) if is_ours else None


def weekend() -> dict[str, str]:
    """The coming Saturday and Sunday as filters."""
    day = clock.today()
    saturday = day + timedelta(days=(5 - day.weekday()) % 7) if day.weekday() != 6 else day
    sunday = saturday if saturday.weekday() == 6 else saturday + timedelta(days=1)
    return {"from": saturday.isoformat(), "to": sunday.isoformat()}
