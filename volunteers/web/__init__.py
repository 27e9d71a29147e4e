"""The pages of this package."""

from flask import url_for

from kernel import agenda as calendars
from kernel import search, slots, waiting
from kernel.i18n import _

# the rules come before the views that name them
from .. import agenda, handover, inviting, leaving, permits, personal, staying, stop, sweep  # noqa: F401
from ..attendances import sweep as closing  # noqa: F401
from ..duty import Duty
from . import (
    assignments,
    attendances,
    desks,
    duties,
    duty_calendars,
    gatherings,
    guardian,
    hours,
    join,
    organising,  # noqa: F401  has views of its own in `shifts.bp`
    panels,
    papers,
    profile,
    register,
    seats,
    series,
    sharing,
    shifts,
    signups,
    standing_places,
    stops,
    swap_offers,  # noqa: F401  has pages of its own in `swaps.bp`
    swaps,
    telling,
    tickets,
)


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    own = (
        duties,
        duty_calendars,
        gatherings,
        guardian,
        join,
        papers,
        profile,
        register,
        seats,
        series,
        shifts,
        signups,
    )
    for module in (*own, sharing, standing_places, stops, swaps):
        app.register_blueprint(module.bp)
    for source in agenda.SOURCES:
        calendars.register(source)
    attendances.set_up(app)
    assignments.set_up(app)
    hours.set_up(app)
    tickets.set_up(app)
    telling.set_up()
    personal.set_up()
    leaving.set_up()
    staying.set_up()
    for line in desks.DESKS:
        waiting.register(line)
    app.register_blueprint(duty_calendars.own)
    slots.fill("project.below", panels.of_project)
    slots.fill("partner.below", panels.of_partner)
    slots.fill("adoption.side", panels.of_adoption)
    slots.fill("place.below", panels.of_place)
    slots.fill("people.row", panels.of_neighbour)
    search.searchable("duty", Duty, _("岗位"), lambda duty: url_for("duties.show", id=duty.id))
