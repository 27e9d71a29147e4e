"""今天在我小区: for its 楼栋长, its property manager and staff; a look at a number is noted; feeds without names."""

from datetime import time, timedelta

import pytest
import time_machine
from icalendar import Calendar

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.announcement import Announcement
from partners.announcement_words import Kind
from partners.kind import Kind as PartnerKind
from partners.member import Role as MemberRole
from partners.partner import Partner
from portal.address import feed_token
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.placing import claim
from volunteers.assignments.state import Role
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.shift import Shift

DAY = timedelta(days=1)


def text(answer):
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


@pytest.fixture
def busy(world):
    """Something takes place in four days at a building whose 楼栋长 is 吴阿姨; 周师傅 is in the property manager."""
    day = clock.today() + 4 * DAY
    with work():
        facts = {"category": world.care, "risk_note": "无特殊风险", "meeting_point": "1号楼门口"}
        duty = Duty.write(world.building1, by=world.lin, activity="楼道清扫", role="", **facts)
        [world.here] = Shift.plan(duty, Pattern(frozenset(), time(9), time(10), day, day), 6, by=world.lin)
        world.here.sign_up(world.zhao, by=world.zhao)
        claim(world.building1, Role.LEAD, by=world.wu).approve(by=world.lin)
        facts = {"credit_code": "9144030071526726XG", "compounds": [world.compound]}
        firm = Partner.apply(PartnerKind.PROPERTY_MANAGER, "安居物业（示例）", world.community, by=None, **facts)
        firm.verify(by=world.lin)
        firm.join(world.zhou, MemberRole.MEMBER, by=world.lin)
        Announcement.announce(world.compound, by=world.lin, kind=Kind.WATER, words="请接水", **hours(1))
        Announcement.announce(world.building2, by=world.lin, kind=Kind.POWER, words="", **hours(1))
        world.ids = {"here": world.here.id, "firm": firm.id}
    return world


def hours(days):
    start = clock.at(clock.today() + days * DAY, time(9))
    return {"starts_at": start, "until": start + timedelta(hours=3)}


def url(world):
    return f"/places/{world.compound.code}/today"


def events(answer):
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}


def feed(enter, person, kinds=""):
    return enter().get(f"/calendar/{feed_token(person)}.ics?kinds={kinds}")


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("volunteer", 200),
        ("volunteer2", 200),
        ("committee", 200),
        ("subdistrict", 200),
        ("partner", 403),
        ("grid", 403),
        ("other-committee", 403),
        (None, 303),
    ],
)
def test_it_is_for_who_looks_after_the_compound(enter, busy, name, status):
    id, client = busy.ids["here"], enter(name)
    page = client.get(url(busy))
    assert page.status_code == status
    answer = client.post(f"/shifts/{id}/lead-number", headers=HTMX if status == 200 else {})
    assert answer.status_code == status
    db.session.rollback()
    noted = db.session.query(Line).filter_by(verb="shift.lead_seen").all()
    if status != 200:
        assert noted == []
        return
    assert "楼道清扫" in text(page)
    assert "集合：1号楼门口" in text(page)
    assert "1 个人来 · 还缺 5 个" in text(page)
    assert busy.lin.masked_phone in text(page)
    assert busy.lin.phone not in text(page)
    assert busy.lin.phone in text(answer)
    assert busy.lin.phone not in part(answer, "today")
    assert busy.lin.phone not in text(client.get(url(busy)))  # said once
    [line] = noted
    assert line.ids == {"shift": id}


def test_a_building_leads_to_its_compound_and_other_places_have_no_such_page(enter, busy):
    wu = enter("volunteer")
    assert wu.get(f"/places/{busy.building1.code}/today").location == url(busy)
    assert enter("committee").get(f"/places/{busy.community.code}/today").status_code == 404
    assert wu.get(f"/places/{busy.community.code}/today").status_code == 403


def test_who_looks_after_it_no_more_sees_it_no_more(enter, busy):
    wu, zhou = enter("volunteer"), enter("volunteer2")
    with work():
        db.session.get_one(Partner, busy.ids["firm"]).compounds = []
        [row] = db.session.query(Assignment).filter_by(person_id=busy.wu.id)
        row.end(by=busy.lin)
    assert [client.get(url(busy)).status_code for client in (wu, zhou)] == [403, 403]
    assert feed(enter, busy.zhou, "compound").text.count("VEVENT") == 0


def test_a_shift_elsewhere_gives_no_number(enter, busy):
    assert enter("volunteer").post(f"/shifts/{busy.shift.id}/lead-number").status_code == 403


def test_a_lead_without_a_number_cannot_be_rung(enter, busy):
    with work():
        busy.lin.phone = None
    wu = enter("volunteer")
    assert "看负责人的电话" not in text(wu.get(url(busy)))
    answer = wu.post(f"/shifts/{busy.ids['here']}/lead-number", headers=HTMX)
    assert answer.status_code == 409
    assert "没有登记电话" in text_of(answer)


def text_of(answer):
    return answer.get_data(as_text=True)


def test_today_comes_first_and_after_a_week_nothing(enter, busy):
    wu = enter("volunteer")
    page = text(wu.get(url(busy)))
    assert "今天这里没有活动" in page
    assert "接下来 7 天" in page
    with time_machine.travel(busy.here.starts_at - timedelta(hours=1)):
        assert "今天 1 场活动" in text(enter("volunteer").get(url(busy)))
    with time_machine.travel(clock.now() - 5 * DAY):
        assert "楼道清扫" not in text(enter("committee").get(url(busy)))


def test_notices_are_in_the_calendar_of_who_lives_or_serves_there(enter, busy):
    compound, building2 = (f"notice-{one.id}@hehuo" for one in db.session.query(Announcement).order_by(Announcement.id))
    for person, mine in (
        (busy.wu, {compound}),
        (busy.zhao, {compound, building2}),  # he lives there
        (busy.zhou, {compound, building2}),  # his firm manages it
        (busy.lin, set()),
        (busy.stranger_lin, set()),
    ):
        assert set(events(feed(enter, person, "notice"))) == mine


def test_the_calendar_of_who_looks_after_it_has_what_takes_place_and_no_name(enter, busy):
    uid = f"shift-{busy.ids['here']}@hehuo"
    for person, there in ((busy.wu, True), (busy.zhou, True), (busy.zhao, False), (busy.lin, False)):
        found = events(feed(enter, person, "compound"))
        assert (uid in found) is there
        if there:
            assert str(found[uid]["TRANSP"]) == "TRANSPARENT"
            for one in (busy.lin, busy.zhao, busy.wu):
                assert one.name not in feed(enter, person, "compound").text


def test_where_she_goes_herself_is_there_once(enter, busy):
    first = feed(enter, busy.wu)
    assert f"shift-{busy.ids['here']}@hehuo" in events(first)
    enter("volunteer").post(f"/shifts/{busy.ids['here']}/signups")
    found = events(feed(enter, busy.wu))
    assert f"shift-{busy.ids['here']}-person-{busy.wu.id}@hehuo" in found
    assert f"shift-{busy.ids['here']}@hehuo" not in found
    assert events(feed(enter, busy.wu, "compound")) == {}


def test_a_change_is_seen_by_who_asks_for_what_is_new(enter, busy):
    first = feed(enter, busy.wu, "notice")
    with work():
        one = db.session.query(Announcement).order_by(Announcement.id).first()
        one.call_off(by=busy.lin)
    found = events(feed(enter, busy.wu, "notice"))[f"notice-{one.id}@hehuo"]
    assert str(found["STATUS"]) == "CANCELLED"
    assert feed(enter, busy.wu, "notice").headers["ETag"] != first.headers["ETag"]
    seen = feed(enter, busy.wu, "compound").headers["ETag"]
    with work():
        busy.here.cancel("下雨", by=busy.lin)
    assert feed(enter, busy.wu, "compound").headers["ETag"] != seen


def test_the_way_there(enter, busy):
    code = busy.compound.code
    link = f'href="/places/{code}/today"'
    assert link in text(enter("volunteer").get(f"/places/{code}"))
    assert link in text(enter("volunteer2").get(f"/partners/{busy.ids['firm']}"))
    assert link not in text(enter("partner").get(f"/places/{code}"))
    assert link not in text(enter("partner").get(f"/partners/{busy.ids['firm']}"))
    assert f'href="/places/{busy.building1.code}/today"' in text(enter("volunteer").get("/me"))


@pytest.mark.parametrize("name", ["volunteer", "volunteer2", "committee"])
def test_it_costs_the_same_however_much_takes_place(enter, busy, name):
    client, costs = enter(name), []
    client.get(url(busy))
    for number in (2, 20):
        with work():
            last = clock.today() + (1 + number // 4) * DAY
            hours_of = Pattern(frozenset(range(7)), time(12), time(13), clock.today() + DAY, last)
            facts = {"category": busy.care, "risk_note": "无特殊风险"}
            duty = Duty.write(busy.building2, by=busy.lin, activity=f"第 {number} 件", role="", **facts)
            Shift.plan(duty, hours_of, 2, by=busy.lin)
        with counted() as said:
            text(client.get(url(busy)))
        costs.append(len(said))
    assert costs[0] == costs[1] <= 8, [one[:150] for one in said]
