"""What hours show on other pages: my own page, the row of a neighbour; and where lines of 今天要办 lead."""

from flask import render_template, url_for

from communities.place import Kind
from kernel import clock
from kernel.permits import may

from ...hours.counting import hours
from ...hours.mine import sums


def of_me(person) -> str:
    """This year's hours, and the way to all of them; one query."""
    found = sums(person)
    return render_template("hours/my_panel.html", sums=found, hours=hours, year=found.of(clock.today().year))


def of_neighbour(person, _people) -> str:
    """The way to the hours of somebody who lives where one is staff."""
    return render_template("hours/neighbour.html", neighbour=person) if may("hours:see-person", person) else ""


def of_place(place) -> str:
    """For the staff of a community: the way to its ledger; no query."""
    shown = place.kind is Kind.COMMUNITY and may("hours:review", place)
    return render_template("hours/place_panel.html", place=place) if shown else ""


def day_url(id: int) -> str:
    """The sheets of the day of a shift."""
    return url_for("hours.of_shift", id=id)


def correction_url(id: int) -> str:
    """A wish for a correction."""
    return url_for("hours.correction", id=id)
