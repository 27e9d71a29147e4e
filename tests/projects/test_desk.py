"""What waits for whom, and what other pages show of projects."""

from datetime import timedelta

import pytest
import time_machine
from flask import g

from kernel import clock, waiting
from kernel.slots import slot
from kernel.work import work


def kinds(person):
    return [line.desk.kind for line in waiting.lines(person, 50) if line.desk.kind.split(".")[0] in PROJECTS]


PROJECTS = {"adoption", "project"}


@pytest.fixture
def adoption(world):
    with work():
        return world.project.adopt(world.egret, world.project.parts[0].id, None, pledge="", by=world.zhao)


def test_an_adoption_waits_for_the_committee_and_for_no_other(world, adoption):
    assert kinds(world.lin) == ["adoption.asked"]
    for person in (world.stranger_lin, world.zhao, world.wu, world.sun, world.he, world.gao):
        assert kinds(person) == []
    [line] = [line for line in waiting.lines(world.lin, 50) if line.desk.kind == "adoption.asked"]
    assert (line.due, line.id) == (adoption.answer_due, adoption.id)
    assert line.subject == "白鹭科技（示例） · 31小区老人家电义修"


def test_what_is_delivered_waits_to_be_closed(world, adoption):
    with work():
        rest = world.project.adopt(world.team, world.project.parts[1].id, None, pledge="", by=world.wu)
        for one in (adoption, rest):
            one.accept(by=world.lin)
            one.deliver("做好了", by=world.zhao)
    assert kinds(world.lin) == ["project.delivered"]
    assert kinds(world.zhao) == []


def test_what_is_past_its_day_waits_for_the_partner(world, adoption):
    with work():
        adoption.accept(by=world.lin)
    assert kinds(world.zhao) == []
    with time_machine.travel(clock.at(world.project.ends_on + timedelta(days=1))):
        assert kinds(world.zhao) == ["adoption.late"]
        assert kinds(world.qian) == []


def test_pages_of_places_and_partners_show_their_projects(site, world, adoption):
    zhao = world.zhao
    with site.test_request_context():
        g.person = zhao
        here = str(slot("place.below", world.community))
        assert world.project.title in here
        assert world.project.title in str(slot("place.below", world.district))
        assert world.project.title not in str(slot("place.below", world.other_community))
        assert world.project.title in str(slot("partner.below", world.egret))
        assert world.project.title not in str(slot("partner.below", world.team))
