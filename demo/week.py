"""② The week of 吴女士（示例）: patrol on Saturdays, the desk on Tuesdays, and a seat that is offered to her."""

from dataclasses import replace
from datetime import date, time, timedelta
from types import SimpleNamespace

from volunteers.coming_regularly import hours
from volunteers.signup import State
from volunteers.standing_place import StandingPlace
from volunteers.standing_state import State as Standing

from .activities import Activity, activities
from .community import Community
from .scale import DONGFANG
from .shifts import Service, days, rule, start
from .town import Town

SATURDAY, SUNDAY = 5, 6
LATELY = timedelta(days=6)  # what was then is not confirmed yet


def plan(town: Town) -> None:
    """The services of 东方 that the stories need, with those who have a place in them."""
    here, wu = town.community(DONGFANG), town.cast["wu"]
    patrol = replace(activity("联防巡查", "巡查员"), weekdays=(SATURDAY,), starts=time(7))
    walks = start(town, here, patrol, **spot(here))
    desk = start(town, here, activity("便民服务站", "值班"))
    for service in (walks, desk):
        comes_regularly(town, service, wu)
        stands(town, service, wu)
    here.services += [walks, desk, *haircuts(town, here), repair(town, here)]


def spot(here: Community) -> dict:
    """Where the stories meet."""
    return {"meeting_point": "31小区东门", "place_id": here.compound_31}


def activity(name: str, role: str) -> Activity:
    """The activity with this title."""
    return next(found for found in activities() if (found.activity, found.role) == (name, role))


def comes_regularly(town: Town, service: Service, person: int) -> None:
    """Confirmed for its last date, whose hours wait, and for all that are to come; what she did before tells `wu`."""
    for day in days(town):
        if service.meets_on(day) and day > town.today - LATELY:
            service.placed[day] = [(person, State.CONFIRMED)]


def stands(town: Town, service: Service, person: int) -> None:
    """The standing place of the one who comes to this service."""
    days_ahead = [day for day in days(town) if service.meets_on(day)]
    facts = {
        "since": service.first,
        "said_to": hours(SimpleNamespace(**rule(service.activity))),
        "reached": max(days_ahead),
        "by_id": person,
    }
    town.rows.add(StandingPlace, series_id=service.series, person_id=person, state=Standing.HELD, **facts)


def haircuts(town: Town, here: Community) -> list[Service]:
    """Free haircuts on a Sunday: somebody left the queue of the helpers, and the seat is offered to her."""
    sunday = upcoming(town.today + timedelta(days=5), SUNDAY)
    first = sunday - timedelta(weeks=4 * (town.scale.days // 28 + 1))
    helpers = start(town, here, activity("义剪", "引导排队"), first=first)
    barbers = start(town, here, activity("义剪", "理发师"), first=first)
    seats = helpers.activity.seats
    others = [helper.id for helper in helpers.people if helper not in barbers.people]
    early, late = others[: seats - 1], others[seats - 1 : seats + 1]
    helpers.placed[sunday] = [
        *((person, State.CONFIRMED) for person in early),
        (town.cast["wu"], State.OFFERED),
        *((person, State.WAITING) for person in late),
    ]
    return [helpers, barbers]


def repair(town: Town, here: Community) -> Service:
    """③ Volunteers who receive the old people of the repair project."""
    door = replace(
        activity("义剪", "引导排队"),
        activity="老人家电义修",
        role="登记引导",
        category="repair",
        weekdays=(SATURDAY,),
        weeks=2,
    )
    about = "登记电器、叫号、给老人倒水搬凳子。"
    saturday = upcoming(town.today + timedelta(days=3), SATURDAY)
    door = replace(door, about=about, risk="检修区拉好警戒线，不碰通电的电器。")
    return start(town, here, door, first=saturday, project_id=town.repair, **spot(here))


def upcoming(day: date, weekday: int) -> date:
    """The first such weekday from this day on."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
