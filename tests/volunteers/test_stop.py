"""一键停班: what is outdoors at a place within some hours is called off at once, and restored at once."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from communities.channel import Channel
from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.demo.checks import wrong_seats
from tests.support.statements import counted
from tests.volunteers.test_series import WEDNESDAY, dates, tuesdays
from volunteers.duty import Duty
from volunteers.event import event_of_shift
from volunteers.pattern import Pattern
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.stop import LiftedAlready, NothingToStop, Reason, SayWhy, Stop, WrongHours, affected, people_in
from volunteers.stop_hours import StoppedThen


def stop(world, weeks=2, **more):
    given = {"starts_at": clock.now(), "until": clock.now() + timedelta(weeks=weeks), "reason": Reason.HEAT}
    return Stop.call(world.community, by=world.lin, **given | more)


@pytest.fixture
def outdoors(at_work):
    """The patrol is outdoors, the haircuts are not."""
    at_work.duty.outdoor = True
    return at_work


def test_the_outdoor_ones_are_called_off_and_everybody_is_told_once(outdoors):
    shift, indoors, wu = outdoors.shift, outdoors.shift2, outdoors.wu
    wu.told_by = Channel.PHONE
    shift.sign_up(wu, by=wu)
    rows = affected(outdoors.community, clock.now(), clock.now() + timedelta(weeks=2), True)
    preview = list(db.session.scalars(rows))
    assert (preview, people_in(preview)) == ([shift], 1)
    done = stop(outdoors, words="39 度")
    assert shift.is_cancelled
    assert shift.reason == "高温：39 度"
    assert not indoors.is_cancelled
    assert event_of_shift(shift, "").cancelled
    [line] = db.session.scalars(select(Line).where(Line.verb == "shift.cancelled"))
    assert sorted(notice.channel for notice in line.notices) == [Channel.INBOX, Channel.PHONE]
    assert {notice.person for notice in line.notices} == {wu}
    done.lift(by=outdoors.lin)
    assert not shift.is_cancelled
    assert not shift.by_hand
    assert shift.signup_of(wu).state is State.CONFIRMED
    assert wrong_seats() == []


def test_what_was_called_off_before_stays_called_off(outdoors):
    outdoors.duty2.outdoor = True
    outdoors.shift2.cancel("理发师病了", by=outdoors.lin)
    done = stop(outdoors)
    done.lift(by=outdoors.lin)
    assert outdoors.shift2.is_cancelled
    with pytest.raises(LiftedAlready):
        done.lift(by=outdoors.lin)


def test_indoor_ones_too_where_it_is_asked_for(outdoors):
    stop(outdoors, outdoor_only=False)
    assert outdoors.shift.is_cancelled
    assert outdoors.shift2.is_cancelled


def test_what_makes_no_sense_is_refused(outdoors):
    with pytest.raises(WrongHours):
        stop(outdoors, weeks=-1)
    with pytest.raises(SayWhy):
        stop(outdoors, reason=Reason.OTHER)
    outdoors.duty.outdoor = False
    with pytest.raises(NothingToStop):
        stop(outdoors)


@pytest.mark.parametrize("weeks", [3, 30])
def test_as_many_statements_for_a_month_as_for_a_year(outdoors, weeks):
    series = DutySeries.write(outdoors.duty, tuesdays(weeks), 3, by=outdoors.lin)
    shifts = list(db.session.scalars(select(Shift).where(Shift.series_id == series.id)))
    for shift in shifts:
        shift.sign_up(outdoors.wu, by=outdoors.wu)
    lin, place = outdoors.lin, outdoors.community
    assert place.path
    db.session.flush()
    with counted() as said:
        facts = {"starts_at": clock.now(), "until": clock.now() + timedelta(weeks=weeks + 2), "reason": Reason.STORM}
        done = Stop.call(place, by=lin, **facts)
        db.session.flush()
    assert len(said) <= 11, chr(10).join(one[:150] for one in said)
    told = select(func.count(Notice.id)).join(Notice.line).where(Line.verb == "shift.cancelled")
    assert db.session.scalar(seen(told.where(Notice.person_id == outdoors.wu.id))) == weeks
    with counted() as said:
        done.lift(by=lin)
        db.session.flush()
    assert len(said) <= 14, chr(10).join(one[:150] for one in said)
    assert wrong_seats() == []


def test_what_a_rule_lays_into_a_stop_is_stopped_with_it_and_comes_back_with_it(outdoors):
    done = stop(outdoors, weeks=3)
    series = DutySeries.write(outdoors.duty, tuesdays(8), 3, by=outdoors.lin)
    inside = [shift for shift in dates(series) if shift.starts_at < done.until]
    assert len(inside) in (2, 3)
    assert {shift for shift in dates(series) if shift.is_cancelled} == set(inside)
    assert {shift.stop for shift in inside} == {done}
    assert {shift.why for shift in inside} == {"高温"}
    assert series.lay().following == 0
    done.lift(by=outdoors.lin)
    assert not any(shift.is_cancelled for shift in dates(series))
    assert series.lay().following == 0


def test_a_rule_that_moves_its_dates_into_a_stop_stops_them_too(outdoors):
    series = DutySeries.write(outdoors.duty, tuesdays(8), 3, by=outdoors.lin)
    outdoors.duty2.outdoor = True
    wednesday = clock.local(dates(series)[0].starts_at).date() + timedelta(days=1)
    Shift.plan(outdoors.duty2, Pattern(frozenset(), time(15), time(16), wednesday, wednesday), 3, by=outdoors.lin)
    done = stop(outdoors, starts_at=clock.at(wednesday, time(12)), until=clock.at(wednesday, time(18)))
    series.revise(tuesdays(8, WEDNESDAY), 3, sequence=0, by=outdoors.lin)
    assert [shift.is_cancelled for shift in dates(series)] == [True] + [False] * 7
    assert dates(series)[0].stop is done


def test_one_date_that_was_restored_by_itself_is_not_stopped_again(outdoors):
    series = DutySeries.write(outdoors.duty, tuesdays(8), 3, by=outdoors.lin)
    stop(outdoors, weeks=3)
    dates(series)[0].restore(by=outdoors.lin)
    series.lay()
    assert not dates(series)[0].is_cancelled
    assert dates(series)[1].is_cancelled


def test_indoor_work_and_other_places_are_laid_as_ever(outdoors):
    stop(outdoors, weeks=3)
    indoors = DutySeries.write(outdoors.duty2, tuesdays(8), 3, by=outdoors.lin)
    assert not any(shift.is_cancelled for shift in dates(indoors))
    outdoors.duty.place = outdoors.other_community
    elsewhere = DutySeries.write(outdoors.duty, tuesdays(8), 3, by=outdoors.lin)
    assert not any(shift.is_cancelled for shift in dates(elsewhere))


def test_a_person_plans_nothing_into_a_stop_and_is_told_until_when(outdoors):
    duty, shift, lin = outdoors.duty, outdoors.shift, outdoors.lin
    day = clock.today() + timedelta(days=9)
    one = Pattern(frozenset(), time(9), time(10), day, day)
    done = stop(outdoors)
    with pytest.raises(StoppedThen, match="东方社区这段时间停班（高温，到"):
        Shift.plan(duty, one, 3, by=lin)
    with pytest.raises(StoppedThen):  # the compound lies in it
        Shift.plan(Duty.write(outdoors.compound, **facts(outdoors)), one, 3, by=lin)
    assert len(Shift.plan(outdoors.duty2, one, 3, by=lin)) == 1
    after = Pattern(frozenset(), time(9), time(10), *[clock.local(done.until).date() + timedelta(days=1)] * 2)
    [later] = Shift.plan(duty, after, 3, by=lin)
    with pytest.raises(StoppedThen):
        later.move_to(clock.at(day, time(9)), clock.at(day, time(10)), by=lin)
    done.lift(by=lin)
    assert not shift.is_cancelled
    assert len(Shift.plan(duty, one, 3, by=lin)) == 1


def facts(world):
    """A second outdoor duty."""
    return {
        "by": world.lin,
        "activity": "停车引导",
        "role": "",
        "category": world.care,
        "risk_note": "无特殊风险",
        "outdoor": True,
    }


def test_what_two_stops_cover_comes_back_with_the_second(outdoors):
    shift, lin = outdoors.shift, outdoors.lin
    shift.sign_up(outdoors.wu, by=outdoors.wu)
    first = stop(outdoors)
    outdoors.duty2.outdoor = True
    second = stop(outdoors, reason=Reason.STORM)
    assert first.lift(by=lin) == []
    assert shift.is_cancelled
    assert (shift.stop, shift.why) == (second, "暴雨")
    assert set(second.lift(by=lin)) == {shift, outdoors.shift2}
    assert shift.signup_of(outdoors.wu).state is State.CONFIRMED
    assert wrong_seats() == []


def test_the_form_says_how_many_of_a_new_rule_are_stopped(enter, world):
    with work():
        world.duty.outdoor = True
        stop(world, weeks=3)
    first = clock.today() + timedelta(days=1)
    sent = {"first": first, "weekdays": "1", "starts": "09:00", "ends": "10:00", "seats": "3"}
    lin = enter("committee")
    lin.post(f"/duties/{world.duty.id}/shifts", data=sent)
    assert "场在停班期间，先停着" in lin.get(f"/duties/{world.duty.id}").get_data(as_text=True)
    refused = lin.post(f"/duties/{world.duty.id}/shifts", data=sent | {"last": first})
    assert refused.status_code == 409
    assert "这段时间停班（高温，到" in refused.get_data(as_text=True)


def test_a_series_leaves_alone_what_is_stopped(outdoors):
    series = DutySeries.write(outdoors.duty, tuesdays(8), 3, by=outdoors.lin)
    done = stop(outdoors, weeks=3)
    assert series.lay().following == 0
    done.lift(by=outdoors.lin)
    assert series.lay().following == 0
    assert all(not shift.is_cancelled for shift in outdoors.duty.shifts)
