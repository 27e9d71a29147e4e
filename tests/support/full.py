"""A bit of everything that a calendar can hold: for 赵 and 白鹭科技 what they booked, lend, promised and signed."""

from datetime import time, timedelta
from types import SimpleNamespace

from communities.post import Office
from kernel import clock
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from partners.kind import Kind
from partners.resources.booker import Booker
from partners.resources.resource import Resource
from volunteers.pattern import Pattern
from volunteers.shift import Shift

from .lending import coming, facts, span

DAY = timedelta(days=1)


def fill(world) -> SimpleNamespace:
    """Written inside `work()`; what it returns are ids."""
    here, lin, zhao, egret = world.community, world.lin, world.zhao, world.egret
    hall = Resource.offer(here, egret, by=zhao, **facts(free_for=[kind.value for kind in Kind]))
    booking = hall.book(Booker(egret), *span(coming(2), 9, 10), purpose="义诊排练", by=zhao)
    times = {"starts": time(14), "ends": time(15), "first": coming(3), "last": coming(3, 4)}
    hall.book_weekly(Booker(egret), weekdays=[3], skip_holidays=False, purpose="合唱", by=zhao, **times)
    hall.book(Booker(office=here), *span(coming(4), 9, 10), purpose="开会", by=lin)
    adoption = world.project.adopt(egret, world.project.parts[1].id, 8, pledge="每周六两个人。", by=zhao)
    adoption.accept(by=lin)
    adoption.promise("看完前四户", clock.today() + 30 * DAY, by=zhao)
    sides = [Party(partner_id=egret.id), Party(place_id=here.id, office=Office.COMMITTEE)]
    days = {"signed_on": clock.today(), "since": clock.today(), "until": clock.today() + 60 * DAY}
    Agreement.record(here, sides, by=lin, title="便民服务合作协议", scope="每月义诊一次。", **days)
    world.duty2.project = world.project
    [shift] = Shift.plan(
        world.duty2,
        Pattern(frozenset(), time(9), time(10), DAY * 9 + clock.today(), DAY * 9 + clock.today()),
        3,
        by=lin,
    )
    [seat] = shift.keep(adoption, 1, by=zhao)
    world.shift.sign_up(world.wu, by=world.wu)
    return SimpleNamespace(hall=hall.id, booking=booking.id, seat=seat.id, asked=shift.id)
