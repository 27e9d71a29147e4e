"""A small world in which something is going on, and every page of the site with an address in it."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest

from communities.consent import Consent
from communities.post import Office, Post
from communities.proforma import Proforma
from communities.purpose import Purpose, Way
from governance.answer_text import AnswerText, Use
from governance.need import Need
from governance.need_state import Privacy
from governance.recheck import Kind as Question
from governance.recheck import Recheck
from governance.theme import Theme
from governance.voice import Reach
from kernel import clock, photo, scan, task
from kernel.blank import layout
from kernel.db import db, seen
from kernel.draft import Draft
from kernel.paper_number import new_number
from kernel.sheets import csv_bytes
from kernel.tokens import token_hash
from kernel.work import work
from partners.ability import Level, Unit
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from partners.announcement import Announcement
from partners.announcement_words import Kind as Told
from partners.contract_service import ContractService, Service
from partners.incubations.incubation import Incubation
from partners.invitation import Invitation
from partners.join_request import JoinRequest
from partners.resources.booker import Booker
from partners.resources.resource import Resource
from portal.address import feed_token
from projects.certificate_state import State
from projects.counting import Counted, Given, Item
from projects.participation import Participation
from projects.project import Project
from projects.transfer import Transfer
from tests.kernel.blanks import blank
from tests.kernel.ics import at, event, ics
from tests.support.lending import coming, facts, span
from tests.support.photos import jpeg
from tests.support.scans import PDF
from volunteers.assignments.placing import bring_in
from volunteers.assignments.state import Role as CareRole
from volunteers.attendances.attendance import Attendance
from volunteers.attendances.attendance import Way as Attended
from volunteers.attendances.call_back import CallBack
from volunteers.attendances.walk_in import WalkIn
from volunteers.gathering import Gathering
from volunteers.hours.basics import Basics
from volunteers.hours.certificate import Certificate
from volunteers.hours.correction import Correction
from volunteers.hours.entry import Reason as Corrected
from volunteers.hours.record import Kind as RecordKind
from volunteers.hours.record import Record
from volunteers.hours.review import settle
from volunteers.hours.unit import RecordingUnit
from volunteers.pattern import Pattern
from volunteers.qualification import Qualification
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import Signup
from volunteers.signup import State as SignedUp
from volunteers.standing_place import StandingPlace
from volunteers.stop import Reason, Stop
from volunteers.swap import Swap
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.ticket import Holder
from volunteers.volunteer import Volunteer

SHEETS = {  # what waits for its confirmation: blueprint, kind, rows
    "place_imports": (
        "places",
        [["编码", "名称", "类别", "上级编码"], ["Y31-9", "9号楼", "楼栋", "610102004003-G1-Y31"]],
    ),
    "staff_imports": (
        "staff",
        [
            ["姓名", "手机号", "岗位", "地点编码或名称", "从哪天"],
            ["钱主任（示例）", "10000000101", "居委会", "东方社区", ""],
        ],
    ),
    "partner_imports": (
        "partners",
        [
            ["合伙人", "类别", "所在", "能帮什么忙", "联系人", "联系电话"],
            ["修伞的（示例）", "居民个人", "东方社区", "修伞", "周师傅（示例）", "10000000005"],
        ],
    ),  # fmt: skip
    "need_imports": (
        "needs",
        [["哪天说的", "地点", "类别", "什么事要解决"], ["2026-01-05", "31小区 1号楼", "维修便民", "楼道灯不亮"]],
    ),
    "project_imports": (
        "projects",
        [["项目", "地点", "类别", "开始", "结束"], ["修灯", "东方社区", "维修便民", "2027-05-01", "2027-05-09"]],
    ),
    "assignment_imports": (
        "assignments",
        [["小区", "楼栋", "担任", "姓名", "电话"], ["31小区", "2号楼", "楼栋长", "冯大爷（示例）", "10000000099"]],
    ),
    "hour_transfer_imports": (
        "hour-transfers",
        [
            ["姓名", "手机号", "原记录单位", "原证明编号", "时长（小时）", "截止日期"],
            ["吴阿姨（示例）", "10000000004", "某街道（示例）", "A-1", "61.5", "2025-12-31"],
        ],
    ),
    "calendar_imports": ("calendar-days", [["日期", "上班或放假", "名称"], ["2027-05-01", "放假", "劳动节"]]),
}
HOSTILE = '"><script>alert("x")</script>\u202e\'&amp; 很长的名字'


@pytest.fixture
def busy(world):
    """One signed up, one waits, a part is asked for, something is called off, and names are as bad as names can be."""
    with work() as session:
        for person in (world.zhou, world.wu):
            world.shift.sign_up(person, by=person)
        world.shift2.sign_up(world.zhao, by=world.zhao)
        world.project.adopt(world.egret, world.project.parts[0].id, 10, pledge=HOSTILE, by=world.zhao)
        world.project.title = world.egret.name = world.duty2.activity = world.wu.called = HOSTILE[:40]
        world.plan = world.project.attach(scan.read(PDF, HOSTILE), HOSTILE[:40], by=world.lin)
        world.project.done_means = world.project.contact_name = HOSTILE[:40]
        world.project.about = world.building1.about = world.egret.about = world.duty2.about = HOSTILE
        session.flush()
        world.proforma = proforma_of(world)
        world.paper = paper_of(world)
        session.add_all([world.paper, world.proforma])
        world.task = task.Task(owner=world.gao.id, kind="places.xlsx", ref=0, language="zh", state=task.State.DONE)
        world.task.filename, world.task.result, world.task.ended_at = "places.xlsx", b"PK", clock.now()
        session.add(world.task)
        world.consent = Consent.give(world.zhou, Purpose.NAMED, by=world.lin, way=Way.SIGNED)
        world.agreement = signed(world)
        world.incubation = raised(world)
        world.hall, world.booking, world.series = lent_out(world)
        ways_in(world)
        world.step = under_way(world)
        world.standing, world.place, world.stop = stands(world)
        world.need, world.question, world.answer_text = said(world)
        world.photo = pictured(world)
        world.past, world.walk_in = came(world)
        world.seat, world.swap, world.gathering = passed_on(world)
        world.ticket = handed_out(world)
        world.steward = looked_after(world)
        world.certificate = served(world)
        world.unit = RecordingUnit.entrust(world.team, world.community, by=world.lin)
        paid = {"service": Service.CLEANING, "category": world.repair, "scope": HOSTILE, "partner": world.egret}
        world.contract = ContractService.enter(world.compound, by=world.lin, since=clock.today(), **paid)
        hours = {"starts_at": clock.now(), "until": clock.now() + timedelta(days=2)}
        told = {"kind": Told.UPKEEP, "words": HOSTILE, "partner": world.egret}
        world.announcement = Announcement.announce(world.building1, by=world.lin, **told, **hours)
        world.drafts = {
            blueprint: Draft.keep(world.gao, kind, f"{kind}.csv", csv_bytes(rows[0], rows[1:])).id
            for blueprint, (kind, rows) in SHEETS.items()
        } | calendars(world)
    return world


def calendars(world) -> dict[str, int]:
    """Two calendar files that were not confirmed yet, one for a duty, one for a hall."""
    when = at(clock.today() + timedelta(days=40), 9, 11)
    good = event("a", "RRULE:FREQ=WEEKLY", when=when.replace("Shanghai", "Tokyo"), summary=HOSTILE)
    data = ics(good, event("b", f"RRULE:FREQ={HOSTILE}", when=when, summary=HOSTILE))
    files = {
        "duty_calendars": (world.gao, "ics.duty", world.duty),
        "resource_calendars": (world.zhao, "ics.resource", world.hall),
    }
    return {name: Draft.keep(by, kind, HOSTILE, data, ref=of.id).id for name, (by, kind, of) in files.items()}


def looked_after(world):
    """A building with somebody of an old list who has signed."""
    care = bring_in(world.building1, CareRole.LEAD, world.wu, by=world.lin)
    care.sign(clock.today(), by=world.lin, paper=scan.read(PDF, HOSTILE))
    return care


def raised(world):
    """A graduate whose founder may apply as a partner."""
    facts = {"idea": HOSTILE, "founder_name": HOSTILE[:40], "founder_phone": "10000000005"}
    firm = Incubation.apply(world.community, HOSTILE[:40], by=world.zhou, founder=world.zhou, **facts)
    firm.accept(clock.today(), by=world.lin)
    firm.plan(HOSTILE, clock.today(), by=world.lin)
    firm.graduate(clock.today(), by=world.lin)
    return firm


def under_way(world):
    """An adoption that runs: a step with its evidence, another one ahead, a plan, a hand-over that is asked for."""
    adoption = world.project.adopt(world.department, world.project.parts[1].id, 2, pledge=HOSTILE, by=world.qian)
    adoption.accept(by=world.lin)
    step = adoption.report_progress(HOSTILE, scan.read(PDF, HOSTILE), by=world.qian)
    adoption.promise(HOSTILE, clock.today(), by=world.qian).move(clock.today() + timedelta(7), HOSTILE, by=world.qian)
    adoption.take_lead(by=world.lin)
    world.project.write_plan(HOSTILE, by=world.qian)
    Transfer.offer(adoption, world.egret, HOSTILE, by=world.qian)
    return step


def stands(world):
    """A standing duty with somebody who comes every week and one who asks, and hours in which nothing took place."""
    today = clock.today()
    weekly = Pattern(frozenset({2}), time(19), time(20), today + timedelta(days=1), None)
    series = DutySeries.write(world.duty2, weekly, 3, by=world.lin)
    StandingPlace.offer(series, world.wu, by=world.lin)
    place = StandingPlace.ask(series, world.zhou, by=world.zhou)
    place.grant(by=world.lin)
    world.duty2.outdoor = True
    late = Pattern(frozenset(), time(21), time(22), today + timedelta(days=50), today + timedelta(days=50))
    Shift.plan(world.duty2, late, 2, by=world.lin)
    begin = clock.at(today + timedelta(days=50), time(21))
    hours = {"starts_at": begin, "until": begin + timedelta(hours=1), "words": HOSTILE[:40]}
    return series, place, Stop.call(world.community, by=world.lin, reason=Reason.STORM, **hours)


def pictured(world):
    """A project that was done, with a photo that everybody sees and one that waits."""
    day = clock.today()
    facts = {"title": HOSTILE[:40], "risk_note": "无", "category": world.repair, "starts_on": day, "ends_on": day}
    project = Project.write(world.community, by=world.lin, **facts)
    part = project.cut("装扶手", "件", 1, by=world.lin)
    project.post(by=world.lin)
    adoption = project.adopt(world.egret, part.id, 1, pledge="", by=world.zhao)
    adoption.accept(by=world.lin)
    adoption.deliver("好了", by=world.zhao)
    project.close(HOSTILE, 1, by=world.lin)
    project.add_photo(photo.read(jpeg()), HOSTILE, consent=True, shown=False, by=world.zhao)
    return project.add_photo(photo.read(jpeg()), HOSTILE, consent=True, shown=True, by=world.lin)


def served(world):
    """Somebody with a bad name was at a shift that is over: confirmed, not as he thinks, certified."""
    day = clock.today() - timedelta(days=1)
    world.duty2.lead = world.zhao
    [over, waits] = (one for hour in (7, 9) for one in past(world.duty2, day, hour, world.lin))
    for shift in (over, waits):
        signup = Signup(shift=shift, person=world.wu, state="done")
        row = Attendance(signup=signup, way=Attended.LIST, by_id=world.zhao.id)
        row.arrived_at, row.left_at = shift.starts_at, shift.ends_at - timedelta(minutes=5)
        db.session.add_all([signup, row])
    db.session.flush()
    signup = over.signup_of(world.wu)
    settle(signup, 50, Corrected.TIME, by=world.lin)
    Correction.ask(signup, 55, Corrected.TIME, HOSTILE, by=world.wu)
    facts = {"title": HOSTILE, "about": HOSTILE, "giver": HOSTILE[:40], "day": day}
    Record.enter(world.wu, world.community, RecordKind.TRAINING, by=world.lin, **facts)
    Basics.give(world.wu, name=HOSTILE[:40], id_tail="", by=world.wu)
    return Certificate.issue(world.wu, RecordingUnit.hold(world.community), day, clock.today(), by=world.wu)


def past(duty, day, hour, by):
    """An hour of yesterday."""
    return Shift.plan(duty, Pattern(frozenset(), time(hour), time(hour + 1), day, day), 2, by=by)


def said(world):
    """A need with bad words that was solved, the question whether it is, and a text of answers."""
    reach = Reach(HOSTILE[:40], "10000000009")
    need = Need.say(world.building1, HOSTILE, by=None, token="follow", reach=reach, behalf_of=HOSTILE)
    need.verify(world.repair, privacy=Privacy.MATTER, matter=HOSTILE, by=world.lin)
    need.taken(by=world.lin)
    need.solved(HOSTILE, by=world.lin)
    text = AnswerText.write(world.district, Use.SOLVED, title=HOSTILE, words=HOSTILE, by=world.gao)
    more = Need.say(world.building2, HOSTILE, by=None, token="more")
    world.theme = Theme.gather(world.community, HOSTILE[:40], [need, more], by=world.lin)
    world.theme.report(HOSTILE, by=world.lin)
    return need, Recheck.ask(need, Question.LATER), text


def came(world):
    """A shift that goes on: one came, one has no tick yet, one asks at the door, somebody was drawn to be rung."""
    now = clock.now()
    times = {"starts_at": now - timedelta(minutes=30), "ends_at": now + timedelta(minutes=30)}
    shift = Shift(duty=world.duty2, place_id=world.community.id, seats=2, taken=2, **times)
    for person in (world.wu, world.zhou):
        facts = {"confirmed_at": now, "by_id": world.lin.id, "behalf": HOSTILE}
        shift.signups.append(Signup(person=person, state=SignedUp.CONFIRMED, **facts))
    db.session.add(shift)
    db.session.flush()
    Attendance.arrive(shift, world.wu, way=Attended.LIST, by=world.lin)
    CallBack.draw(shift, by=world.he)
    world.slip = shift.signup_of(world.zhou).id
    return shift, WalkIn.ask(shift, world.zhao, at=now)


def passed_on(world):
    """A seat that an adopter keeps, one that its holder wants somebody else to take, a wish to come together."""
    world.duty2.project = world.project
    day = clock.today() + timedelta(days=9)
    [shift] = Shift.plan(world.duty2, Pattern(frozenset(), time(9), time(10), day, day), 3, by=world.lin)
    [seat] = shift.keep(world.step.adoption, 1, by=world.qian)
    swap = Swap.offer(shift.sign_up(world.wu, by=world.wu), by=world.wu)
    Qualification.note_seen(world.wu, world.haircut, HOSTILE, None, by=world.lin)
    return seat, swap, Gathering.gather(shift, world.zhou, [world.zhao], by=world.zhou)


def handed_out(world):
    """Residents take numbers for a time: one with an account, one without who is to be rung, one who waits."""
    facts = {"label": HOSTILE[:12], "tickets": 2, "minutes": 30, "most": 2, "local": True, "is_open": True}
    Counter.set_up(world.duty, by=world.lin, **facts)
    handout = Handout(world.shift)
    handout.take(Holder(world.zhou), 1, by=world.zhou, local=True)
    names = [Holder(name=HOSTILE[:40], phone=f"1000000007{number}") for number in range(2)]
    facts = {"by": world.lin, "behalf": HOSTILE}
    one = handout.take(names[0], 1, token_hash=token_hash("ticket"), **facts)
    handout.take(names[1], 1, **facts)
    one.ring()
    db.session.flush()
    return one


def ways_in(world):
    """Somebody asks to belong to a partner, another one is invited, it says what it can do and asks for a year more."""
    world.egret.offer(world.haircut, level=Level.CERTIFIED, evidence=HOSTILE, amount=3, unit=Unit.PEOPLE, by=world.zhao)
    world.egret.ask_renewal(by=world.zhao, name=HOSTILE[:30])
    world.request = JoinRequest.ask(world.egret, HOSTILE, by=world.wu)
    world.invited = Invitation.make(world.egret, by=world.zhao).token


def signed(world):
    """An agreement with its paper, between a partner, the committee and somebody from outside."""
    sides = [Party(partner_id=world.egret.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]
    days = {"signed_on": clock.today(), "since": clock.today(), "until": clock.today()}
    facts = {"title": HOSTILE[:40], "scope": HOSTILE, **days}
    made = Agreement.record(world.community, [*sides, Party(outside=HOSTILE[:40])], by=world.lin, **facts)
    made.attach(scan.read(PDF, HOSTILE), by=world.lin)
    return made


def lent_out(world):
    """A hall with a bad name, a booking of the committee's, and a series that finds one date taken."""
    words = dict.fromkeys(("name", "spot", "equipment", "conditions", "terms", "contact_name"), HOSTILE[:40])
    hall = Resource.offer(world.community, world.egret, by=world.zhao, **facts(**words))
    office, day = Booker(office=world.community), coming(1)
    booking = hall.book(Booker(world.team), *span(day, 9, 10), purpose=HOSTILE, by=world.wu)
    times = {"starts": time(9, 30), "ends": time(11), "first": day, "last": day + timedelta(weeks=3)}
    series = hall.book_weekly(office, weekdays=[1], skip_holidays=False, purpose=HOSTILE, by=world.lin, **times)
    hall.close(*span(coming(2), 8, 9), HOSTILE, by=world.zhao)
    return hall, booking, series


def proforma_of(world) -> Proforma:
    """A superior's sheet with a bad name and bad heads."""
    data = blank()
    kept = layout(data, "a.xlsx").stored
    kept["rows"]["3"]["2"] = HOSTILE
    facts = {"layout": kept, "top": 3, "bottom": 4, "first": 5, "keys": {"2": "name"}, "payload": data}
    return Proforma(place=world.community, name=HOSTILE[:80], ledger="partners", filename=HOSTILE, **facts)


def paper_of(world) -> Participation:
    """A certificate of things with bad names."""
    item = Item(HOSTILE, HOSTILE, 3, "户", "2026-11-01", 60)
    kept = Counted((item,), (Given(HOSTILE, 100, HOSTILE),)).stored
    names = {"partner": HOSTILE, "place": HOSTILE, "place_kind": world.community.kind.value}
    day = clock.today()
    facts = {"since": day, "until": day, "issued_on": day, "number": new_number(2026), "counted": kept | names}
    return Participation(partner=world.egret, place=world.community, state=State.ISSUED, **facts)


@pytest.fixture
def addresses(site, busy):
    """Every page that can be read: endpoint and address, with something that is there and something that is not."""
    post = db.session.scalar(seen(db.select(Post.id).where(Post.person_id == busy.lin.id)))
    signup = busy.shift.signup_of(busy.wu)
    ids = {
        "partners": busy.egret.id,
        "members": busy.egret.id,
        "abilities": busy.egret.id,
        "renewals": busy.egret.id,
        "join_requests": busy.request.id,
        "proformas": busy.proforma.id,
        "projects": busy.project.id,
        "adoptions": busy.step.adoption_id,
        "adoption_moves": busy.step.adoption_id,
        "milestones": busy.step.id,
        "photos": busy.photo.id,
        "participations": busy.egret.id,
        "duties": busy.duty.id,
        "shifts": busy.shift.id,
        "portal": busy.shift.id,
        "signups": signup.id,
        "standing": busy.standing.id,
        "standing_places": busy.place.id,
        "stops": busy.stop.id,
        "contract_services": busy.contract.id,
        "announcements": busy.announcement.id,
        "consents": busy.consent.id,
        "agreements": busy.agreement.id,
        "incubations": busy.incubation.id,
        "resources": busy.hall.id,
        "partner_resources": busy.egret.id,
        "bookings": busy.booking.id,
        "series": busy.series.id,
        "tasks": busy.task.id,
        "needs": busy.need.id,
        "themes": busy.theme.id,
        "answer_texts": busy.answer_text.id,
        **dict.fromkeys(("attendances", "door", "rosters"), busy.past.id),
        "slips": busy.slip,
        "seats": busy.seat.id,
        "swaps": busy.swap.id,
        "gatherings": busy.gathering.id,
        "tickets": busy.shift.id,
        "counters": busy.duty.id,
        "papers": Volunteer.of(busy.wu).id,
        "walk_ins": busy.walk_in.id,
        "buildings": busy.building1.id,
        "assignments": busy.steward.id,
        "guardians": Volunteer.of(busy.wu).id,
        "places": busy.building1.id,
        "certificates": busy.certificate.id,
        "posts": post,
        "categories": busy.repair.id,
        "capabilities": busy.haircut.id,
        **dict.fromkeys(("people", "closures"), busy.wu.id),
        **busy.drafts,
    }
    others = {
        "duty_calendars.new": busy.duty.id,
        "resource_calendars.new": busy.hall.id,
        "seats.index": busy.step.adoption_id,
        "swaps.new": busy.swap.signup_id,
        "swaps.of_signup": busy.swap.signup_id,
        "gatherings.new": busy.gathering.shift_id,
        "sharing.shift": busy.past.id,
        "signups.leave": busy.shift.id,
        "sharing.stop": busy.stop.id,
        "tickets.show": busy.ticket.id,
        "tickets.slip": busy.ticket.id,
        "portal.partner_feed": busy.egret.id,
        "tickets.ics": busy.ticket.id,
        "hours.of_person": busy.wu.id,
        "certificates.for_person": busy.wu.id,
        "hours.unit_review": busy.unit.id,
        "hours.unit_ledger": busy.unit.id,
        "hours.unit_proof": busy.unit.id,
    }
    words = {
        "code": busy.community.code,
        "name": "partners",
        "number": busy.paper.shown_number,
        "token": feed_token(busy.wu),
        "size": "large",
        "day": clock.today(),
        "attachment_id": busy.plan.id,
    }
    certificate = busy.certificate.shown_number
    of_partner = feed_token(busy.zhao, "partner", str(busy.egret.id))
    found = []
    with site.test_request_context():
        for rule in site.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint != "static":
                id = others.get(rule.endpoint) or ids.get(rule.endpoint.split(".")[0], 1)
                values = words | {"id": id}
                if rule.endpoint == "certificates.show":
                    values["number"] = certificate
                if rule.endpoint in ("contract_services.index", "announcements.index", "compounds.today"):
                    values["code"] = busy.compound.code
                if rule.endpoint == "look.set_language":
                    values["code"] = "zh"
                if rule.endpoint == "invitations.show":
                    values["token"] = busy.invited
                if rule.endpoint.startswith("need_links."):
                    values["token"] = "follow" if rule.endpoint.endswith(".follow") else busy.question.token
                if rule.endpoint == "portal.partner_feed":
                    values["token"] = of_partner
                if rule.endpoint.startswith("ticket_links."):
                    values["token"] = "ticket"
                found.append(address(site, rule, values))
                if "id" in rule.arguments:
                    found.append(address(site, rule, values | {"id": 999_999_999}))
    return found


def address(site, rule, values):
    """The endpoint and a path for it."""
    path = site.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})
    return SimpleNamespace(endpoint=rule.endpoint, path=path)
