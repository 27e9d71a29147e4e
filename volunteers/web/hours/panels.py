"""What hours show on other pages: my own page, the row of a neighbour; and where lines of 今天要办 lead."""

from flask import render_template, url_for
from sqlalchemy import select

from communities.place import Kind
from kernel import clock
from kernel.db import db
from kernel.permits import may

from ...hours.counting import hours
from ...hours.entrusting import RECORDERS
from ...hours.mine import sums
from ...hours.unit import RecordingUnit
from .books import Book


def of_me(person) -> str:
    """This year's hours, and the way to all of them; one query."""
    found, today = sums(person), clock.today()
    return render_template("hours/my_panel.html", sums=found, hours=hours, year=found.of(today.year), today=today)


def of_neighbour(person, _people) -> str:
    """The way to the hours of somebody who lives where one is staff."""
    return render_template("hours/neighbour.html", neighbour=person) if may("hours:see-person", person) else ""


def of_place(place) -> str:
    """For the staff of a community: the way to its ledger; no query."""
    shown = place.kind is Kind.COMMUNITY and may("hours:review", place)
    return render_template("hours/place_panel.html", place=place) if shown else ""


def of_partner(partner) -> str:
    """The way to its own ledgers, for who speaks for it; one query, and only for kinds that may record."""
    if partner.kind not in RECORDERS or not may("partner:edit", partner):
        return ""
    units = list(db.session.scalars(select(RecordingUnit).where(RecordingUnit.partner_id == partner.id)))
    return (
        render_template("hours/partner_panel.html", units=[Book(unit.place, unit) for unit in units]) if units else ""
    )


def day_url(id: int) -> str:
    """The sheets of the day of a shift."""
    return url_for("hours.of_shift", id=id)


def changed_url(id: int) -> str:
    """Where a list that was corrected later is looked at; the id is of a sign-up."""
    return url_for("hours.of_signup", id=id)


def correction_url(id: int) -> str:
    """A wish for a correction."""
    return url_for("hours.correction", id=id)
