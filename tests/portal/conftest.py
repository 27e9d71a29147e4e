"""What the tests of the portal share: a list longer than a page, and the shifts that a page shows."""

import re
from datetime import time, timedelta

import pytest

from kernel import clock
from kernel.work import work
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.shift import Shift

EVERY_DAY = frozenset(range(7))
LINK = re.compile(r'href="/shifts/(\d+)"')


@pytest.fixture
def plan(world):
    """A function that plans many shifts at the community: so many a day over the days from tomorrow on; their ids."""

    def plan(days: int, a_day: int = 1, *, seats: int = 2, activity: str = "义诊") -> set[int]:
        tomorrow = clock.today() + timedelta(days=1)
        last = tomorrow + timedelta(days=days - 1)
        facts = {"category": world.repair, "risk_note": "无特殊风险", "meeting_point": "居委会门口"}
        with work() as session:
            duty = Duty.write(world.community, by=world.lin, activity=activity, role="登记", **facts)
            for number in range(a_day):
                hours = Pattern(EVERY_DAY, time(10 + number), time(11 + number), tomorrow, last)
                Shift.plan(duty, hours, seats, by=world.lin)
            session.flush()
            return {shift.id for shift in duty.shifts}

    return plan


def shown(html: str) -> list[int]:
    """The shifts that a piece of HTML leads to, in its order."""
    return list(dict.fromkeys(int(id) for id in LINK.findall(html)))
