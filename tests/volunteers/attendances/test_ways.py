"""The ways to know who came: code at the door, paper codes, walk-ins, call-backs; what each refuses."""

import string
from collections import Counter
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.tokens import keyed
from tests.support.moves import attempt
from volunteers.attendances import door, ticking, window
from volunteers.attendances.attendance import Attendance, HereAlready, Way
from volunteers.attendances.call_back import (
    Answer,
    AnsweredAlready,
    CallBack,
    DrawnAlready,
    LeadAsks,
    NobodyToAsk,
    candidates,
    sample,
)
from volunteers.attendances.time_code import LETTERS, TimeCode, hashed, plain
from volunteers.attendances.walk_in import MOVES, AskedAlready, Asking, CannotHelp, InTheList, WalkIn, add
from volunteers.gates import ShiftCancelled
from volunteers.seats import NotSignedUp
from volunteers.signup import State


def later(shift, seconds):
    """How many minutes after the start that is."""
    return seconds / 60


# ---- The code at the door ----


def test_the_code_of_now_and_of_the_step_before_are_right_and_no_other(watch, minute):
    minute(watch, 10)
    code = door.code(watch)
    for seconds, right in [(0, True), (29, True), (30, True), (59, True), (60, False), (90, False), (-1, False)]:
        minute(watch, 10 + later(watch, seconds))
        assert door.is_code(watch, code) is right, seconds


def test_a_code_is_of_one_shift_and_says_nothing_of_the_next(watch, at_work, minute):
    minute(watch, 10)
    assert not door.is_code(at_work.shift2, door.code(watch))
    assert len({door.code(watch, step) for step in range(200)}) == 200
    assert set(door.code(watch)) <= set(string.hexdigits)


@pytest.mark.parametrize("wrong", ["", "0" * 20, "二维码", "\udcff", "a" * 5000])
def test_what_is_no_code_is_none(watch, minute, wrong):
    minute(watch, 10)
    assert not door.is_code(watch, wrong)


@pytest.mark.parametrize("wrong", ["", "-", "12", "1-2", "x-y", "9999999999999999999999-1", "二-维", "-" * 500])
def test_what_is_no_ticket_is_none(watch, minute, wrong):
    minute(watch, 10)
    assert door.scanned_at(watch, wrong) is None
    with pytest.raises(door.ScanAgain, match="再扫一次"):
        door.moment_of(watch, wrong)


def test_a_ticket_is_of_its_shift_and_lives_ten_minutes(watch, at_work, minute):
    minute(watch, 10)
    ticket = door.ticket(watch)
    assert door.scanned_at(at_work.shift2, ticket) is None
    at, _, signature = ticket.partition("-")
    assert door.scanned_at(watch, f"{int(at) + 60}-{signature}") is None
    for minutes, moment in [(10, watch.starts_at + timedelta(minutes=10)), (9, None), (20.1, None)]:
        minute(watch, minutes)
        assert door.scanned_at(watch, ticket) == moment


def test_after_the_end_the_door_is_shut(watch, at_work, minute):
    minute(watch, 59.9)
    before = door.ticket(watch)
    minute(watch, 61)
    with pytest.raises(door.ScanTooLate, match="请负责人在名单上补"):
        door.come_in(watch, at_work.wu, door.ticket(watch))
    row = door.come_in(watch, at_work.wu, before)
    assert (row.minutes, row.way, state_of(watch, at_work.wu)) == (0, Way.QR, State.DONE)


def state_of(shift, person):
    return shift.signup_of(person).state


# ---- Walk-ins ----


def test_the_gates_hold_at_the_door_too(watch, at_work, minute, someone):
    young = someone("小李", birth_date=date(clock.today().year - 15, 1, 1), says_adult=False)
    lay = at_work.lin
    at_work.shift2.sign_up(at_work.zhao, by=at_work.zhao)
    minute(watch, 10)
    for person, why in [(young, "监护人"), (lay, "登记"), (at_work.zhao, "这个时间您已报名")]:
        with pytest.raises(CannotHelp, match=why):
            add(watch, person, way=Way.LIST, by=at_work.lin)
        with pytest.raises(CannotHelp, match=why):
            WalkIn.ask(watch, person, at=clock.now())
    assert watch.taken == watch.seats == 2


def test_who_is_in_the_list_needs_no_leave(watch, at_work, minute):
    minute(watch, 10)
    with pytest.raises(InTheList, match="直接点"):
        WalkIn.ask(watch, at_work.wu, at=clock.now())
    Attendance.arrive(watch, at_work.wu, way=Way.QR, by=at_work.wu)
    with pytest.raises(HereAlready):
        WalkIn.ask(watch, at_work.wu, at=clock.now())
    with pytest.raises(HereAlready):
        add(watch, at_work.wu, way=Way.LIST, by=at_work.lin)


def test_who_waited_in_the_queue_or_left_it_may_help_and_keeps_one_row(watch, at_work, minute, someone):
    waits, gone = someone("李叔"), someone("王姨")
    for person in (waits, gone):
        watch.sign_up(person, by=person)
    watch.withdraw(gone, by=gone)
    rows = {person.id: watch.signup_of(person).id for person in (waits, gone)}
    minute(watch, 10)
    for person in (waits, gone):
        add(watch, person, way=Way.LIST, by=at_work.lin)
        assert (state_of(watch, person), watch.signup_of(person).id) == (State.PRESENT, rows[person.id])
    assert (watch.taken, watch.seats) == (4, 4)


def test_who_waits_for_the_lead_s_word_holds_a_seat_already(watch, at_work, minute):
    watch.duty.confirms = True
    watch.resize(3, by=at_work.lin)
    watch.sign_up(at_work.zhao, by=at_work.zhao)
    assert (state_of(watch, at_work.zhao), watch.taken) == (State.PENDING, 3)
    minute(watch, -5)
    WalkIn.ask(watch, at_work.zhao, at=clock.now()).take(by=at_work.lin)
    assert (state_of(watch, at_work.zhao), watch.taken, watch.seats) == (State.PRESENT, 3, 3)


def test_a_free_seat_is_taken_before_one_is_added(watch, at_work, minute):
    watch.withdraw(at_work.zhou, by=at_work.zhou)
    minute(watch, 10)
    add(watch, at_work.zhao, way=Way.LIST, by=at_work.lin)
    assert (watch.taken, watch.seats) == (2, 2)


@pytest.mark.parametrize("state", list(Asking))
@pytest.mark.parametrize("verb", ["ask", "take", "decline"])
def test_every_move_of_a_walk_in_is_a_line_or_a_sentence(world, minute, state, verb):
    minute(world.shift, 10)
    attempt(lambda: WalkIn.ask(world.shift, world.zhao, at=clock.now()))
    row = db.session.scalar(select(WalkIn).execution_options(seen=True))
    if state is not Asking.ASKED:
        attempt(lambda: row.take(by=world.lin) if state is Asking.TAKEN else row.decline(by=world.lin))
    targets = {"ask": Asking.ASKED, "take": Asking.TAKEN, "decline": Asking.DECLINED}
    acts = {
        "ask": lambda: WalkIn.ask(world.shift, world.zhao, at=clock.now()),
        "take": lambda: row.take(by=world.lin),
        "decline": lambda: row.decline(by=world.lin),
    }
    attempt(acts[verb])
    db.session.refresh(row)
    assert row.state is (targets[verb] if targets[verb] in MOVES[state] else state)


def test_asking_twice_is_once(watch, at_work, minute):
    minute(watch, 10)
    WalkIn.ask(watch, at_work.zhao, at=clock.now())
    with pytest.raises(AskedAlready):
        WalkIn.ask(watch, at_work.zhao, at=clock.now())


# ---- Paper codes ----


def test_codes_are_hashed_and_have_no_look_alikes(watch, at_work):
    codes = TimeCode.print(watch, 60, by=at_work.lin)
    assert len(set(codes)) == 60
    assert set("".join(codes)) <= set(LETTERS)
    assert not set("0OQ1IL2Z5S6G8B") & set(LETTERS)
    kept = db.session.scalars(select(TimeCode.code_hash)).all()
    assert {hashed(code) for code in codes} == set(kept)
    assert not set(kept) & {keyed("x", code) for code in codes}


@given(st.sampled_from(["ACD EFH", "acd-efh", "ＡＣＤＥＦＨ", " a c d e f h "]))
def test_a_code_is_known_however_it_is_typed(typed):
    assert plain(typed) == "ACDEFH"


def test_a_code_is_used_once_by_whoever_signed_up(watch, at_work, minute):
    code, other = TimeCode.print(watch, 2, by=at_work.lin)
    with pytest.raises(window.TooEarly):
        TimeCode.use(code, watch, at_work.wu, by=at_work.wu)
    minute(watch, 90)
    with pytest.raises(NotSignedUp):
        TimeCode.use(code, watch, at_work.zhao, by=at_work.zhao)
    row = TimeCode.use(code, watch, at_work.wu, by=at_work.wu)
    assert (row.minutes, row.way) == (60, Way.CODE)
    with pytest.raises(HereAlready):
        TimeCode.use(other, watch, at_work.wu, by=at_work.wu)
    assert [found.used_at is not None for found in map(TimeCode.find, (code, other))] == [True, False]


def test_the_same_code_by_two_people_is_one(world, minute):
    with_two = []
    attempt(lambda: world.shift.resize(2, by=world.lin))
    for person in (world.wu, world.zhou):
        attempt(lambda person=person: world.shift.sign_up(person, by=person))
    attempt(lambda: with_two.extend(TimeCode.print(world.shift, 1, by=world.lin)))
    minute(world.shift, 5)
    for person in (world.wu, world.zhou):
        attempt(lambda person=person: TimeCode.use(with_two[0], world.shift, person, by=person))
    assert [state_of(world.shift, person) for person in (world.wu, world.zhou)] == [State.PRESENT, State.CONFIRMED]


def test_a_wrong_code_writes_nothing(world, minute):
    attempt(lambda: world.shift.sign_up(world.wu, by=world.wu))
    minute(world.shift, 5)
    attempt(lambda: TimeCode.use("AAAAAA", world.shift, world.wu, by=world.wu))
    assert state_of(world.shift, world.wu) is State.CONFIRMED


def test_no_sheet_for_what_does_not_take_place(watch, at_work):
    watch.cancel("下雨", by=at_work.lin)
    with pytest.raises(ShiftCancelled):
        TimeCode.print(watch, 3, by=at_work.lin)


# ---- Call-backs ----


@given(st.lists(st.integers(1, 10_000), unique=True, max_size=60), st.text("0123456789", min_size=8, max_size=8))
def test_the_draw_is_one_of_five_two_at_least_and_can_be_drawn_again(ids, seed):
    drawn = sample(ids, seed)
    assert len(drawn) == len(set(drawn)) == min(len(ids), max(2, -(-len(ids) // 5)))
    assert set(drawn) <= set(ids)
    assert sample(list(reversed(ids)), seed) == drawn, "whatever the order in which they were read"


def test_everybody_is_drawn_at_some_time():
    drawn = Counter(id for seed in range(400) for id in sample(list(range(10)), f"{seed:08}"))
    assert set(drawn) == set(range(10))
    assert max(drawn.values()) < 2 * min(drawn.values())


def test_only_those_are_rung_for_whom_one_person_stands(watch, at_work, minute):
    minute(watch, 5)
    Attendance.arrive(watch, at_work.wu, way=Way.QR, by=at_work.wu)
    with pytest.raises(NobodyToAsk):
        CallBack.draw(watch, by=at_work.he)
    Attendance.arrive(watch, at_work.zhou, way=Way.LIST, by=at_work.lin)
    assert candidates(watch) == [watch.signup_of(at_work.zhou).id]
    [row] = CallBack.draw(watch, by=at_work.he)
    with pytest.raises(DrawnAlready):
        CallBack.draw(watch, by=at_work.he)
    row.tell(Answer.UNREACHED, by=at_work.he)
    row.tell(Answer.NOT_CAME, by=at_work.he)
    with pytest.raises(AnsweredAlready, match="说没来"):
        row.tell(Answer.CAME, by=at_work.he)
    assert state_of(watch, at_work.zhou) is State.PRESENT, "what was said is shown; people decide"
    verbs = select(Line.verb).where(Line.verb.like("%call%")).order_by(Line.id)
    assert db.session.scalars(verbs).all() == ["shift.call_backs_drawn", "signup.called", "signup.called"]


def test_the_lead_neither_draws_nor_rings(watch, at_work, minute):
    minute(watch, 5)
    Attendance.arrive(watch, at_work.wu, way=Way.LIST, by=at_work.lin)
    with pytest.raises(LeadAsks):
        CallBack.draw(watch, by=at_work.lin)
    [row] = CallBack.draw(watch, by=at_work.he)
    with pytest.raises(LeadAsks, match="负责人以外"):
        row.tell(Answer.CAME, by=at_work.lin)


# ---- The list ----


def test_a_time_after_midnight_is_of_the_next_day(watch):
    watch.starts_at = clock.at(date(2026, 12, 5)) + timedelta(hours=22)
    watch.ends_at = watch.starts_at + timedelta(hours=4)
    assert ticking.moment_in(watch, time(23)) == watch.starts_at + timedelta(hours=1)
    assert ticking.moment_in(watch, time(1)) == watch.starts_at + timedelta(hours=3)
    assert ticking.moment_in(watch, None) is None


def test_a_list_written_much_later_is_noted_later(watch, at_work, minute):
    minute(watch, 60 + 24 * 60)
    assert ticking.way(watch) is Way.LIST
    minute(watch, 61 + 24 * 60)
    assert ticking.way(watch) is Way.LATER


def test_one_row_that_cannot_be_leaves_the_whole_list_as_it_was(world, minute):
    def sign_up():
        world.shift.resize(2, by=world.lin)
        for person in (world.wu, world.zhou):
            world.shift.sign_up(person, by=person)

    attempt(sign_up)
    minute(world.shift, -10)
    ids = [world.shift.signup_of(person).id for person in (world.wu, world.zhou)]
    marks = [ticking.Tick(ids[0], ticking.Mark.HERE, ticking.Mark.NONE)]
    marks += [ticking.Tick(ids[1], ticking.Mark.AWAY, ticking.Mark.NONE)]
    attempt(lambda: ticking.tick(world.shift, marks, by=world.lin))
    assert [state_of(world.shift, person) for person in (world.wu, world.zhou)] == [State.CONFIRMED] * 2
