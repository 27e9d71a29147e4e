"""Promise P1 and P2: forty people at once for five seats, two server processes, both databases."""

from random import Random
from statistics import median

import pytest
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from kernel.db import db
from tests.support.machine import waited
from volunteers.signup import Signup, State

from .conftest import PEOPLE, SEATS
from .crowd import rush

LONGEST_WAIT = 1.5  # seconds


def race(crowd, new_shift, people, rounds, say):
    """Run some rounds: in each exactly five are in, the others wait, and nobody sees an error."""
    waits = []
    for _ in range(rounds):
        shift = new_shift()
        seen = rush([(browser, f"/shifts/{shift}/signups") for browser in crowd])
        assert seen.statuses == {303: PEOPLE}
        assert people(shift) == (SEATS, PEOPLE - SEATS, SEATS)
        waits.append(seen.slowest)
    say("slowest_wait_seconds", [round(wait, 2) for wait in waits])
    print("\nslowest of 40, in seconds:", *(f"{wait:.2f}" for wait in waits))
    assert median(waits) < waited(LONGEST_WAIT)


def test_five_of_forty_are_in(crowd, new_shift, people, record_property):
    race(crowd, new_shift, people, 3, record_property)


@pytest.mark.long
def test_twenty_rounds(crowd, new_shift, people, record_property):
    race(crowd, new_shift, people, 20, record_property)


def test_twelve_shots_of_one_form_are_one_signup(crowd, new_shift, people):
    shift, wu = new_shift(), crowd[0]
    seen = rush([(wu, f"/shifts/{shift}/signups")] * 12, key="the same form")
    assert seen.statuses == {303: 12}
    assert people(shift) == (1, 0, 1)


def test_when_many_leave_at_once_each_seat_is_offered_to_one_person_once(crowd, new_shift, people, signups):
    shift = new_shift()
    rush([(browser, f"/shifts/{shift}/signups") for browser in crowd])
    mine = signups(shift)
    in_order = sorted(range(PEOPLE), key=lambda number: mine[number].queued_at)
    holders = [number for number in in_order if mine[number].state is State.CONFIRMED]
    queue = [number for number in in_order if mine[number].state is State.WAITING]
    leaving = holders + queue[:10]
    pushing = queue[10:]  # they wait, and press again
    out = [(crowd[number], f"/signups/{mine[number].id}/withdrawal") for number in leaving]
    again = [(crowd[number], f"/shifts/{shift}/signups") for number in pushing]
    seen = rush(Random(shift).sample(out + again, len(leaving) + len(pushing)))
    assert seen.statuses == {303: len(out), 409: len(again)}
    assert people(shift) == (0, len(pushing) - SEATS, SEATS)
    now = signups(shift)
    assert [number for number in pushing if now[number].state is State.OFFERED] == pushing[:SEATS]
    assert offers_told(shift) == dict.fromkeys((now[number].person_id for number in pushing[:SEATS]), 1)


def offers_told(shift: int) -> dict[int, int]:
    """Person → how many messages about an offer that still stands."""
    counts = select(Notice.person_id, func.count()).join(Notice.line).join(Signup, Signup.id == Line.subject_id)
    counts = counts.where(Line.verb == "signup.offered", Signup.shift_id == shift, Signup.state == State.OFFERED)
    return dict(db.session.execute(counts.group_by(Notice.person_id)).all())
