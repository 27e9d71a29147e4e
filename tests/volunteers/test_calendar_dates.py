"""A partner's calendar file becomes the dates of its duty: looked at, confirmed, and again without doubling any."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from communities.journal import Line as Noted
from kernel import agenda, clock
from kernel.calendar import feed_bytes
from kernel.calendar_import import MOST_CHANGED, MOST_NEW, CalledOffHere, SeenOtherwise, Will, taken
from kernel.db import db
from kernel.draft import Draft
from kernel.imported_event import ImportedEvent
from kernel.work import work
from partners.contract_service import ContractService, Service
from partners.member import Role
from tests.kernel.ics import OUTLOOK, at, event, ics
from tests.support.statements import counted
from volunteers.agenda import of_duty
from volunteers.calendar_dates import DatesOfDuty
from volunteers.event import event_of_signup
from volunteers.pattern import Pattern
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.stop import Reason, Stop

DAY = timedelta(days=1)
FACTS = {"seats": 4, "least": 1}


def ahead(days: int) -> date:
    return clock.today() + days * DAY


def judged(duty, *parts):
    return DatesOfDuty(duty, taken(ics(*parts))).judged()


def taken_over(duty, by, *parts):
    """What a file would do, done."""
    file = taken(ics(*parts))
    seen = DatesOfDuty(duty, file).judged().digest
    return DatesOfDuty(duty, file).carry_out(seen, FACTS, by)


def wills(plan):
    return [line.will for line in plan.lines]


def dates(duty):
    rows = select(Shift.starts_at, Shift.ends_at).where(Shift.duty_id == duty.id).order_by(Shift.starts_at)
    return [(clock.local(start), clock.local(end)) for start, end in db.session.execute(rows)]


def told(verb):
    lines = db.session.scalars(select(Noted).where(Noted.verb == verb).order_by(Noted.id))
    return [{notice.person for notice in line.notices} for line in lines]


def shift_at(duty, day, hour):
    start = clock.at(day, time(hour))
    return db.session.scalars(select(Shift).where(Shift.duty_id == duty.id, Shift.starts_at == start)).one()


def test_new_dates_are_shifts_with_the_seats_that_were_asked_once(at_work):
    duty = at_work.duty2
    before = len(dates(duty))
    plan = taken_over(duty, at_work.lin, event("a", when=at(ahead(20), 9, 11)), event("b", when=at(ahead(21), 9, 10)))
    assert wills(plan) == [Will.NEW, Will.NEW]
    shift = shift_at(duty, ahead(20), 9)
    assert (shift.seats, shift.least, shift.ends_at - shift.starts_at) == (4, 1, timedelta(hours=2))
    assert len(dates(duty)) == before + 2
    assert len(told("duty.planned")) == 3


def test_the_same_file_again_changes_nothing(at_work):
    parts = [event("a", "RRULE:FREQ=WEEKLY;COUNT=5", when=at(ahead(20), 9, 11)), event("b", when=at(ahead(30), 9, 10))]
    taken_over(at_work.duty2, at_work.lin, *parts)
    before, lines = dates(at_work.duty2), db.session.scalar(select(func.count(Noted.id)))
    again = taken_over(at_work.duty2, at_work.lin, *parts)
    assert (set(wills(again)), len(again.lines)) == ({Will.SAME}, 6)
    assert dates(at_work.duty2) == before
    assert db.session.scalar(select(func.count(Noted.id))) == lines


def test_a_changed_file_moves_and_calls_off_and_tells_who_signed_up(at_work):
    duty, lin, wu = at_work.duty2, at_work.lin, at_work.wu
    one, two = event("a", when=at(ahead(20), 9, 11)), event("b", when=at(ahead(21), 9, 11))
    taken_over(duty, lin, one, two)
    first, second = shift_at(duty, ahead(20), 9), shift_at(duty, ahead(21), 9)
    for shift in (first, second):
        shift.sign_up(wu, by=wu)
    later = event("a", "SEQUENCE:1", when=at(ahead(22), 14, 16))
    off = event("b", "SEQUENCE:1", "STATUS:CANCELLED", when=at(ahead(21), 9, 11))
    plan = taken_over(duty, lin, later, off)
    assert wills(plan) == [Will.MOVED, Will.OFF]
    assert first.hours == (clock.at(ahead(22), time(14)), clock.at(ahead(22), time(16)))
    assert (first.sequence, first.signup_of(wu).state) == (1, State.CONFIRMED)
    assert event_of_signup(first.signup_of(wu), "").sequence == 1
    assert (second.is_cancelled, second.signup_of(wu).state) == (True, State.CANCELLED)
    assert told("shift.moved") == told("shift.cancelled") == [{wu}]
    assert set(wills(taken_over(duty, lin, later, off))) == {Will.SAME}
    back = event("b", "SEQUENCE:2", when=at(ahead(21), 10, 12))
    assert wills(taken_over(duty, lin, later, back)) == [Will.BACK, Will.SAME]
    assert (second.is_cancelled, clock.local(second.starts_at).hour) == (False, 10)
    assert second.signup_of(wu).state is State.CONFIRMED


def test_what_is_missing_in_a_later_file_stays_and_is_listed(at_work):
    one, two = event("a", when=at(ahead(20), 9, 11)), event("b", when=at(ahead(21), 9, 11))
    taken_over(at_work.duty2, at_work.lin, one, two)
    before = dates(at_work.duty2)
    plan = taken_over(at_work.duty2, at_work.lin, two)
    assert wills(plan) == [Will.GONE, Will.SAME]
    assert dates(at_work.duty2) == before


def test_a_date_that_the_file_takes_out_of_a_series_is_called_off(at_work):
    when, rule = at(ahead(20), 9, 11), "RRULE:FREQ=WEEKLY;COUNT=3"
    taken_over(at_work.duty2, at_work.lin, event("a", rule, when=when))
    out = f"EXDATE;TZID=Asia/Shanghai:{ahead(27):%Y%m%d}T090000"
    plan = taken_over(at_work.duty2, at_work.lin, event("a", rule, out, when=when))
    assert wills(plan) == [Will.OFF, Will.SAME, Will.SAME]
    assert shift_at(at_work.duty2, ahead(27), 9).is_cancelled
    never = judged(at_work.duty, event("a", rule, out, when=when))
    assert wills(never) == [Will.NEW, Will.NEW]


def test_a_series_at_another_hour_moves_its_dates(at_work):
    duty, rule = at_work.duty2, "RRULE:FREQ=WEEKLY;COUNT=3"
    own = event("a", f"RECURRENCE-ID;TZID=Asia/Shanghai:{ahead(27):%Y%m%d}T090000", when=at(ahead(28), 9, 11))
    taken_over(duty, at_work.lin, event("a", rule, when=at(ahead(20), 9, 11)), own)
    before = len(dates(duty))
    later = event("a", "SEQUENCE:1", rule, when=at(ahead(20), 15, 17))
    plan = taken_over(duty, at_work.lin, later, own.replace("T090000\r\nDTSTART", "T150000\r\nDTSTART"))
    assert wills(plan) == [Will.MOVED, Will.MOVED, Will.SAME]
    assert len(dates(duty)) == before
    assert [start.hour for start, _end in dates(duty)[1:]] == [15, 9, 15]


def test_what_was_done_by_hand_stands_until_the_file_says_something_else(at_work):
    duty, lin = at_work.duty2, at_work.lin
    one = event("a", when=at(ahead(20), 9, 11))
    taken_over(duty, lin, one)
    shift = shift_at(duty, ahead(20), 9)
    shift.move_to(shift.starts_at + DAY, shift.ends_at + DAY, by=lin)
    assert wills(judged(duty, one)) == [Will.SAME]
    shift.cancel("下雨", by=lin)
    assert wills(judged(duty, one)) == [Will.SAME]
    [line] = judged(duty, event("a", when=at(ahead(20), 10, 12))).lines
    assert isinstance(line.reason, CalledOffHere)


def test_a_date_that_is_there_already_is_not_doubled_and_follows_the_file_from_now_on(at_work):
    duty, lin = at_work.duty2, at_work.lin
    shift = at_work.shift2
    day = clock.local(shift.starts_at).date()
    same = event("a", when=at(day, 7, 9).replace("T070000", "T073000"))
    other = event("b", when=at(ahead(20), 9, 11))
    assert wills(taken_over(duty, lin, same, other)) == [Will.NEW, Will.SAME]
    moved = event("a", when=at(day, 8, 9))
    assert wills(taken_over(duty, lin, moved, other)) == [Will.MOVED, Will.SAME]
    assert clock.local(shift.starts_at).hour == 8


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ("DTSTART;VALUE=DATE:{day}\r\n", "整天的活动"),
        ("DTSTART:{day}T090000\r\nDURATION:PT25H\r\n", "最多 24 小时"),
        ("DTSTART:{day}T090000\r\n", "没有写几点结束"),
        ("DTSTART:{day}T073000\r\nDTEND:{day}T100000\r\n", "已经有一场"),
        ("DTSTART:{day}T130000\r\nDTEND:{day}T150000\r\n", "停班"),
    ],
)
def test_what_cannot_be_says_why_and_leaves_the_rest_alone(at_work, when, sentence):
    day = clock.local(at_work.shift2.starts_at).date()
    Shift.plan(at_work.duty, Pattern(frozenset(), time(14), time(15), day, day), 1, by=at_work.lin)  # what is stopped
    begin = clock.at(day, time(14))
    Stop.call(
        at_work.community, by=at_work.lin, reason=Reason.STORM, words="", starts_at=begin, until=begin + DAY / 24,
        outdoor_only=False,
    )  # fmt: skip
    bad = event("a", when=when.format(day=f"{day:%Y%m%d}"))
    assert wills(judged(at_work.duty2, bad)) == [Will.CANNOT]
    plan = taken_over(at_work.duty2, at_work.lin, bad, event("b", when=at(ahead(20), 9, 11)))
    assert wills(plan) == [Will.NEW, Will.CANNOT]
    assert sentence in str(plan.lines[1].reason)


def test_two_at_one_time_are_one_and_an_older_file_moves_nothing(at_work):
    twins = [event(uid, "SEQUENCE:5", when=at(ahead(20), 9, 11)) for uid in "ab"]
    plan = taken_over(at_work.duty2, at_work.lin, *twins)
    assert sorted(wills(plan)) == sorted([Will.NEW, Will.CANNOT])
    old = judged(at_work.duty2, event(plan.of(Will.NEW)[0].found.uid, "SEQUENCE:4", when=at(ahead(25), 9, 11)))
    assert "旧" in str(old.lines[0].reason)


def test_more_than_one_confirmation_takes_waits_for_the_next(at_work):
    days = [ahead(20 + number // 2) for number in range(MOST_NEW + 3)]
    events = [event(f"{n}", when=at(day, 9 + n % 2 * 3, 11 + n % 2 * 3)) for n, day in enumerate(days)]
    plan = taken_over(at_work.duty2, at_work.lin, *events)
    assert (plan.counts[Will.NEW], plan.counts[Will.CANNOT]) == (MOST_NEW, 3)
    off = [one.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT") for one in events]
    first = taken_over(at_work.duty2, at_work.lin, *off)
    assert (first.counts[Will.OFF], first.counts[Will.CANNOT]) == (MOST_CHANGED, MOST_NEW - MOST_CHANGED)
    assert taken_over(at_work.duty2, at_work.lin, *off).counts[Will.OFF] == MOST_CHANGED


def test_what_would_be_done_is_what_was_looked_at(at_work):
    file = taken(ics(event("a", when=at(ahead(20), 9, 11))))
    seen = DatesOfDuty(at_work.duty2, file).judged().digest
    day = Pattern(frozenset(), time(9), time(10), ahead(20), ahead(20))
    Shift.plan(at_work.duty2, day, 1, by=at_work.lin)
    with pytest.raises(SeenOtherwise):
        DatesOfDuty(at_work.duty2, file).carry_out(seen, FACTS, at_work.lin)


def test_our_own_feed_gives_the_same_dates(at_work):
    """The feed of a duty, a living series with a date that was moved and one that was called off, into another duty."""
    weekly = Pattern(frozenset({1, 3}), time(18), time(20), ahead(1), ahead(60))
    DutySeries.write(at_work.duty2, weekly, 3, by=at_work.lin)
    moved, off, *_ = (one for one in db.session.scalars(Shift.coming().where(Shift.series_id.is_not(None))))
    moved.move_to(moved.starts_at + DAY / 8, moved.ends_at + DAY / 8, by=at_work.lin)
    off.cancel("下雨", by=at_work.lin)
    data = feed_bytes(of_duty(at_work.duty2, agenda.window(clock.today())), name="义剪", language="zh")
    empty = select(Shift.id).where(Shift.duty_id == at_work.duty.id)
    at_work.duty.shifts.clear() if db.session.scalar(empty) is None else None
    file = taken(data)
    seen = DatesOfDuty(at_work.duty, file).judged().digest
    before = set(dates(at_work.duty))
    DatesOfDuty(at_work.duty, file).carry_out(seen, FACTS, at_work.lin)
    coming = Shift.coming().where(Shift.duty_id == at_work.duty2.id)
    wanted = {(clock.local(one.starts_at), clock.local(one.ends_at)) for one in db.session.scalars(coming)}
    assert len(wanted) > 10
    assert set(dates(at_work.duty)) - before == wanted


@pytest.fixture
def leading(world):
    """赵社长 of 白鹭科技 leads the duty; 吴阿姨 is a colleague in the firm."""
    with work():
        world.duty2.lead = world.zhao
        world.egret.join(world.wu, Role.MEMBER, by=world.zhao)
    return world


def upload(client, path, data, name="ours.ics"):
    return client.post(path, data={"file": (BytesIO(data), name)}, content_type="multipart/form-data")


def field(page, name):
    return page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]


def test_by_hand_from_the_partner_to_the_dates(enter, leading):
    world, zhao = leading, enter("partner")
    assert "/calendar-imports/" in zhao.get(f"/partners/{world.egret.id}").text
    path = f"/duties/{world.duty2.id}/calendar-imports/"
    assert path in zhao.get("/calendar-imports/").text
    assert "/calendar-imports/" in zhao.get(f"/duties/{world.duty2.id}").text
    assert "日历文件" in zhao.get(path).text
    tokyo = at(ahead(22), 9, 11).replace("Asia/Shanghai", "Asia/Tokyo")
    data = ics(
        event("a", when=at(ahead(20), 9, 11), summary='<b>"健步"'), event("b", when=tokyo), event("c", "RRULE:X")
    )
    answer = upload(zhao, path, data)
    assert answer.status_code == 303
    shown = zhao.get(answer.location).text
    for words in ("&lt;b&gt;", "新加", "不能导入", "Asia/Tokyo", "这里读不了"):
        assert words in shown
    assert len(dates(world.duty2)) == 1
    facts = {"seen": field(shown, "seen"), "seats": "6", "least": ""}
    assert zhao.post(f"{answer.location}/confirmation", data={**facts, "seats": "0"}).status_code == 422
    assert zhao.post(f"{answer.location}/confirmation", data={**facts, "seen": "x"}).status_code == 409
    done = zhao.post(f"{answer.location}/confirmation", data=facts)
    assert (done.status_code, done.location) == (303, f"/duties/{world.duty2.id}")
    assert "新加 2 场" in zhao.get(done.location).text
    assert [shift.seats for shift in world.duty2.shifts] == [3, 6, 6]
    assert zhao.get(answer.location).status_code == 404
    again = zhao.get(upload(zhao, path, data).location).text
    assert "和现在一样" in again
    assert "就这样导入" not in again


def test_who_may_not_plan_the_dates_may_not_import_them(enter, leading):
    path = f"/duties/{leading.duty2.id}/calendar-imports/"
    data = ics(event("a", when=at(ahead(20), 9, 11)))
    for name in ("volunteer", "volunteer2", "other-committee", "department"):
        client = enter(name)
        assert client.get(path).status_code == 403
        assert upload(client, path, data).status_code == 403
        assert path not in client.get("/calendar-imports/").text
    assert enter().get(path).status_code == 303
    committee = enter("committee")
    mine = upload(committee, path, data).location
    for name in ("partner", "volunteer", "other-committee"):
        client = enter(name)
        assert client.get(mine).status_code == 404
        assert client.post(f"{mine}/confirmation", data={"seen": "x", "seats": "1"}).status_code == 404
        assert client.post(f"{mine}/removal").status_code == 404
    assert committee.get(f"/resource-calendar-imports/{mine.rsplit('/')[-1]}").status_code == 404


def test_who_leads_no_more_may_not_confirm(enter, leading):
    zhao = enter("partner")
    data = ics(event("a", when=at(ahead(20), 9, 11)))
    mine = upload(zhao, f"/duties/{leading.duty2.id}/calendar-imports/", data).location
    seen = field(zhao.get(mine).text, "seen")
    with work():
        leading.duty2.lead = leading.lin
    assert zhao.get(mine).status_code == 403
    assert zhao.post(f"{mine}/confirmation", data={"seen": seen, "seats": "2"}).status_code == 403
    assert zhao.post(f"{mine}/removal").status_code == 403
    assert len(dates(leading.duty2)) == 1


def test_bad_files_are_a_sentence_on_the_page_and_nothing_is_kept(enter, leading):
    zhao, path = enter("partner"), f"/duties/{leading.duty2.id}/calendar-imports/"
    small = "BEGIN:VEVENT\nEND:VEVENT\n"
    for data, sentence in (
        (b" " * 10_000_000, "文件太大"),
        (ics(small * 60_000), "60,000 个活动"),
        (b"PK\x03\x04 nonsense", "读不出来"),
        (ics(event())[:-20], "不完整"),
    ):
        answer = upload(zhao, path, data)
        assert answer.status_code == 409
        assert sentence in answer.text
    assert upload(zhao, path, b"", name="").status_code == 422
    assert db.session.scalar(select(func.count(Draft.id)).execution_options(sees=True)) in (0, None)


def test_dropped_is_dropped(enter, leading):
    zhao, path = enter("partner"), f"/duties/{leading.duty2.id}/calendar-imports/"
    mine = upload(zhao, path, ics(event("a", when=at(ahead(20), 9, 11)))).location
    assert mine in zhao.get(path).text
    answer = zhao.post(f"{mine}/removal")
    assert (answer.status_code, answer.location) == (303, path)
    assert (zhao.get(mine).status_code, len(dates(leading.duty2))) == (404, 1)


def test_what_owners_pay_for_gets_no_new_dates_without_a_public_reason(enter, leading):
    zhao, path = enter("partner"), f"/duties/{leading.duty2.id}/calendar-imports/"
    with work():
        leading.duty2.place = leading.compound
        paid = {"service": Service.CLEANING, "category": leading.duty2.category, "scope": "楼道", "partner": None}
        contract = ContractService.enter(leading.compound, by=leading.lin, since=clock.today(), **paid)
    page = upload(zhao, path, ics(event("a", when=at(ahead(20), 9, 11)))).location
    assert "不替代业主付过钱的服务" in zhao.get(page).text
    assert wills(judged(leading.duty2, event("a", when=at(ahead(20), 9, 11)))) == [Will.CANNOT]
    with work():
        db.session.delete(db.session.merge(contract))
    with counted() as said:
        assert "不替代" not in zhao.get(page).text
    assert len(said) <= 8


def test_a_preview_of_a_whole_year_asks_few_statements(enter, leading):
    zhao, path = enter("partner"), f"/duties/{leading.duty2.id}/calendar-imports/"
    daily = event("a", "RRULE:FREQ=DAILY", when=at(ahead(1), 9, 11))
    page = upload(zhao, path, ics(OUTLOOK, daily, event("b", "RRULE:FREQ=SECONDLY"))).location
    zhao.get(page)
    with counted() as said:
        shown = zhao.get(page).text
    assert len(said) <= 8, "\n".join(one.replace("\n", " ")[-150:] for one in said)
    assert shown.count("<tr>") == 26
    more = shown.split('class="more"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert zhao.get(more).text.count("<tr>") == 26
    assert zhao.get(f"{page}?will=cannot").text.count("<tr>") == 2
    with counted() as said:
        zhao.get("/calendar-imports/")
    assert len(said) <= 8
    assert db.session.scalar(select(func.count(ImportedEvent.id))) == 0
