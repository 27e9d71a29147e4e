"""The steps of the adoptions that run in the demo data: promised, reached, and one that is late."""

from datetime import date, datetime, timedelta

from communities.working_day import working_days_after, working_days_before
from kernel import clock
from projects.milestone import Milestone

from .community import Taker
from .town import Town

DAY = timedelta(days=1)
FIRST = ("看过现场，和社区对好时间", "备好材料，排好人手", "和居民见面，记下要做的")
NEXT = ("做完一半", "做完第一批", "做完，请社区来看")
RECENT = 12  # days: nobody in the demo data is silent for long


def last_sign(town: Town, running: date) -> date:
    """The last day on which its partner did something: not long ago, so that nothing is released by itself."""
    return max(running, town.today - RECENT * DAY)


def walk(town: Town, adoption: int, running: date, taker: Taker, *, place: int, project: int) -> None:
    """A first step that was reached, and one that is still ahead; the words follow the number."""
    reached = last_sign(town, running)
    due = max(reached, working_days_after(running, 10))
    ahead = working_days_after(town.today, 3 + adoption % 12)
    start = running + DAY
    step(town, adoption, FIRST[adoption % 3], due, start, reached, taker, place=place, project=project)
    step(town, adoption, NEXT[adoption % 3], ahead, start, None, taker, place=place, project=project)


def late(town: Town, adoption: int, title: str, days: int, running: date, taker: Taker, **where: int) -> None:
    """One that is late by so many working days today."""
    due = working_days_before(town.today, days)
    step(town, adoption, title, due, min(running, due), None, taker, **where)


def step(
    town: Town, adoption: int, title: str, due: date, promised: date, reached: date | None, taker: Taker, **where: int
) -> None:
    """One step with its lines."""
    at = at_work(town, promised, 16)
    id = town.rows.add(
        Milestone, adoption_id=adoption, title=title, due=due, counts_from=due, promised_at=at, reached_on=reached,
        words="按说好的做到了。" if reached else "",
    )  # fmt: skip
    facts = {"partner": taker.id, "step": id, **where}
    town.note(at, "milestone.promised", "adoption", adoption, by=taker.manager_id, **facts)
    if reached:
        done = max(at, at_work(town, reached, 17))
        town.note(done, "milestone.reached", "adoption", adoption, by=taker.manager_id, **facts)


def at_work(town: Town, day: date, hour: int) -> datetime:
    """This hour of a day, and not later than now."""
    return min(clock.at(day) + timedelta(hours=hour), town.now)
