"""A need of 吴阿姨 in her building, and the line of the table that routes such things to 区城管局."""

import pytest

from governance.need import Need
from governance.need_state import Privacy
from governance.route import Route
from governance.voice import Reach
from kernel.work import work

TOKEN = "a-follow-up-link-of-tests"


@pytest.fixture
def routed_to(world):
    """Repairs in 东方社区 go to the department, within 5 working days."""
    with work():
        return Route.set_up(world.community, world.repair, world.department, 5, by=world.lin)


@pytest.fixture
def need(world, routed_to):
    """The lamp in the stairwell is dark, says somebody without an account."""
    with work():
        return say(world)


def say(world, words="三楼楼道灯不亮，老人晚上下楼看不见。", place=None, **facts):
    """Somebody without an account says something; in a `work()` of the caller."""
    facts = {"reach": Reach("王阿姨（示例）", "10000000099"), "token": TOKEN} | facts
    return Need.say(place or world.building1, words, by=facts.pop("by", None), **facts)


@pytest.fixture
def verified(world, need):
    """The same, verified."""
    with work():
        need.verify(world.repair, privacy=Privacy.MATTER, matter="楼道灯不亮", by=world.sun)
    return need


@pytest.fixture
def routed(world, verified):
    """The same, at the department."""
    with work():
        verified.route_on(by=world.lin)
    return verified


@pytest.fixture
def taken(world, routed):
    """The same, taken by the department."""
    with work():
        routed.taken(by=world.qian)
    return routed


@pytest.fixture
def solved(world, taken):
    """The same, solved."""
    with work():
        taken.solved("换了声控灯。", by=world.qian)
    return taken
