"""The feed of a partner: what it has promised, for its members and for nobody else."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from kernel import clock
from kernel.work import work
from portal.address import feed_token

DAY = timedelta(days=1)


@pytest.fixture
def adoption(world):
    """白鹭科技 repairs for eight households, and has promised a first step in three days."""
    with work():
        small = world.project.parts[1].id
        adoption = world.project.adopt(world.egret, small, 8, pledge="每周六两个人。", by=world.zhao)
        adoption.accept(by=world.lin)
        adoption.promise("看完前四户", clock.today() + 3 * DAY, by=world.zhao)
    return adoption


def address(world, person, partner):
    return f"/calendar/partners/{partner.id}/{feed_token(person, 'partner', str(partner.id))}.ics?kinds=milestone"


def events(answer):
    return [
        (str(one["SUMMARY"]), str(one["STATUS"]), one["SEQUENCE"]) for one in Calendar.from_ical(answer.data).events
    ]


def test_a_promise_stands_on_its_day_and_goes_with_its_adoption(enter, world, adoption):
    phone, url = enter(), address(world, world.zhao, world.egret)
    [event] = Calendar.from_ical(phone.get(url).data).events
    assert event["DTSTART"].dt == clock.today() + 3 * DAY
    assert events(phone.get(url)) == [("进度节点：看完前四户", "CONFIRMED", 0)]
    with work():
        adoption.leave("人手不够", by=world.zhao)
    assert events(phone.get(url)) == [("进度节点：看完前四户", "CANCELLED", 1)]


def test_only_members_have_an_address_and_it_is_for_one_partner(enter, world, adoption):
    phone = enter()
    assert phone.get(address(world, world.wu, world.egret)).status_code == 404
    own = feed_token(world.zhao)
    assert phone.get(f"/calendar/partners/{world.egret.id}/{own}.ics").status_code == 404
    of_partner = feed_token(world.zhao, "partner", str(world.egret.id))
    assert phone.get(f"/calendar/{of_partner}.ics").status_code == 404
    with work():
        world.zhao.renew_feed()
    assert phone.get(f"/calendar/partners/{world.egret.id}/{of_partner}.ics").status_code == 404
