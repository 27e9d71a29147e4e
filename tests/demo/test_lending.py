"""⑥ 幸福剧场, the car parks and the rooms of the demo data; what is booked holds together."""

import pytest
from sqlalchemy import func, select

from communities.account import Account
from communities.journal import Line
from demo import xincheng
from demo.lending import PARKS, PLACES, ROOMS
from demo.scale import DONGFANG, deal
from kernel import clock, waiting
from kernel.db import db
from partners.resources.booking import Booking
from partners.resources.booking_sweep import lapse_bookings, settle_bookings
from partners.resources.booking_words import HOLDING, State
from partners.resources.listed import ResourceList
from partners.resources.quarter import Quarter, quarters
from partners.resources.resource import Resource
from partners.resources.resource_words import Sort
from partners.resources.series import Series
from partners.resources.usage import usage


@pytest.fixture
def town(site):
    """Three communities of the district; loaded once a database, then put back."""
    if not hasattr(site, "town"):
        site.town = xincheng.load("tiny", "no hash")
        site.store.keep("tiny")
    else:
        site.store.restore("tiny")
    return site.town


@pytest.fixture
def theatre(town):
    """幸福剧场."""
    return db.session.scalars(select(Resource).where(Resource.name == "幸福剧场")).one()


def test_the_choir_has_26_tuesdays_of_which_two_were_refused_and_one_healed(theatre):
    series = db.session.scalars(select(Series).where(Series.resource_id == theatre.id)).one()
    assert series.booker_name == "东方老年合唱团（示例）"
    assert len(series.dates) == 26
    assert {f"{clock.local(date.starts_at):%a %H:%M}" for date in series.dates} == {"Tue 14:00"}
    states = [date.state for date in series.dates]
    assert states.count(State.WAITING) == 1
    assert sum(state in HOLDING for state in states) == 25
    assert sum(clock.local(date.starts_at).date() <= clock.today() for date in series.dates) == 13
    [line] = db.session.scalars(Line.about(series))
    assert (line.verb, line.ids["granted"], line.ids["waiting"]) == ("series.booked", 24, 2)
    healed = db.session.scalars(select(Line).where(Line.verb == "booking.healed")).one()
    assert healed.subject_id in [date.id for date in series.dates]


def test_52_free_hours_of_this_month_are_26_16_and_10(theatre):
    found = usage(theatre.id, clock.today())
    assert found.free_hours == 52
    assert [share.hours for share in found.free] == [26, 16, 10]
    assert all(share.hours <= theatre.free_hours for share in found.free)


def test_no_quarter_has_two_owners_and_every_booking_owns_all_of_its_own(town):
    owned = dict(db.session.execute(select(Quarter.booking_id, func.count()).group_by(Quarter.booking_id)).all())
    for booking in db.session.scalars(select(Booking)):
        wanted = len(quarters(booking.starts_at, booking.ends_at)) if booking.is_holding else 0
        assert owned.get(booking.id, 0) == wanted, booking.id


def test_every_community_has_three_rooms_and_the_committee_something_to_answer(town):
    rooms = db.session.scalars(select(Resource).where(Resource.sort == Sort.ROOM)).all()
    assert len(rooms) == 3 * len(ROOMS)
    assert {room.name for room in rooms if room.place.code == DONGFANG} == {
        "东方党群服务中心活动室", "东方党群服务中心书画室", "东方党群服务中心医疗保健室",
    }  # fmt: skip
    lin = Account.named("committee").person
    kinds = [line.desk.kind for line in waiting.lines(lin, 100)]
    assert "booking.asked" in kinds
    assert "booking.confirm" in kinds


def test_the_car_parks_of_the_district_are_86_with_18000_places(town):
    shares = deal(PLACES, [1.0] * PARKS, town.rng("x"))
    assert (len(shares), sum(shares)) == (86, 18_000)
    _parks, number, places = ResourceList(sort=Sort.PARKING).page(Account.named("volunteer").person)
    assert number <= 3
    assert places == sum(park.quantity for park in _parks)


@pytest.mark.long
@pytest.mark.databases("sqlite")
def test_in_the_whole_district_there_are_all_of_them(site):
    xincheng.load("district", "no hash")
    _parks, number, places = ResourceList(sort=Sort.PARKING).page(Account.named("volunteer").person)
    assert (number, places) == (PARKS, PLACES)


def test_the_sweep_finds_nothing_to_let_go(town):
    before = [booking.state for booking in db.session.scalars(select(Booking).order_by(Booking.id))]
    lapse_bookings()
    settle_bookings()
    db.session.rollback()
    assert [booking.state for booking in db.session.scalars(select(Booking).order_by(Booking.id))] == before
