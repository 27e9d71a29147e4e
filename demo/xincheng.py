"""The whole district: the same seed gives the same people, places and days, counted from the day of the load."""

from collections.abc import Callable

from sqlalchemy import select

from communities.catalogue import Capability, Category
from communities.holiday_notice import published
from communities.working_day import CalendarDay
from kernel.work import work

from . import (
    agreements,
    announcements,
    buildings,
    cast,
    catalogue,
    certificates,
    contracts,
    hours,
    incubator,
    lending,
    needs,
    partners,
    people,
    places,
    projects,
    shifts,
    stories,
    superior,
    theatre,
    tickets,
    week,
    wu,
)
from .scale import SCALES, read
from .town import Town

SEED = 20240630
YEARS = range(2023, 2027)


def load(scale: str, password_hash: str, *, seed: int = SEED, tick: Callable[[], None] = lambda: None) -> Town:
    """Write the demo data into an empty site, some thousand rows a transaction; `tick` is called `steps(scale)` times.

    When it is interrupted, what was written is taken away again.
    """
    write_calendar()
    town = Town(SCALES[scale], seed, tick)
    try:
        build(town, password_hash)
    except BaseException:
        town.rows.undo()
        raise
    return town


def build(town: Town, password_hash: str) -> None:
    """Every part of the data, in the order in which they need each other."""
    town.categories = fill(town, Category, catalogue.CATEGORIES)
    town.capabilities = fill(town, Capability, catalogue.CAPABILITIES)
    places.survey(town)
    cast.engage(town, password_hash)
    people.appoint(town)
    people.enlist(town)
    buildings.look_after(town)
    partners.register(town)
    incubator.register(town)
    stories.register(town)
    agreements.sign(town)
    theatre.open_the_theatre(town, lending.lend(town))
    projects.post(town)
    stories.post(town)
    contracts.sign(town)
    announcements.tell(town)
    week.plan(town)
    tickets.plan(town)
    shifts.run(town)
    wu.serve(town)
    tickets.give(town)
    certificates.issue(town)
    needs.write(town)
    superior.send(town)
    town.write_journal()
    town.rows.close()
    hours.confirm(town)


def steps(scale: str) -> int:
    """How often a load of this scale ticks: five times a community."""
    chosen = SCALES[scale].only
    return 5 * SCALES[scale].districts * sum(row["code"].startswith(chosen) for row in read("communities.csv"))


def fill(town: Town, model, table: str) -> dict[str, int]:
    """A catalogue; its ids by code."""
    return {row["code"]: town.rows.add(model, **row) for row in catalogue.entries(table)}


def write_calendar() -> None:
    """The holiday notices of the last years, as far as they are not there."""
    with work() as session:
        known = set(session.scalars(select(CalendarDay.day)))
        for notice in map(published, YEARS):
            for given in notice.days:
                if given.day not in known:
                    facts = {"day": given.day, "is_working": given.is_working, "name": given.name}
                    session.add(CalendarDay(**facts, source=notice.source))
