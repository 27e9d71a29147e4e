"""What every main page owes to everybody: no fault that axe knows, and no sideways scrolling."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import Page

from communities.office import Office
from governance.need import Need
from governance.need_state import Privacy
from governance.route import Route
from governance.theme import Theme
from governance.voice import Reach
from kernel import clock, scan
from kernel.tokens import token_hash
from kernel.work import work
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from partners.incubations.incubation import Incubation
from partners.incubations.support import Help, Unit
from tests.support.browser import AXE_RULES, DESKTOP, PHONE, page_of, sign_in, violations
from tests.support.lending import TUESDAY, booker, coming, lend, span
from tests.support.scans import PDF
from volunteers.pattern import Pattern
from volunteers.qualification import Qualification
from volunteers.shift import Shift
from volunteers.swap import Swap
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import Holder
from volunteers.volunteer import Volunteer

pytestmark = pytest.mark.browser
PHONE_SIZE, DESKTOP_SIZE = PHONE["viewport"], DESKTOP["viewport"]
NARROWEST = 320  # what WCAG 1.4.10 asks of every page, and old phones have
# What a page is made of is the same in both looks; its colours and sizes are not.
LOOKS = ((PHONE_SIZE, "light", AXE_RULES), (DESKTOP_SIZE, "dark", ["color-contrast", "target-size"]))
LARGE = "document.documentElement.dataset.size = 'large'"  # all that 长辈版 is: tests/kernel/test_look.py
PAGES = {
    None: "/ /shifts/ {shift} /projects/ {project} /partners/ {egret} /join /sign-in /places/ {community} {building1}"
    " /search?q=小区 /journal/ /services/ /resources/ {hall} {hall}/week /participations/"
    " /projects/hall /projects/solved {project}/share {adoption} /needs/new"
    " {shift2} {shift2}/tickets/new /shifts/?door=1 {held} {held}/slip"
    " /needs/new?place={building1_code} {community}/calendar?view=week"
    " /needs/public /need-routes/ /certificates/ /certificates/keys",
    "volunteer": "/ /shifts/ {shift} {shift2} /partners/new /partners/new?kind=firm /me /me/profile /me/account"
    " /notices/ /incubations/ /incubations/new {hall} {booking} /bookings/ {need} /time-code {shift}/check-in"
    " /calendar/ /calendar/?kinds=shift /me/calendar /me/hours /me/certificates /swaps/ {swap} {seat}/swap"
    " /shifts/?many=1 {community}/coverage /assignments/ /me/month {compound}/announcements",
    "volunteer2": "{firm} {firm}/partner {free}/together {swap} {free}",
    "partner": "/today {project} {egret} {egret}/members {egret}/edit {agreement} /agreements/"
    " {egret}/abilities {egret}/renewal {egret}/participations {egret}/resources/new /projects/ours {egret}/calendar",
    "department": "{adoption} {adoption}/seats /needs/ {need}",
    "grid": "/needs/new /needs/ {need} /projects/new",
    "committee": "{shift2}/tickets {shift2}/tickets/sheet {duty}/counter"
    " /today {shift} {shift}/attendance {shift}/door {shift}/roster"
    " {duty} {duty}/edit /duties/new {papers} {free} {project} /projects/new {applicant} /people/ /calls/ /posts/"
    " {community} /notices/ /agreements/ {agreement} {agreement}/renewal /incubations/board /incubations/table {firm}"
    " {firm}/support {firm}/handling /partners/applications /resources/new /bookings/ {booking} /ledgers/"
    " /partner-imports/ /proformas/ /proformas/new /projects/desk /projects/?stage=draft /project-imports/ {adoption}"
    " /needs/ {need} {need}/duplicates {need}/routing {need}/refusal /themes/ {theme} /answer-texts/"
    " {community}/hours {community}/hours/ledger {community}/hours/proof /hour-transfer-imports/"
    " {compound}/announcements {compound}/today",
}


@pytest.fixture
def busy(world):
    """Something waits for everybody: seats are taken, somebody queues, an adoption is to be answered, one runs."""
    small, large = world.project.parts[1].id, world.project.parts[0].id
    with work():
        for person in (world.wu, world.zhou):
            world.shift.sign_up(person, by=person)
        world.shift2.sign_up(world.zhou, by=world.zhou)
        world.project.adopt(world.egret, small, 8, pledge="每周六两个人。", by=world.zhao)
        world.adoption = world.project.adopt(world.department, large, 40, pledge="", by=world.qian)
        world.adoption.accept(by=world.lin)
        world.adoption.promise("看完前二十户", clock.today(), by=world.qian)
        pass_on(world)
        say_what_is_wrong(world)
        sign_and_raise(world)
        give_numbers(world)
        lent = lend(world)
        world.hall = lent.hall
        world.booking = lent.hall.book(
            booker(lent.choir), *span(coming(TUESDAY), 14, 16), purpose="合唱排练", by=world.wu
        )
    return world


def pass_on(world):
    """A date with room whose lead confirms: one wants 周师傅 to come instead, an adopter keeps a seat."""
    day = clock.today() + timedelta(days=9)
    world.duty2.project, world.duty2.materials = world.project, "自带手套，社区备水"
    [world.free] = Shift.plan(world.duty2, Pattern(frozenset(), time(9), time(10), day, day), 6, by=world.lin)
    world.swap = Swap.offer(world.free.sign_up(world.wu, by=world.wu), by=world.wu, to=world.zhou)
    world.duty2.confirms, world.duty2.fair_cap = True, 3
    world.free.sign_up(world.zhao, by=world.zhao)
    world.free.keep(world.adoption, 2, by=world.qian)
    Qualification.note_seen(world.wu, world.haircut, "美发师证（示例）", None, by=world.lin)


def give_numbers(world):
    """Residents take numbers for the haircuts at a time; somebody without an account waits, and is to be rung."""
    facts = {"label": "我要理发", "tickets": 2, "minutes": 45, "most": 2, "local": True, "is_open": True}
    Counter.set_up(world.duty2, by=world.lin, **facts)
    handout = Handout(world.shift2)
    handout.take(Holder(world.wu), 1, by=world.wu, local=True)
    for number in range(2):
        guest = Holder(name=f"居民{number}（示例）", phone=f"1000099000{number}")
        ticket = handout.take(guest, 1, by=None, local=True, token_hash=token_hash(f"held-{number}"))
    ticket.ring()


def say_what_is_wrong(world):
    """A need of 吴阿姨 that the department has, and another one, told together with it."""
    Route.set_up(world.community, world.repair, world.department, 5, by=world.lin)
    reach = Reach("王阿姨（示例）", "10000000099")
    facts = {"by": world.wu, "requester": world.wu, "reach": reach}
    world.need = Need.say(world.building1, "三楼楼道灯不亮，老人晚上下楼看不见。", token="one", **facts)
    other = Need.say(world.building2, "楼道灯也不亮。", token="two", **facts)
    world.need.verify(world.repair, privacy=Privacy.MATTER, matter="楼道灯不亮", by=world.sun)
    world.theme = Theme.gather(world.community, "楼道灯不亮", [world.need, other], by=world.lin)
    world.need.route_on(by=world.lin)


def sign_and_raise(world):
    """An agreement that ends soon, with its paper; a firm that has graduated, with both of its ledgers."""
    today = clock.today()
    sides = [Party(partner_id=world.egret.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]
    days = {"signed_on": today, "since": today, "until": today}
    world.agreement = Agreement.record(world.community, sides, by=world.lin, title="家电便民服务合作协议", **days)
    world.agreement.attach(scan.read(PDF, "合同.pdf"), by=world.lin)
    world.firm = Incubation.apply(world.community, "小满餐饮（示例）", by=world.zhou, founder=world.zhou, idea="食堂")
    world.firm.accept(today, by=world.lin)
    world.firm.plan("开出第一家店", today, by=world.lin)
    world.firm.help(Help.DESK, "靠窗两个工位", 6, Unit.MONTH, today, world.community, by=world.lin)
    world.firm.graduate(today, by=world.lin)


def addresses(names: str, world) -> list[str]:
    """Paths, with those of the world's rows filled in."""
    rows = {name: f"/shifts/{getattr(world, name).id}" for name in ("shift", "shift2")}
    rows |= {name: f"/partners/{getattr(world, name).id}" for name in ("egret", "applicant")}
    rows |= {name: f"/places/{getattr(world, name).code}" for name in ("community", "compound", "building1")}
    rows |= {"project": f"/projects/{world.project.id}", "duty": f"/duties/{world.duty.id}"}
    rows |= {"agreement": f"/agreements/{world.agreement.id}", "firm": f"/incubations/{world.firm.id}"}
    rows |= {"hall": f"/resources/{world.hall.id}", "booking": f"/bookings/{world.booking.id}"}
    rows |= {name: f"/{name}s/{getattr(world, name).id}" for name in ("adoption", "need", "theme")}
    rows |= {
        "swap": f"/swaps/{world.swap.id}",
        "seat": f"/signups/{world.swap.signup_id}",
        "free": f"/shifts/{world.free.id}",
    }
    rows["papers"] = f"/volunteers/{Volunteer.of(world.wu).id}/papers"
    rows["held"] = "/tickets/held/held-1"
    rows["building1_code"] = world.building1.code
    return [path.format(**rows) for path in names.split()]


def open_page(page: Page, path: str) -> None:
    """Go there, and arrive there."""
    answer = page.goto(path)
    assert (answer.status, answer.request.redirected_from) == (200, None), path


def too_wide(page: Page) -> list[str]:
    """A line when the page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} px wide"] if width > page.viewport_size["width"] else []


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_and_fit_the_screen(browser, live, busy, name):
    found = []
    # axe writes a style of its own into the page, which our policy would refuse.
    with page_of(browser, live.url, shape=PHONE | {"bypass_csp": True}) as page:
        if name:
            sign_in(page, name)
        for path in addresses(PAGES[name], busy):
            open_page(page, path)
            for screen, colours, rules in LOOKS:
                page.set_viewport_size(screen)
                page.emulate_media(color_scheme=colours, reduced_motion="reduce")
                where = f"{path} {screen['width']} {colours}"
                found += [f"{where}: {fault}" for fault in violations(page, rules) + too_wide(page)]
            page.set_viewport_size(PHONE_SIZE)
            page.evaluate(LARGE)
            found += [f"{path} large: {fault}" for fault in too_wide(page)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_the_longer_words_of_english_fit_a_phone(phone, busy, name):
    found = []
    if name:
        sign_in(phone, name)
    phone.goto("/language/en")
    for path in addresses(PAGES[name], busy):
        open_page(phone, path)
        for width in (PHONE_SIZE["width"], NARROWEST):
            phone.set_viewport_size(PHONE_SIZE | {"width": width})
            found += [f"{path} {width}: {fault}" for fault in too_wide(phone)]
    assert not found, "\n".join(found)
