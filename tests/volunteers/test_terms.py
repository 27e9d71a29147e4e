"""The terms of a duty: when one signs up, whom it fits, how often one may; each refusal says what can be done."""

from datetime import date, time, timedelta

import pytest

from communities.catalogue import Capability
from kernel import clock
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.qualification import EndedAlready, NotHisOwn, Qualification, RunOut, SeenAlready
from volunteers.refusals import (
    AgeUnfit,
    BirthDateNeeded,
    FairShare,
    NoTimeBetween,
    NotYetOpen,
    ProofNeeded,
    SignUpClosed,
    TimeClash,
    WeekFull,
)
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.terms import AgesCrossed, ClosedBeforeOpen
from volunteers.volunteer import Volunteer


@pytest.fixture
def plan(at_work):
    """A function that plans shifts of one new duty on days from `day` on, counted from the Monday after next."""
    today = clock.today()
    monday = today + timedelta(days=14 - today.weekday())

    def plan(*days, starts=time(14), ends=time(16), place=None, **terms):
        facts = {"role": "", "category": at_work.care, "risk_note": "无特殊风险"} | terms
        duty = Duty.write(place or at_work.community, by=at_work.lin, activity=f"示例{len(facts)}{starts}", **facts)
        found = []
        for number in days or (0,):
            day = monday + timedelta(days=number)
            found += Shift.plan(duty, Pattern(frozenset(), starts, ends, day, day), 2, by=at_work.lin)
        return found if days else found[0]

    return plan


def reasons(shift, person):
    person.forget()
    return [type(reason) for reason in shift.refusals_for(person)]


def said(shift, person):
    person.forget()
    return " ".join(str(reason) for reason in shift.refusals_for(person))


def born(person, years):
    day = clock.today()
    birthday = date(day.year - years, 1, 1)
    Volunteer.of(person).revise(capabilities=[], birth_date=birthday, by=person)


def test_sign_up_opens_so_many_hours_before_and_not_a_moment_earlier(plan, at_work, at):
    shift = plan(opens_before=48)
    at(shift, hours=48, seconds=1)
    assert reasons(shift, at_work.wu) == [NotYetOpen]
    assert "才开放报名" in said(shift, at_work.wu)
    at(shift, hours=48)
    assert reasons(shift, at_work.wu) == []


def test_sign_up_closes_so_many_hours_before(plan, at_work, at):
    shift = plan(closes_before=12)
    at(shift, hours=12, seconds=1)
    assert reasons(shift, at_work.wu) == []
    at(shift, hours=12)
    assert reasons(shift, at_work.wu) == [SignUpClosed]


def test_who_comes_late_waits_for_the_leads_word_where_the_duty_allows_it(plan, at_work, at):
    shift = plan(closes_before=12, late_join=True)
    at(shift, hours=13)
    assert shift.sign_up(at_work.wu, by=at_work.wu).state is State.CONFIRMED
    at(shift, hours=12)
    assert shift.sign_up(at_work.zhou, by=at_work.zhou).state is State.PENDING


@pytest.mark.parametrize(
    ("terms", "age", "expected"),
    [
        ({"least_age": 18, "most_age": 65}, 66, [AgeUnfit]),
        ({"least_age": 18, "most_age": 65}, 65, []),
        ({"least_age": 60}, 59, [AgeUnfit]),
        ({"least_age": 60}, 60, []),
        ({"most_age": 70}, 71, [AgeUnfit]),
        ({}, 90, []),
    ],
)
def test_a_duty_fits_ages(plan, at_work, terms, age, expected):
    born(at_work.wu, age)
    assert reasons(plan(**terms), at_work.wu) == expected


def test_a_birth_date_is_asked_for_only_where_a_duty_has_an_age(plan, at_work):
    assert reasons(plan(), at_work.wu) == []
    assert reasons(plan(least_age=18), at_work.wu) == [BirthDateNeeded]


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [({"least_age": 60, "most_age": 18}, AgesCrossed), ({"opens_before": 12, "closes_before": 12}, ClosedBeforeOpen)],
)
def test_terms_that_fit_nobody_are_refused(plan, at_work, terms, refusal):
    with pytest.raises(refusal):
        plan(**terms)
    with pytest.raises(refusal):
        at_work.duty.revise(version=at_work.duty.version, by=at_work.lin, **terms)


class TestProof:
    def test_a_paper_that_staff_saw_counts_until_its_day(self, plan, at_work):
        shift = plan(capability=at_work.haircut, needs_proof=True)
        day = clock.local(shift.starts_at).date()
        assert reasons(shift, at_work.wu) == [ProofNeeded]
        Volunteer.of(at_work.wu).revise(capabilities=[at_work.haircut], birth_date=None, by=at_work.wu)
        assert reasons(shift, at_work.wu) == [ProofNeeded]
        paper = Qualification.note_seen(at_work.wu, at_work.haircut, "美发师证", day, by=at_work.lin)
        assert reasons(shift, at_work.wu) == []
        later = plan(7, capability=at_work.haircut, needs_proof=True)[0]
        assert reasons(later, at_work.wu) == [ProofNeeded]
        paper.end(by=at_work.lin)
        assert reasons(shift, at_work.wu) == [ProofNeeded]

    def test_a_renewed_paper_takes_the_place_of_the_old_one(self, at_work):
        today = clock.today()
        note = Qualification.note_seen
        old = note(at_work.wu, at_work.haircut, "美发师证", today, by=at_work.lin)
        for until in (today, None):
            if until is None:
                new = note(at_work.wu, at_work.haircut, "美发师证", None, by=at_work.lin)
                assert (old.ended_at is not None, new.is_valid_on(date(2099, 1, 1))) == (True, True)
            else:
                with pytest.raises(SeenAlready):
                    note(at_work.wu, at_work.haircut, "美发师证", until, by=at_work.lin)
        new.end(by=at_work.lin)
        with pytest.raises(EndedAlready):
            new.end(by=at_work.lin)

    def test_nobody_proves_himself_and_nothing_that_ran_out(self, at_work):
        yesterday = clock.today() - timedelta(days=1)
        with pytest.raises(RunOut):
            Qualification.note_seen(at_work.wu, at_work.haircut, "美发师证", yesterday, by=at_work.lin)
        with pytest.raises(NotHisOwn):
            Qualification.note_seen(at_work.wu, at_work.haircut, "美发师证", None, by=at_work.wu)

    def test_another_capability_proves_nothing(self, plan, at_work):
        Qualification.note_seen(at_work.wu, at_work.appliance, "电工证", None, by=at_work.lin)
        assert isinstance(at_work.appliance, Capability)
        assert reasons(plan(capability=at_work.haircut, needs_proof=True), at_work.wu) == [ProofNeeded]


class TestTime:
    def test_one_has_to_get_from_one_place_to_the_other(self, plan, at_work):
        first = plan(starts=time(9), ends=time(10))
        first.sign_up(at_work.wu, by=at_work.wu)
        far = at_work.other_community  # half an hour on foot
        assert reasons(plan(starts=time(10, 10), ends=time(11), place=far), at_work.wu) == [NoTimeBetween]
        assert reasons(plan(starts=time(8), ends=time(8, 50), place=far), at_work.wu) == [NoTimeBetween]
        assert reasons(plan(starts=time(11), ends=time(12), place=far), at_work.wu) == []
        assert reasons(plan(starts=time(10), ends=time(11)), at_work.wu) == []
        assert reasons(plan(starts=time(9, 30), ends=time(11), place=far), at_work.wu) == [TimeClash]

    def test_nobody_is_asked_for_more_than_twenty_hours_a_week(self, plan, at_work):
        for shift in plan(0, 1, 2, starts=time(9), ends=time(15)):
            shift.sign_up(at_work.wu, by=at_work.wu)
        assert reasons(plan(3, starts=time(9), ends=time(11))[0], at_work.wu) == []
        assert reasons(plan(3, starts=time(9), ends=time(11, 1))[0], at_work.wu) == [WeekFull]
        assert "18 小时" in said(plan(3, starts=time(9), ends=time(12))[0], at_work.wu)
        assert reasons(plan(7, starts=time(9), ends=time(15))[0], at_work.wu) == []

    def test_a_volunteer_may_want_less(self, plan, at_work):
        Volunteer.of(at_work.wu).revise(capabilities=[], birth_date=None, weekly_most=3, by=at_work.wu)
        assert reasons(plan(0, starts=time(9), ends=time(12))[0], at_work.wu) == []
        assert reasons(plan(0, starts=time(9), ends=time(12, 30))[0], at_work.wu) == [WeekFull]


class TestFairShare:
    def test_popular_dates_are_shared_in_any_two_weeks(self, plan, at_work, at):
        days = plan(0, 7, 13, 14, fair_cap=2)
        at(days[0], days=2)
        for shift in days[:2]:
            shift.sign_up(at_work.wu, by=at_work.wu)
        assert reasons(days[2], at_work.wu) == [FairShare]
        assert reasons(days[3], at_work.wu) == []  # the first is two weeks away
        assert reasons(days[2], at_work.zhou) == []

    def test_what_was_done_counts_and_what_was_left_does_not(self, plan, at_work, at):
        days = plan(0, 7, fair_cap=1)
        days[0].sign_up(at_work.wu, by=at_work.wu)
        assert reasons(days[1], at_work.wu) == [FairShare]
        at(days[1], days=5)  # the first is over
        assert reasons(days[1], at_work.wu) == [FairShare]
        at(days[0], days=1)
        days[0].withdraw(at_work.wu, by=at_work.wu)
        assert reasons(days[1], at_work.wu) == []

    def test_a_day_before_the_rest_is_free_for_everybody(self, plan, at_work, at):
        days = plan(0, 7, fair_cap=1)
        days[0].sign_up(at_work.wu, by=at_work.wu)
        at(days[1], hours=24, seconds=1)
        assert reasons(days[1], at_work.wu) == [FairShare]
        at(days[1], hours=24)
        assert reasons(days[1], at_work.wu) == []
