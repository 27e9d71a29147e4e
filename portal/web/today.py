"""今天要办: at most ten lines of what waits for whoever holds an office or speaks for a partner."""

from flask import g, request

from communities.working_day import is_published, is_working_day
from kernel import clock, waiting
from kernel.request import Page, permit

from .navigation import waits

FIRST, ALL = 10, 200


@permit("portal:today")
def today():
    """The desk of the day."""
    return desk()


def desk() -> Page:
    """The lines, how many there are, and whether the holidays of this year are known."""
    lines = waiting.lines(g.person, ALL if request.args.get("all") else FIRST)
    total = len(lines) if len(lines) < FIRST else waits()
    day = clock.today()
    return Page(
        "portal/today.html",
        lines=lines,
        total=total,
        today=day,
        late=sum(line.due is not None and line.due < day for line in lines),
        published=is_published(day.year),
        works_today=is_working_day(day),
    )
