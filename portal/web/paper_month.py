"""我的一个月 on A5 in large letters: mine, and at the desk that of somebody who has no phone."""

from datetime import date

from flask import g, render_template, request, url_for

from communities.person import Person
from kernel import clock
from kernel.fields import Form
from kernel.permits import may
from kernel.request import Back, Page, form_for, permit
from volunteers.printing import note_month

from ..filters import day
from ..paper_month import PaperMonth


def chosen() -> date:
    """A day of the month that was asked for, “2026-12”; else today."""
    return day(f"{request.values.get('of', '')}-01") or clock.today()


@permit("portal:me")
def own():
    """My own, as often as I like."""
    return sheet(PaperMonth.of(g.person, chosen()), g.person, url_for("portal.me"), "")


@permit("month:print-for", of=Person, form=Form, back=lambda id: Back("people.index", "people"))
def of_neighbour(neighbour, _form):
    """For a neighbour who asks at the desk; each print is a line of the journal, so there is no page to look at."""
    month = PaperMonth.of(neighbour, chosen())
    note_month(neighbour, month.first, by=g.person)
    address = url_for("portal.print_month", id=neighbour.id)
    return sheet(month, neighbour, url_for("people.index"), address).answer()


def sheet(month: PaperMonth, owner, back_url: str, address: str) -> Page:
    """The paper; `address` is where another month of a neighbour is asked for."""
    names = {"paper": month, "owner": owner, "back_url": back_url, "address": address}
    return Page("portal/paper_month.html", **names, this=clock.today(), form=form_for(Form))


def of_row(person, _people) -> str:
    """The button on the row of a neighbour; no query."""
    return render_template("portal/neighbour_month.html", neighbour=person) if may("month:print-for", person) else ""
