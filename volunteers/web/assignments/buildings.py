"""这栋楼找谁: a building, who answers for it, and what one can do about it; the same on paper."""

from flask import g, url_for
from werkzeug.exceptions import NotFound

from communities.place import Kind, Place
from kernel.paper import qr, whole_url
from kernel.permits import may
from kernel.request import Page, form_for, permit

from ...assignments import people
from ...assignments.chain import levels, surroundings
from ...assignments.placing import refusals
from ...assignments.state import Role, Standing, State
from ...volunteer import Volunteer
from .forms import ClaimForm, HelpersForm


def a_building(place: Place) -> Place:
    """The place, if it is a building; 404 for others."""
    if place.kind is not Kind.BUILDING:
        raise NotFound
    return place


@permit("building:see", of=Place)
def show(place):
    """The chain, the people of the building, my own part in it; for staff also who waits and who was here."""
    around = surroundings(a_building(place), g.person)
    held = people.of_building(place)
    mine = next((one.row for one in held if one.row.person_id == g.person.id), None)
    staff = may("building:offer", place)
    volunteer = Volunteer.of(g.person)
    asks = g.person.id is not None and mine is None and (volunteer is not None or not staff)
    return Page(
        "assignments/building.html",
        place=place,
        around=around,
        levels=levels(around),
        serving=in_post(held),
        waiting=[one for one in held if one.row.state is not State.SERVING],
        free=people.free_roles(held, around.helpers),
        mine=mine,
        reasons=refusals(place, g.person, around) if asks and volunteer else [],
        volunteer=volunteer,
        staff=staff,
        past=people.past(place) if staff else [],
        form=form_for(ClaimForm),
        helpers=form_for(HelpersForm, helpers=around.helpers),
        Role=Role,
    )


def in_post(held) -> dict[Role, list]:
    """Who serves today, by role; somebody who stands in comes after whoever is away."""
    order = list(Standing)
    serving = sorted((one for one in held if one.row.is_serving), key=lambda one: order.index(one.row.standing))
    return {role: [one for one in serving if one.row.role is role] for role in Role}


@permit("building:see", of=Place)
def notice(place) -> Page:
    """楼栋包联公示牌 on A4: offices and units, names only of those who agreed, a code that leads here."""
    around = surroundings(a_building(place))
    address = whole_url("buildings.show", id=place.id)
    return Page(
        "assignments/notice.html",
        place=place,
        around=around,
        levels=levels(around),
        serving=in_post(people.of_building(place)),
        address=address,
        code=qr(address),
        back_url=url_for("buildings.show", id=place.id),
        Role=Role,
    )
