"""一键停班: what is outdoors at a place within some hours is called off at once, and restored at once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from communities.channel import Channel
from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db, seen
from tests.demo.checks import wrong_seats
from tests.support.statements import counted
from tests.volunteers.test_series import tuesdays
from volunteers.event import event_of_shift
from volunteers.series import DutySeries
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.stop import LiftedAlready, NothingToStop, Reason, SayWhy, Stop, WrongHours, affected, people_in


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


def test_a_series_leaves_alone_what_is_stopped(outdoors):
    series = DutySeries.write(outdoors.duty, tuesdays(8), 3, by=outdoors.lin)
    done = stop(outdoors, weeks=3)
    assert series.lay().following == 0
    done.lift(by=outdoors.lin)
    assert series.lay().following == 0
    assert all(not shift.is_cancelled for shift in outdoors.duty.shifts)
