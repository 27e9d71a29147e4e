"""What somebody must do by a day stands on that day in his calendar and in his partner's, until it is done."""

from datetime import date, timedelta

import pytest
import time_machine
from icalendar import Calendar

from governance.need import Need
from governance.need_state import Privacy
from kernel import agenda, clock, waiting
from kernel.db import db
from kernel.work import work
from partners.incubations.incubation import Incubation
from portal import deadlines
from portal.address import feed_token

DAY = timedelta(days=1)


@pytest.fixture
def told(site):
    """A function: the whole-day events of some kinds by title, and the stamp."""

    def told(of, owner, *kinds):
        db.session.rollback()
        window, asked = agenda.window(clock.today()), frozenset(kinds)
        with site.test_request_context():
            events = agenda.events(of, owner, window, asked)
        assert all(isinstance(one.starts, date) and not one.busy and one.ends == one.starts + DAY for one in events)
        known = agenda.known(of, owner.id, window, asked)
        return {one.summary: one.starts for one in events}, (known.stamp, known.also(lambda: owner))

    return told


@pytest.fixture
def adoption(world):
    """白鹭科技 repairs for eight households."""
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[1].id, 8, pledge="两个人。", by=world.zhao)
        adoption.accept(by=world.lin)
    return adoption


def test_what_was_taken_on_is_to_be_delivered_by_a_day_and_goes_with_it(world, adoption, told):
    for of, owner in (("person", world.zhao), ("partner", world.egret)):
        assert told(of, owner, "delivery")[0] == {"项目要交付：31小区老人家电义修": world.project.ends_on}
    assert told("person", world.wu, "delivery")[0] == {}
    before = [told(of, owner, "delivery")[1] for of, owner in (("person", world.zhao), ("partner", world.egret))]
    with work():
        adoption.deliver("都修好了。", by=world.zhao)
    after = [told(of, owner, "delivery") for of, owner in (("person", world.zhao), ("partner", world.egret))]
    assert [events for events, _stamp in after] == [{}, {}]
    assert all(stamp != old for (_events, stamp), old in zip(after, before, strict=True))


def test_a_year_of_a_partner_ends_on_a_day_until_another_is_asked_for(world, told):
    title, last = f"合伙人到期，请在这天前续期：{world.egret.name}", world.egret.verified_until
    assert told("partner", world.egret, "renewal")[0] == {title: last}
    old = told("partner", world.egret, "renewal")[1]
    with time_machine.travel(clock.at(last - 10 * DAY)):
        with work():
            world.egret.ask_renewal(by=world.zhao)
        events, stamp = told("partner", world.egret, "renewal")
    assert events == {}
    assert stamp != old


def test_a_firm_that_is_raised_has_its_milestones_and_so_has_the_committee(world, told):
    day = clock.today() + 40 * DAY
    with work():
        firm = Incubation.apply(world.community, "青禾（示例）", by=world.zhou, founder=world.zhou)
        firm.accept(clock.today(), by=world.lin)
        step = firm.plan("第一份订单", day, by=world.lin)
    title = "里程碑：第一份订单（青禾（示例））"
    for person in (world.zhou, world.lin):
        assert told("person", person, "incubation")[0] == {title: day}
    assert told("person", world.stranger_lin, "incubation")[0] == {}
    old = told("person", world.lin, "incubation")[1]
    with work():
        firm.reach(step, clock.today(), "", by=world.lin)
    events, stamp = told("person", world.lin, "incubation")
    assert events == {}
    assert stamp != old


def test_what_waits_for_a_partner_is_in_its_calendar_but_not_what_residents_said(world, told):
    day = clock.today() + 3 * DAY
    with work():
        adoption = world.project.adopt(world.team, world.project.parts[1].id, 2, pledge="两个人。", by=world.lin)
        adoption.accept(by=world.lin)
        adoption.release_on = day
    assert "adoption.idle" in {line.desk.kind for line in deadlines.lines_of_partner(world.team)}
    events, old = told("partner", world.team, "deadline")
    assert list(events.values()) == [day]
    assert told("partner", world.egret, "deadline")[0] == {}
    with work():
        adoption.release_on = day + DAY
    events, stamp = told("partner", world.team, "deadline")
    assert list(events.values()) == [day + DAY]
    assert stamp != old


def test_a_need_is_for_those_who_speak_for_the_partner(world, told):
    with work():
        need = Need.say(world.building1, "楼道灯不亮", by=None, token="a")
        need.verify(world.repair, privacy=Privacy.MATTER, matter="楼道灯", by=world.lin)
        need.route_on(partner=world.egret, reason="离得近", by=world.lin)
    assert any(line.desk.kind.startswith("need.") for line in waiting.lines(world.zhao, 50))
    assert told("partner", world.egret, "deadline")[0] == {}
    assert len(told("person", world.zhao, "deadline")[0]) == 1


def test_a_reader_that_knows_dates_only_sees_that_something_is_done(enter, world, adoption):
    """It asks with If-Modified-Since: a line that is gone changes the file, though no event in it is younger."""
    token = feed_token(world.zhao, "partner", str(world.egret.id))
    phone, url = enter(), f"/calendar/partners/{world.egret.id}/{token}.ics?kinds=delivery"
    with time_machine.travel(clock.now(), tick=False) as travel:
        first = phone.get(url)
        assert len(Calendar.from_ical(first.data).events) == 1
        travel.shift(60)
        assert phone.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
        travel.shift(60)
        with work():
            adoption.deliver("都修好了。", by=world.zhao)
        travel.shift(60)
        later = phone.get(url, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert later.status_code == 200
    assert Calendar.from_ical(later.data).events == []
