"""Everybody who cannot take a shift is told every reason why."""

from datetime import date, time

import pytest

from communities.purpose import Way
from kernel import clock
from volunteers.duty import Danger, Duty, RiskNoteNeeded
from volunteers.gates import is_at_night
from volunteers.guardian import agree
from volunteers.pattern import Pattern
from volunteers.refusals import (
    AdultsOnly,
    GuardianNeeded,
    JoinFirst,
    NotInsured,
    ShiftOver,
    SkillNeeded,
)
from volunteers.shift import Shift
from volunteers.volunteer import Volunteer


@pytest.fixture
def shift_of(at_work):
    """A function that plans one shift of a duty like this."""

    def shift_of(starts=time(14), ends=time(16), **facts):
        given = {"role": "理发", "category": at_work.care, "risk_note": "无特殊风险"} | facts
        duty = Duty.write(at_work.community, by=at_work.lin, activity="义剪", **given)
        day = clock.local(at_work.shift.starts_at).date()
        [shift] = Shift.plan(duty, Pattern(frozenset(), starts, ends, day, day), 2, by=at_work.lin)
        return shift

    return shift_of


def reasons(shift, person):
    return [type(reason) for reason in shift.refusals_for(person)]


def test_a_volunteer_who_is_free_has_no_reason(shift_of, at_work):
    assert reasons(shift_of(), at_work.wu) == []


def test_only_volunteers_sign_up(shift_of, at_work):
    assert reasons(shift_of(), at_work.lin) == [JoinFirst]


def test_a_skill_that_is_wanted_has_to_be_ticked(shift_of, at_work):
    shift = shift_of(capability=at_work.haircut)
    assert reasons(shift, at_work.wu) == [SkillNeeded]
    assert "理发" in str(shift.refusals_for(at_work.wu)[0])
    Volunteer.of(at_work.wu).revise(capabilities=[at_work.haircut], birth_date=None, by=at_work.wu)
    assert reasons(shift, at_work.wu) == []


def test_dangerous_work_waits_for_its_insurance(shift_of, at_work):
    shift = shift_of(danger=Danger.HIGH)
    assert reasons(shift, at_work.wu) == [NotInsured]
    shift.duty.insurance_policy = "PICC-示例-1"
    assert reasons(shift, at_work.wu) == []


def test_a_minor_needs_a_guardian_and_takes_no_danger_and_no_night(shift_of, someone, at_work):
    child = someone("小周", says_adult=False)
    assert reasons(shift_of(), child) == [GuardianNeeded]
    assert reasons(shift_of(starts=time(20), ends=time(22, 30)), child) == [AdultsOnly]
    assert reasons(shift_of(starts=time(10), ends=time(11), danger=Danger.SOME), child) == [AdultsOnly]
    agree(Volunteer.of(child), by=at_work.lin, way=Way.SIGNED, guardian="周妈妈")
    assert reasons(shift_of(starts=time(8), ends=time(9)), child) == []


def test_a_birth_date_counts_more_than_a_tick(shift_of, at_work):
    this_year = clock.today().year
    Volunteer.of(at_work.wu).revise(capabilities=[], birth_date=date(this_year - 16, 1, 1), by=at_work.wu)
    assert reasons(shift_of(), at_work.wu) == [GuardianNeeded]


@pytest.mark.parametrize(
    ("starts", "ends", "night"),
    [(time(6), time(22), False), (time(5), time(7), True), (time(21), time(22, 1), True), (time(22), time(6), True)],
)
def test_night_is_from_ten_to_six(shift_of, starts, ends, night):
    assert is_at_night(shift_of(starts=starts, ends=ends)) is night


def test_what_has_begun_is_over(at_work, at):
    at(at_work.shift, hours=0)
    assert reasons(at_work.shift, at_work.wu) == [ShiftOver]


def test_recruiting_states_the_risks(at_work):
    with pytest.raises(RiskNoteNeeded):
        Duty.write(at_work.community, by=at_work.lin, activity="义剪", role="", category=at_work.care, risk_note=" ")
