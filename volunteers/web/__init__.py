"""The pages of this package."""

from flask import url_for

from kernel import search, slots, waiting
from kernel.i18n import _

from .. import handover, permits, stop, sweep  # noqa: F401  the rules come before the views that name them
from ..duty import Duty
from . import (
    desks,
    duties,
    guardian,
    join,
    panels,
    profile,
    register,
    seats,
    series,
    shifts,
    signups,
    standing_places,
    stops,
    telling,
)


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    for module in (duties, guardian, join, profile, register, seats, series, shifts, signups, standing_places, stops):
        app.register_blueprint(module.bp)
    telling.set_up()
    for line in desks.DESKS:
        waiting.register(line)
    slots.fill("project.below", panels.of_project)
    slots.fill("adoption.side", panels.of_adoption)
    slots.fill("place.below", panels.of_place)
    slots.fill("people.row", panels.of_neighbour)
    search.searchable("duty", Duty, _("岗位"), lambda duty: url_for("duties.show", id=duty.id))
