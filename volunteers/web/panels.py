"""What this package shows on the pages of projects and places."""

from flask import g, render_template
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from communities.place import Place
from kernel.db import db
from kernel.permits import may

from ..duty import Duty
from ..guardian import volunteers_among
from ..shift import Shift

MOST = 10


def of_project(project) -> str:
    """The coming dates of a project's duties; one query."""
    dates = Shift.coming().join(Shift.duty).options(contains_eager(Shift.duty)).where(Duty.project_id == project.id)
    shifts = list(db.session.scalars(dates.limit(MOST + 1)))
    return render_template(
        "volunteers/project_panel.html", project=project, shifts=shifts[:MOST], most=MOST, more=len(shifts) > MOST
    )


def of_adoption(adoption) -> str | None:
    """The way to the seats that it keeps, for the two sides while it runs; no query, the page is full of them."""
    if not (adoption.is_running and may("seat:list", adoption)):
        return None
    return render_template("volunteers/adoption_panel.html", adoption=adoption, keeps=may("seat:keep", adoption))


def of_partner(partner) -> str | None:
    """The way to take its calendar over, for its members; no query."""
    if not may("partner:leave", partner):
        return None
    return render_template("volunteers/partner_panel.html", partner=partner)


def of_place(place) -> str:
    """The coming dates at a place and in it; one query."""
    here = select(Place.id).where(Place.within(place))
    dates = Shift.coming().join(Shift.duty).options(contains_eager(Shift.duty)).where(Shift.place_id.in_(here))
    shifts = list(db.session.scalars(dates.limit(MOST + 1)))
    return render_template(
        "volunteers/place_panel.html", place=place, shifts=shifts[:MOST], most=MOST, more=len(shifts) > MOST
    )


def of_neighbour(person, people) -> str:
    """The way to a volunteer's papers, for a minor to the guardian's consent; one query for all people of the page."""
    if "volunteers_here" not in g:
        g.volunteers_here = volunteers_among(people)
    volunteer, minor = g.volunteers_here.get(person.id, (None, None))
    shown = volunteer is not None and may("volunteer:papers", volunteer)
    return render_template("volunteers/neighbour_row.html", volunteer=volunteer, minor=minor) if shown else ""
