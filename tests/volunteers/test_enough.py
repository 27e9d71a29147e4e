"""The fewest people: everybody reads how many are missing, and who leads it decides in time; the clock never does."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities.journal import Line
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.volunteers.test_series import dates, tuesdays
from volunteers.enough import ASKED_AHEAD, DecidedAlready, EnoughPeople, LeastOverSeats, decided_until
from volunteers.refusals import ShiftCancelled, ShiftOver
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.sweep import ask_leads
from volunteers.waking import waking_between

HOUR = timedelta(hours=1)


def text(response):
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def lines(verb):
    db.session.rollback()
    return list(db.session.scalars(select(Line).where(Line.verb == verb).order_by(Line.id)))


@pytest.fixture
def three(world):
    """The haircuts want two of three people at least."""
    with work():
        world.shift2.resize(3, by=world.lin, least=2)
    return world


@pytest.fixture
def near(three):
    """The same, on the eve of the day."""
    with time_machine.travel(three.shift2.starts_at - timedelta(hours=20), tick=False):
        yield three


def desk(person):
    db.session.rollback()
    return {(line.desk.kind, line.id, line.subject) for line in waiting.lines(person, 50)}


def test_two_waking_days_ahead_somebody_should_decide():
    with time_machine.travel(clock.at(clock.today()), tick=False):
        assert waking_between(clock.now(), decided_until()) == ASKED_AHEAD


def test_everybody_reads_how_many_are_missing_and_what_happens_then(enter, three):
    url = f"/shifts/{three.shift2.id}"
    page = text(enter().get(url))
    assert "至少 2 人，已有 0 人，还差 2 人" in page
    assert "人不够也不会自动取消" in page
    wu, zhou = enter("volunteer"), enter("volunteer2")
    assert "至少 2 人，已有 1 人，还差 1 人" in part(wu.post(f"{url}/signups", headers=HTMX), "signup")
    assert "至少 2 人，已有 2 人，够了" in part(zhou.post(f"{url}/signups", headers=HTMX), "signup")


def test_the_list_marks_what_is_short_and_shows_only_that_on_request(enter, three):
    wu = enter("volunteer")
    page = text(wu.get("/shifts/"))
    assert page.count("至少 2 人，已有 0 人，还差 2 人") == 1
    assert f'href="/shifts/{three.shift.id}"' in page
    short = text(wu.get("/shifts/?short=1"))
    assert f'href="/shifts/{three.shift2.id}"' in short
    assert f'href="/shifts/{three.shift.id}"' not in short
    with work():
        for person in (three.wu, three.zhou):
            three.shift2.sign_up(person, by=person)
    assert f'href="/shifts/{three.shift2.id}"' not in text(enter("partner").get("/shifts/?short=1"))


def test_more_than_the_seats_is_refused_beside_its_field(enter, three):
    lin, url = enter("committee"), f"/shifts/{three.shift2.id}/seats"
    answer = lin.post(url, data={"seats": "2", "least": "3"}, headers=HTMX)
    assert answer.status_code == 409
    assert "不能比名额还多：名额是 2 个" in part(answer, "manage")
    lin.post(url, data={"seats": "1", "least": ""})
    db.session.rollback()
    assert (three.shift2.seats, three.shift2.least) == (1, 0)


def test_fewer_seats_bring_the_minimum_down_with_them(three):
    with work():
        three.shift2.resize(1, by=three.lin)
        assert three.shift2.least == 1


def test_who_leads_and_the_staff_are_asked_two_days_ahead_and_nobody_else(three):
    shift = three.shift2
    with work():
        three.duty2.hand_over(three.zhao, by=three.lin)
    line = ("shift.short", shift.id, "义剪 · 引导排队，还差 2 人")
    with time_machine.travel(shift.starts_at - timedelta(days=2, hours=2), tick=False):
        assert line not in desk(three.lin)
        assert ("shift.gaps", shift.id, "义剪 · 引导排队，缺 3 人") in desk(three.lin)
    with time_machine.travel(shift.starts_at - timedelta(hours=20), tick=False):
        assert line in desk(three.lin)
        assert line in desk(three.zhao)
        assert not {kind for kind, id, _words in desk(three.lin) if id == shift.id} - {"shift.short"}
        for other in (three.stranger_lin, three.zhou, three.wu):
            assert line not in desk(other)


def test_the_clock_tells_who_leads_once_and_calls_nothing_off(near):
    with work():
        near.duty2.hand_over(near.zhou, by=near.lin)
    for _time in range(2):
        ask_leads()
    [line] = lines("shift.short")
    assert {notice.person for notice in line.notices} == {near.zhou}
    with time_machine.travel(near.shift2.ends_at + HOUR, tick=False):
        ask_leads()
        db.session.rollback()
        assert not near.shift2.is_cancelled
    assert len(lines("shift.short")) == 1


def test_a_lead_without_an_office_finds_it_on_his_own_page(enter, near):
    with work():
        near.duty2.hand_over(near.zhou, by=near.lin)
    page = text(enter("volunteer2").get("/me"))
    assert "定一下办不办" in page
    assert f'/shifts/{near.shift2.id}#manage"' in page


def test_going_ahead_is_one_tap_tells_who_comes_and_takes_the_line_away(enter, near):
    with work():
        near.shift2.sign_up(near.wu, by=near.wu)
    lin, url = enter("committee"), f"/shifts/{near.shift2.id}"
    page = lin.get(url)
    assert "办不办由您定" in part(page, "manage")
    answer = lin.post(f"{url}/going-ahead", headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "manage") == part(lin.get(url), "manage")
    assert "办不办由您定" not in part(answer, "manage")
    [line] = lines("shift.goes_ahead")
    assert {notice.person for notice in line.notices} == {near.wu}
    assert "shift.short" not in {kind for kind, _id, _subject in desk(near.lin)}
    assert "人没到齐也照常办" in text(enter().get(url))
    ask_leads()
    assert lines("shift.short") == []


def test_calling_it_off_is_one_tap_too(enter, near):
    lin, url = enter("committee"), f"/shifts/{near.shift2.id}"
    reason = re.search(r'name="reason" value="([^"]+)"', part(lin.get(url), "manage"))[1]
    lin.post(f"{url}/cancellation", data={"reason": reason})
    db.session.rollback()
    assert near.shift2.is_cancelled
    assert near.shift2.reason == "报名的人不够"
    assert "shift.short" not in {kind for kind, _id, _subject in desk(near.lin)}


@pytest.mark.parametrize(("name", "status"), [("committee", 303), ("other-committee", 403), ("volunteer", 403)])
def test_it_is_for_who_organises_it(enter, three, name, status):
    assert enter(name).post(f"/shifts/{three.shift2.id}/going-ahead").status_code == status


def test_where_there_is_nothing_to_decide_the_word_is_refused(enter, three):
    shift, lin = three.shift2, enter("committee")
    with work():
        shift.go_ahead(by=three.lin)
        with pytest.raises(DecidedAlready):
            shift.go_ahead(by=three.lin)
    assert "已经定了照常办" in text(lin.post(f"/shifts/{shift.id}/going-ahead"))
    with work(), pytest.raises(EnoughPeople):
        three.shift.go_ahead(by=three.lin)
    with work():
        three.shift.cancel("停电", by=three.lin)
        with pytest.raises(ShiftCancelled):
            three.shift.go_ahead(by=three.lin)
    with time_machine.travel(shift.starts_at + HOUR, tick=False), work(), pytest.raises(ShiftOver):
        shift.go_ahead(by=three.lin)


def test_what_was_said_of_another_time_or_number_counts_no_more(three):
    shift, lin = three.shift2, three.lin
    with work():
        shift.go_ahead(by=lin)
        shift.move_to(shift.starts_at + HOUR, shift.ends_at + HOUR, by=lin)
        assert shift.awaits_word
        shift.go_ahead(by=lin)
        shift.resize(3, by=lin, least=3)
        assert shift.awaits_word
        shift.go_ahead(by=lin)
        shift.resize(3, by=lin, least=1)
        assert shift.goes_ahead
        shift.cancel("停电", by=lin)
        shift.restore(by=lin)
        assert shift.awaits_word


def test_the_dates_of_a_rule_have_its_minimum_and_follow_it(at_work):
    series = DutySeries.write(at_work.duty, tuesdays(8), 3, by=at_work.lin, least=2)
    assert {shift.least for shift in dates(series)} == {2}
    dates(series)[2].sign_up(at_work.wu, by=at_work.wu)
    dates(series)[4].resize(5, by=at_work.lin, least=4)
    with pytest.raises(LeastOverSeats):
        series.revise(tuesdays(8), 3, sequence=0, by=at_work.lin, least=4)
    changes = series.revise(tuesdays(8), 3, sequence=0, by=at_work.lin, least=1)
    assert (changes.following, len(changes.occupied)) == (6, 1)
    assert [shift.least for shift in dates(series)] == [1, 1, 2, 1, 4, 1, 1, 1]
    assert series.lay().following == 0  # and the clock leaves alone what was said of one date


def test_a_rule_and_a_single_date_are_planned_with_a_minimum(enter, world):
    lin, url = enter("committee"), f"/duties/{world.duty.id}/shifts"
    first = clock.today() + timedelta(days=9)
    sent = {"first": first, "last": first, "starts": "09:00", "ends": "10:00", "seats": "4", "least": "2"}
    lin.post(url, data=sent)
    db.session.rollback()
    one = db.session.scalars(select(Shift).where(Shift.duty_id == world.duty.id, Shift.seats == 4)).one()
    assert one.least == 2
    answer = lin.post(url, data=sent | {"first": first + timedelta(days=1), "last": "", "weekdays": "1", "least": "5"})
    assert answer.status_code == 409
    assert "不能比名额还多" in text(answer)
    lin.post(url, data=sent | {"first": first + timedelta(days=1), "last": "", "weekdays": "1", "least": "3"})
    db.session.rollback()
    series = db.session.scalars(select(DutySeries)).one()
    assert (series.least, {shift.least for shift in dates(series)}) == (3, {3})
    preview = {"seats": "4", "weekdays": "1", "starts": "09:00", "ends": "10:00", "sequence": "0", "first": first}
    page = text(lin.get(f"/standing/{series.id}/preview", query_string=preview | {"least": "2"}))
    assert f"{len(dates(series))} 场跟着改" in page
