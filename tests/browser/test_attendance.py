"""J5 on a phone: the code at the door with two browsers, the list with and without script, and without network."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.browser import PHONE, page_of, sign_in, violations
from volunteers.attendances.attendance import Attendance
from volunteers.signup import State
from volunteers.volunteer import Volunteer

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])


@pytest.fixture
def going_on(live, world):
    """联防巡查 began ten minutes ago; 吴阿姨, 周师傅 and four more signed up."""
    with work():
        shift, home = world.shift, world.building1
        shift.resize(8, by=world.lin)
        new = [
            Volunteer.join(name=f"示例{n}", phone=f"102{n:08}", home=home, password_hash=None).person for n in range(4)
        ]
        for person in (world.wu, world.zhou, *new):
            shift.sign_up(person, by=person)
        length = shift.ends_at - shift.starts_at
        shift.starts_at = clock.now() - length / 6
        shift.ends_at = shift.starts_at + length
    return world


@pytest.fixture
def phones(browser, live, script):
    """A function from an account's name to a phone that is signed in as it; without a name, a visitor's."""
    with ExitStack() as pages:

        def phones(name=None):
            page = pages.enter_context(page_of(browser, live.url, script, PHONE))
            if name:
                sign_in(page, name)
            return page

        yield phones


def state_of(world, person) -> State:
    db.session.rollback()
    return world.shift.signup_of(person).state


def stored() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Attendance))


def scanned(world) -> str:
    """Where the code leads that the lead holds up now; it is the drawing that is scanned, so the test asks the site."""
    from volunteers.attendances import door

    return f"/shifts/{world.shift.id}/door/{door.code(world.shift)}"


@BOTH
def test_the_lead_holds_up_a_code_and_a_volunteer_comes_in(phones, going_on, site, script):
    lead, wu = phones("committee"), phones("volunteer")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    lead.get_by_role("link", name="让大家扫码签到").tap()
    expect(lead.get_by_role("img", name="签到用的二维码")).to_be_visible()
    expect(lead.get_by_text("已经到了 0 人")).to_be_visible()
    wu.goto(scanned(going_on))
    wu.get_by_role("button", name="签到").tap()
    expect(wu.locator("#here")).to_contain_text("记好了")
    assert state_of(going_on, going_on.wu) is State.PRESENT
    if not script:  # with it the page does so by itself, every ten seconds
        lead.get_by_role("link", name="换一个新的码").tap()
    expect(lead.get_by_text("已经到了 1 人")).to_be_visible()


@BOTH
def test_a_visitor_signs_in_between_the_scan_and_the_press(phones, going_on, site, script):
    from demo.world import PASSWORD

    visitor = phones()
    visitor.goto(scanned(going_on))
    visitor.locator("[name=username]").fill("volunteer")
    visitor.locator("[name=password]").fill(PASSWORD)
    visitor.locator("[name=password]").press("Enter")
    visitor.get_by_role("button", name="签到").tap()
    expect(visitor.locator("#here")).to_contain_text("记好了")


@BOTH
def test_who_did_not_sign_up_is_waved_in(phones, going_on, site, script):
    lead, zhao = phones("committee"), phones("partner")
    zhao.goto(scanned(going_on))
    zhao.get_by_role("button", name="今天临时来帮忙").tap()
    expect(zhao.locator("#here")).to_contain_text("等负责人点头")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    lead.get_by_role("button", name="赵社长（示例）一起干").tap()
    expect(lead.locator("[data-row]").filter(has_text="赵社长")).to_contain_text("现场二维码")
    assert state_of(going_on, going_on.zhao) is State.PRESENT


@BOTH
def test_the_list_is_ticked_and_saved(phones, going_on, site, script):
    lead = phones("committee")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    row = lead.locator("[data-row]").filter(has_text="吴阿姨")
    row.get_by_text("来了", exact=True).tap()
    lead.locator("[data-row]").filter(has_text="周师傅").get_by_text("没来", exact=True).tap()
    lead.get_by_role("button", name="存好名单").tap()
    expect(lead.get_by_text("1 人来了，4 人还没点")).to_be_visible()
    assert [state_of(going_on, p) for p in (going_on.wu, going_on.zhou)] == [State.PRESENT, State.ABSENT]


def test_five_ticks_without_network_are_stored_once_when_it_is_back(phones, going_on, site):
    lead = phones("committee")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    lead.context.set_offline(True)
    rows = lead.locator("[data-row]")
    for number in range(5):
        rows.nth(number).get_by_text("来了", exact=True).tap()
    expect(lead.locator("[data-ticks-state]")).to_contain_text("5 个勾存在这部手机上")
    assert stored() == 0
    lead.context.set_offline(False)
    expect(lead.get_by_text("5 人来了，1 人还没点")).to_be_visible()
    assert lead.evaluate("localStorage.length") == 0
    lead.reload()
    expect(lead.get_by_text("5 人来了，1 人还没点")).to_be_visible()
    assert stored() == 5


def test_a_parcel_whose_answer_was_lost_is_not_carried_out_twice(phones, going_on, site):
    lead = phones("committee")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")

    def lose(route):
        route.fetch()
        route.abort()

    lead.route("**/attendance", lose, times=1)
    lead.locator("[data-row]").first.get_by_text("来了", exact=True).tap()
    expect(lead.locator("[data-ticks-state]")).to_contain_text("1 个勾存在这部手机上")
    lead.wait_for_function("() => Object.keys(localStorage).length === 1")
    while not stored():
        lead.wait_for_timeout(50)
    lead.evaluate("window.dispatchEvent(new Event('online'))")
    expect(lead.get_by_text("1 人来了，5 人还没点")).to_be_visible()
    assert stored() == 1
    assert lead.evaluate("localStorage.length") == 0


def test_ticks_outlive_the_page_and_name_nobody(phones, going_on, site):
    lead = phones("committee")
    address = f"/shifts/{going_on.shift.id}/attendance"
    lead.goto(address)
    lead.context.set_offline(True)
    lead.locator("[data-row]").filter(has_text="吴阿姨").get_by_text("来了", exact=True).tap()
    kept = lead.evaluate("JSON.stringify(localStorage)")
    assert "吴阿姨" not in kept
    context = lead.context
    lead.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text("1 人来了，5 人还没点")).to_be_visible()


def test_what_a_colleague_ticked_meanwhile_is_asked_about(phones, going_on, site):
    lead, he = phones("committee"), phones("subdistrict")
    address = f"/shifts/{going_on.shift.id}/attendance"
    for page in (lead, he):
        page.goto(address)
    lead.context.set_offline(True)
    lead.locator("[data-row]").filter(has_text="吴阿姨").get_by_text("没来", exact=True).tap()
    he.locator("[data-row]").filter(has_text="吴阿姨").get_by_text("来了", exact=True).tap()
    expect(he.get_by_text("1 人来了，5 人还没点")).to_be_visible()
    lead.context.set_offline(False)
    expect(lead.get_by_text("两处点得不一样")).to_be_visible()
    assert state_of(going_on, going_on.wu) is State.PRESENT
    lead.get_by_role("button", name="改成“没来”").tap()
    expect(lead.get_by_text("0 人来了，5 人还没点")).to_be_visible()
    assert state_of(going_on, going_on.wu) is State.ABSENT


def test_the_time_of_who_came_late_is_written_beside_the_tick(phones, going_on, site):
    lead = phones("committee")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    row = lead.locator("[data-row]").filter(has_text="吴阿姨")
    time = row.get_by_label("几点到")
    expect(time).to_be_hidden()
    row.get_by_text("来了", exact=True).tap()
    expect(lead.get_by_text("1 人来了，5 人还没点")).to_be_visible()
    late = clock.local(going_on.shift.starts_at + timedelta(minutes=7))
    time.fill(f"{late:%H:%M}")
    time.blur()  # while somebody writes a time the list is not replaced under his fingers
    expect(row).to_contain_text(f"{late:%H:%M} 到")
    db.session.rollback()
    arrived = Attendance.of(going_on.shift.signup_of(going_on.wu)).arrived_at
    assert arrived == late.replace(second=0, microsecond=0)
    assert lead.evaluate("localStorage.length") == 0


def test_what_the_rule_refuses_stays_on_the_phone_and_is_said(phones, going_on, site):
    lead = phones("committee")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    lead.context.set_offline(True)
    row = lead.locator("[data-row]").filter(has_text="吴阿姨")
    row.get_by_text("来了", exact=True).tap()
    soon = clock.local(going_on.shift.ends_at - timedelta(minutes=1))
    row.get_by_label("几点到").fill(f"{soon:%H:%M}")
    lead.context.set_offline(False)
    expect(lead.locator("[data-ticks-state]")).to_contain_text("时间不对")
    assert stored() == 0
    row.get_by_label("几点到").fill("")
    lead.get_by_role("button", name="存好名单").tap()
    expect(lead.get_by_text("1 人来了，5 人还没点")).to_be_visible()


def test_a_tick_that_is_changed_while_the_first_is_on_its_way(phones, going_on, site):
    lead = phones("committee")
    lead.goto(f"/shifts/{going_on.shift.id}/attendance")
    lead.context.set_offline(True)
    row = lead.locator("[data-row]").filter(has_text="吴阿姨")
    row.get_by_text("来了", exact=True).tap()
    lead.wait_for_timeout(1500)  # the parcel is packed, and cannot be sent
    row.get_by_text("没来", exact=True).tap()
    lead.context.set_offline(False)
    expect(lead.get_by_text("0 人来了，5 人还没点")).to_be_visible()
    assert state_of(going_on, going_on.wu) is State.ABSENT


def test_the_list_has_no_fault_that_axe_knows(browser, going_on, live, site):
    with page_of(browser, live.url, shape=PHONE | {"bypass_csp": True}) as page:
        sign_in(page, "committee")
        for path in ("attendance", "door"):
            page.goto(f"/shifts/{going_on.shift.id}/{path}")
            page.evaluate("document.querySelectorAll('#list details').forEach((fold) => { fold.open = true; })")
            assert violations(page) == []


@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_list_fits_a_phone_also_in_large_letters(phones, going_on, site, size):
    lead = phones("committee")
    lead.goto(f"/size/{size}")
    for path in ("attendance", "door"):
        lead.goto(f"/shifts/{going_on.shift.id}/{path}")
        assert lead.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
