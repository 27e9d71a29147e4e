"""What this package shows on the pages of projects and places."""

from flask import g, render_template
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from communities.place import Place
from kernel.db import db
from kernel.permits import may

from ..duty import Duty
from ..guardian import minors
from ..shift import Shift

MOST = 10


def of_project(project) -> str:
    """The coming dates of a project's duties; one query."""
    dates = Shift.coming().join(Shift.duty).options(contains_eager(Shift.duty)).where(Duty.project_id == project.id)
    shifts = list(db.session.scalars(dates.limit(MOST + 1)))
    return render_template(
        "volunteers/project_panel.html", project=project, shifts=shifts[:MOST], most=MOST, more=len(shifts) > MOST
    )


def of_place(place) -> str:
    """The coming dates at a place and in it; one query."""
    here = select(Place.id).where(Place.within(place))
    dates = Shift.coming().join(Shift.duty).options(contains_eager(Shift.duty)).where(Shift.place_id.in_(here))
    shifts = list(db.session.scalars(dates.limit(MOST + 1)))
    return render_template(
        "volunteers/place_panel.html", place=place, shifts=shifts[:MOST], most=MOST, more=len(shifts) > MOST
    )


def of_neighbour(person, people) -> str:
    """What the row of a minor says of the guardian; one query for all the people of the page."""
    if "minors" not in g:
        g.minors = minors(people)
    minor = g.minors.get(person.id)
    shown = minor is not None and may("volunteer:guardian", minor.volunteer)
    return render_template("volunteers/minor_row.html", minor=minor) if shown else ""
