"""A year with something of each kind in each calendar: dates moved and called off, holidays, whole days, numbers."""

from datetime import time, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from communities.office import Office
from communities.working_day import CalendarDay
from kernel import clock
from kernel.db import db
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from partners.announcement import Announcement
from partners.announcement_words import Kind as Sort
from partners.incubations.incubation import Incubation
from partners.resources.booking import Booking
from portal.address import feed_token
from tests.support.lending import at, booker, coming, lend
from tests.volunteers.test_series import dates
from volunteers.assignments.pause import Why
from volunteers.assignments.placing import name_member, offer
from volunteers.assignments.state import Role
from volunteers.assignments.terms import Terms
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.standing_place import StandingPlace
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import Holder

DAY, WEEK, HOUR = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1)
TUESDAY, THURSDAY = 1, 3
SALON = {"label": "我要理发", "tickets": 6, "minutes": 30, "most": 2, "local": False, "is_open": True}


def fill(world) -> SimpleNamespace:
    """Write it, inside `work()`; what is needed to ask for the feeds, by name."""
    world.duty2.project = world.project
    watch(world)
    lent = lend(world)
    promised(world)
    rented(world, lent)
    cared_for(world)
    announced(world)
    return lent


def watch(world) -> None:
    """Patrols each Tuesday for ever: moved, called off, left, holidays; haircuts on one day, with numbers."""
    monday, lin = clock.today() + (7 - clock.today().weekday()) * DAY, world.lin
    rule = Pattern(frozenset({TUESDAY}), time(7), time(8), monday, None, skip_holidays=True)
    series = DutySeries.write(world.duty, rule, 3, by=lin)
    StandingPlace.ask(series, world.wu, by=world.wu).grant(by=lin)
    first, second, third, fourth, *_rest = dates(series)
    first.sign_up(world.zhou, by=world.zhou)
    second.move_to(second.starts_at + 25 * HOUR, second.ends_at + 26 * HOUR, by=lin)
    third.cancel("下大雨", by=lin)
    fourth.withdraw(world.wu, by=world.wu)
    far = list(series.pattern.days(clock.today() + 20 * WEEK, clock.today() + 30 * WEEK))[2]
    CalendarDay.enter(far, False, "示例假日", by=world.gao)
    night = Pattern(frozenset(), time(22), time(6), monday + WEEK, monday + WEEK)
    [late] = Shift.plan(world.duty, night, 2, by=lin)
    late.sign_up(world.wu, by=world.wu)
    facts = {"by": lin, "category": world.care, "risk_note": "台阶滑"}
    for place in (world.building1, world.compound):
        stairs = Duty.write(place, activity="扫楼道", role="", **facts)
        [swept] = Shift.plan(stairs, Pattern(frozenset(), time(9), time(10), monday + WEEK, monday + WEEK), 1, by=lin)
        swept.sign_up(world.zhou, by=world.zhou)
        if place is world.building1:
            swept.sign_up(world.wu, by=world.wu)
        swept.withdraw(world.zhou, by=world.zhou)  # his seat is offered to her
    Counter.set_up(world.duty2, by=lin, **SALON)
    Handout(world.shift2).take(Holder(world.wu), 2, by=world.wu, slot=1)


def promised(world) -> None:
    """白鹭科技 has taken something on and promised steps; 红管家 as well, with 吴阿姨 among its people."""
    for partner, by in ((world.egret, world.zhao), (world.team, world.lin)):
        adoption = world.project.adopt(partner, world.project.parts[1].id, 4, pledge="两个人。", by=by)
        adoption.accept(by=world.lin)
        adoption.promise("看完前两户", clock.today() + 9 * DAY, by=by).move(clock.today() + 12 * DAY, "少人", by=by)
        adoption.promise("都看完", clock.today() + 40 * DAY, by=by).drop("不需要了", by=by)
    days = {"signed_on": clock.today(), "since": clock.today(), "until": clock.today() + 200 * DAY}
    sides = [Party(partner_id=world.egret.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]
    Agreement.record(world.community, sides, by=world.lin, title="共建协议", scope="一起修", **days)
    firm = Incubation.apply(world.community, "青禾（示例）", by=world.zhou, founder=world.zhou)
    firm.accept(clock.today(), by=world.lin)
    firm.plan("第一份订单", clock.today() + 60 * DAY, by=world.lin)


def rented(world, lent) -> None:
    """白鹭科技 lends a hall; the committee has it each Thursday, one date not; the choir once, and not any more."""
    choir = booker(lent.choir)
    lent.hall.book(choir, at(coming(2), 9), at(coming(2), 11), purpose="排练", by=world.wu)
    gone = lent.hall.book(choir, at(coming(4), 9), at(coming(4), 10), purpose="录音", by=world.wu)
    gone.withdraw(by=world.wu)
    first = coming(THURSDAY)
    facts = {"weekdays": [THURSDAY], "starts": time(18), "ends": time(20), "first": first, "last": first + 5 * WEEK}
    series = lent.hall.book_weekly(choir, skip_holidays=False, purpose="合唱", by=world.wu, **facts)
    dates = select(Booking).where(Booking.series_id == series.id).order_by(Booking.starts_at)
    db.session.scalars(dates).all()[2].withdraw(by=world.wu)


def cared_for(world) -> None:
    """Buildings with a term: 赵社长 comes for his firm and is away for a while, 吴阿姨 is asked."""
    Terms.settle(world.community, residents_at_once=False, most=3, months=6, by=world.lin)
    row = name_member(world.egret, world.building2, Role.LEAD, world.zhao, by=world.zhao)
    row.accept(by=world.zhao)
    row.approve(by=world.lin)
    row.pause(clock.today() + 20 * DAY, clock.today() + 30 * DAY, Why.TRAVEL, by=world.zhao)
    offer(world.building1, Role.HELPER, world.wu, by=world.lin)


def announced(world) -> None:
    """The water of the compound is cut off for a morning, and a lift is serviced, which is called off."""
    start = clock.at(clock.today() + 5 * DAY) + 9 * HOUR
    for kind, place, moved in ((Sort.WATER, world.compound, False), (Sort.UPKEEP, world.building1, True)):
        facts = {"kind": kind, "words": "换水表", "starts_at": start, "until": start + 3 * HOUR}
        one = Announcement.announce(place, by=world.lin, **facts)
        if moved:
            one.call_off(by=world.lin)


KINDS = "person", "member", "staff", "partner", "lender", "duty", "building", "place", "resource"


def full(world) -> Any:
    """The world of the tests with a year of it, written inside `work()`; it has a `hall` too."""
    lent = fill(world)
    db.session.flush()
    rows = {"hall": lent.hall, "lender": lent.owner}
    return type(world)(world.names | {name: (type(row), row.id) for name, row in rows.items()})


def addresses(world) -> dict[str, str]:
    """The path of a feed of each kind."""
    egret, lender = world.egret.id, world.lender.id
    of_egret, of_lender = (
        feed_token(one, "partner", str(id)) for one, id in ((world.zhao, egret), (world.qian, lender))
    )
    return {
        "person": f"/calendar/{feed_token(world.wu)}.ics",
        "member": f"/calendar/{feed_token(world.zhao)}.ics",
        "staff": f"/calendar/{feed_token(world.lin)}.ics",
        "partner": f"/calendar/partners/{egret}/{of_egret}.ics",
        "lender": f"/calendar/partners/{lender}/{of_lender}.ics",
        "duty": f"/duties/{world.duty.id}.ics",
        "building": f"/places/{world.building1.code}.ics",
        "place": f"/places/{world.community.code}.ics",
        "resource": f"/resources/{world.hall.id}.ics",
        "shift": f"/shifts/{world.shift.id}.ics",
    }


def owners(world) -> dict[str, tuple[str, Any]]:
    """Of what kind, and whose, each of them is; a shift by itself has no owner."""
    return {
        "person": ("person", world.wu),
        "member": ("person", world.zhao),
        "staff": ("person", world.lin),
        "partner": ("partner", world.egret),
        "lender": ("partner", world.lender),
        "duty": ("duty", world.duty),
        "building": ("building", world.building1),
        "place": ("place", world.community),
        "resource": ("resource", world.hall),
    }
