"""Standing places: who comes every Tuesday is signed up for each new date, and leaves a seat for newcomers."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.demo.checks import wrong_seats
from tests.support.statements import counted
from tests.volunteers.test_series import DAY, WEDNESDAY, dates, told, tuesdays
from volunteers import refusals
from volunteers.series import DutySeries
from volunteers.signup import HOLDS_SEAT, State
from volunteers.standing_place import StandingPlace
from volunteers.standing_state import HasPlace, PlaceAnswered
from volunteers.standing_state import State as Standing
from volunteers.sweep import lay_standing_duties


def write(world, weeks=4, seats=3, **more):
    return DutySeries.write(world.duty, tuesdays(weeks), seats, by=world.lin, **more)


def come(series, person, world):
    """Ask and be let: the place of somebody who comes every week."""
    place = StandingPlace.ask(series, person, by=person)
    place.grant(by=world.lin)
    return place


def signed_up(series, person):
    """The shifts for which somebody has a seat."""
    held = [shift for shift in dates(series) if (row := shift.signup_of(person)) and row.state in HOLDS_SEAT]
    return [shift.id for shift in held]


def test_nobody_comes_every_week_without_both_sides_yes(at_work):
    series, wu, zhou, lin = write(at_work), at_work.wu, at_work.zhou, at_work.lin
    asked = StandingPlace.ask(series, wu, by=wu)
    offered = StandingPlace.offer(series, zhou, by=lin)
    assert signed_up(series, wu) == signed_up(series, zhou) == []
    assert (told("regular.asked"), told("regular.offered")) == ([{lin}], [{zhou}])
    with pytest.raises(PlaceAnswered):
        asked.accept(by=wu)
    with pytest.raises(PlaceAnswered):
        offered.grant(by=lin)
    asked.grant(by=lin)
    offered.accept(by=zhou)
    assert len(signed_up(series, wu)) == len(signed_up(series, zhou)) == 4
    with pytest.raises(HasPlace):
        StandingPlace.ask(series, wu, by=wu)
    with pytest.raises(refusals.JoinFirst):
        StandingPlace.offer(series, at_work.qian, by=lin)
    assert wrong_seats() == []


def test_a_no_from_either_side_is_the_end_of_it(at_work):
    series = write(at_work)
    asked = StandingPlace.ask(series, at_work.wu, by=at_work.wu)
    asked.decline(by=at_work.lin)
    assert asked.state is Standing.DECLINED
    assert told("regular.declined") == [{at_work.wu}]
    assert StandingPlace.ask(series, at_work.wu, by=at_work.wu).state is Standing.ASKED


def test_the_last_seat_is_a_newcomers_until_a_week_before(world):
    with work():
        series = write(world, seats=2).id
        row = db.session.get_one(DutySeries, series)
        come(row, world.wu, world)
        come(row, world.zhou, world)
        first, second, *_ = dates(row)
        near = {shift.id for shift in (first, second) if shift.starts_at <= clock.now() + 7 * DAY}
        assert len(signed_up(row, world.wu)) == 4
        assert set(signed_up(row, world.zhou)) == near
        assert told("regular.skipped") == [{world.zhou}]
        monday, later = second.starts_at - 6 * DAY, second.id
    with time_machine.travel(monday, tick=False):
        lay_standing_duties()
        db.session.rollback()
        row = db.session.get_one(DutySeries, series)
        assert later in signed_up(row, world.zhou)
        assert told("regular.skipped") == [{world.zhou}]  # he is told once
        assert wrong_seats() == []


def test_more_seats_can_be_kept_for_newcomers_and_none(at_work):
    few, all_of_them = write(at_work, seats=3, newcomer_seats=3), write_other(at_work, newcomer_seats=0)
    come(few, at_work.wu, at_work)
    come(all_of_them, at_work.wu, at_work)
    assert [shift.id for shift in dates(few) if shift.starts_at > clock.now() + 7 * DAY and shift.taken] == []
    assert len(signed_up(all_of_them, at_work.wu)) == 4


def write_other(world, **more):
    return DutySeries.write(world.duty2, tuesdays(4, WEDNESDAY), 1, by=world.lin, **more)


def test_what_clashes_is_left_out_and_he_is_told_once(at_work):
    series, wu = write(at_work), at_work.wu
    other = DutySeries.write(at_work.duty2, tuesdays(4), 3, by=at_work.lin)
    dates(other)[1].sign_up(wu, by=wu)
    come(series, wu, at_work)
    assert len(signed_up(series, wu)) == 3
    [line] = db.session.scalars(select(Line).where(Line.verb == "regular.skipped"))
    assert line.ids["shifts"] == 1
    dates(other)[1].withdraw(wu, by=wu)
    series.lay()
    assert len(signed_up(series, wu)) == 4


def test_a_date_that_he_leaves_stays_left(at_work):
    series, wu = write(at_work), at_work.wu
    come(series, wu, at_work)
    first = dates(series)[0]
    first.withdraw(wu, by=wu)
    series.lay()
    assert first.signup_of(wu).state is State.WITHDRAWN
    assert len(signed_up(series, wu)) == 3


def test_who_waits_goes_before_who_comes_every_week(at_work, someone):
    series = write(at_work, seats=1, newcomer_seats=0)
    shift = dates(series)[-1]
    people = [someone(name) for name in ("甲", "乙")]
    for person in people:
        shift.sign_up(person, by=person)
    come(series, at_work.wu, at_work)
    assert shift.signup_of(at_work.wu) is None
    assert len(signed_up(series, at_work.wu)) == 3


def test_other_days_ask_him_again_and_what_he_has_stays(at_work):
    series, wu, lin = write(at_work), at_work.wu, at_work.lin
    place = come(series, wu, at_work)
    late = StandingPlace.ask(series, at_work.zhou, by=at_work.zhou)
    series.revise(tuesdays(6, WEDNESDAY), 3, sequence=0, by=lin)
    assert place.state is Standing.OFFERED
    assert told("regular.asked_again") == [{wu}]
    assert len(signed_up(series, wu)) == 4  # Tuesdays still, as he said; the new Wednesdays need his yes
    late.grant(by=lin)
    assert late.state is Standing.OFFERED  # he asked for Tuesdays
    place.accept(by=wu)
    assert len(signed_up(series, wu)) == 6


def test_it_ends_with_or_without_the_dates_he_has(at_work):
    series, wu, zhou = write(at_work), at_work.wu, at_work.zhou
    one, other = come(series, wu, at_work), come(series, zhou, at_work)
    one.end(by=wu)
    other.end(by=zhou, leave=True)
    assert (one.until, one.state) == (clock.today(), Standing.ENDED)
    assert len(signed_up(series, wu)) == 4
    assert signed_up(series, zhou) == []
    series.revise(tuesdays(8), 3, sequence=0, by=at_work.lin)
    assert len(signed_up(series, wu)) == 4
    assert wrong_seats() == []


@pytest.mark.parametrize("weeks", [4, 52])
def test_as_many_statements_for_a_month_as_for_a_year(at_work, weeks):
    series = write(at_work, weeks)
    place = StandingPlace.offer(series, at_work.wu, by=at_work.lin)
    db.session.flush()
    with counted() as said:
        place.accept(by=at_work.wu)
        db.session.flush()
    assert len(said) <= 16, chr(10).join(one[:150] for one in said)
    assert len(signed_up(series, at_work.wu)) == weeks


def test_who_is_ill_on_one_day_comes_on_the_others(world):
    with work():
        series = DutySeries.write(world.duty, tuesdays(), 3, by=world.lin)
        come(series, world.wu, world)
        count, id = len(signed_up(series, world.wu)), series.id
        dates(series)[1].withdraw(world.wu, by=world.wu)
    with time_machine.travel(clock.now() + timedelta(days=14), tick=False):
        lay_standing_duties()
        lay_standing_duties()
        db.session.rollback()
        series = db.session.get_one(DutySeries, id)
        assert len(signed_up(series, world.wu)) == len(dates(series)) - 1 >= count
        assert wrong_seats() == []
