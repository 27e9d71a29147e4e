"""What hours show on other pages: my own page, the row of a neighbour; and where lines of 今天要办 lead."""

from flask import g, render_template, url_for
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.permits import may

from ...hours.mine import sums
from ...volunteer import Volunteer


def of_me(person) -> str:
    """This year's hours, and the way to all of them; one query."""
    found = sums(person)
    return render_template("hours/my_panel.html", sums=found, year=found.of(clock.today().year))


def of_neighbour(person, people) -> str:
    """The way to the hours of a volunteer who lives where one is staff; one query for all the people of the page."""
    if "hours_of" not in g:
        rows = select(Volunteer).where(Volunteer.person_id.in_([one.id for one in people]))
        g.hours_of = {volunteer.person_id: volunteer for volunteer in db.session.scalars(seen(rows))}
    volunteer = g.hours_of.get(person.id)
    shown = volunteer is not None and may("hours:see-person", volunteer)
    return render_template("hours/neighbour.html", volunteer=volunteer) if shown else ""


def day_url(id: int) -> str:
    """The sheets of the day of a shift."""
    return url_for("hours.of_shift", id=id)


def correction_url(id: int) -> str:
    """A wish for a correction."""
    return url_for("hours.correction", id=id)
