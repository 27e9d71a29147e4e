"""Tickets: a number in one tap, all of a party or none, an honest queue, and nothing below what was given out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db
from kernel.work import work
from tests.support.moves import attempt
from volunteers.pattern import Pattern
from volunteers.refusals import ShiftCancelled, ShiftOver
from volunteers.shift import Shift
from volunteers.stop import Reason, Stop
from volunteers.tickets import marking, refusals, sweep
from volunteers.tickets.counter import Counter
from volunteers.tickets.handout import Handout
from volunteers.tickets.marking import Mark, mark, walk_in
from volunteers.tickets.slot import Slot, deal
from volunteers.tickets.ticket import HOLDS_PLACES, KEPT, MOVES, Holder, NotInThisState, State, Ticket

from .conftest import FACTS


def lines(verb):
    return db.session.scalar(select(func.count()).select_from(Line).where(Line.verb == verb))


def held(shift):
    """What the rows say is taken, and what the counter says."""
    rows = db.session.scalars(select(Ticket).where(Ticket.shift_id == shift.id)).all()
    slots = db.session.scalars(select(Slot).where(Slot.shift_id == shift.id)).all()
    return sum(row.size for row in rows if row.state in HOLDS_PLACES), sum(slot.taken for slot in slots)


def test_numbers_are_given_in_order_until_there_are_none(at_work, guest):
    shift = at_work.shift2
    tickets = [guest(shift) for _number in range(4)]
    assert [ticket.number for ticket in tickets] == [1, 2, 3, 4]
    assert [ticket.state for ticket in tickets] == [State.TAKEN] * 3 + [State.WAITING]
    assert held(shift) == (3, 3)
    assert (lines("ticket.taken"), lines("ticket.waiting")) == (3, 1)


def test_a_couple_has_both_or_waits_and_whoever_is_behind_goes_on(at_work, guest):
    shift = at_work.shift2
    first, second = guest(shift), guest(shift)
    couple = guest(shift, 2)
    assert couple.state is State.WAITING
    alone = guest(shift)
    assert alone.state is State.TAKEN, "one place is free, and it does not do for the couple"
    Handout(shift).give_back(first, by=None)
    assert couple.state is State.WAITING, "one is not two"
    Handout(shift).give_back(second, by=None)
    assert couple.state is State.OFFERED
    assert couple.offered_until == shift.answer_until
    assert held(shift) == (3, 3)


def test_who_queues_behind_the_couple_does_not_get_what_would_do_for_them(at_work, guest):
    shift = at_work.shift2
    taken = [guest(shift), guest(shift), guest(shift)]
    couple = guest(shift, 2)
    for ticket in taken[:2]:
        Handout(shift).give_back(ticket, by=None)
    Handout(shift).lapse()
    assert couple.state is State.OFFERED
    assert guest(shift).state is State.WAITING


def test_silence_lets_the_next_one_in_and_the_sweep_may_run_twice(salon, early, guest):
    with work():
        taken = [guest(salon.shift2) for _number in range(3)]
        asked, behind = guest(salon.shift2), guest(salon.shift2)
        Handout(salon.shift2).give_back(taken[0], by=None)
        ids = asked.id, behind.id
    early.shift(timedelta(hours=40))
    for _twice in range(2):
        sweep.lapse_tickets()
        db.session.rollback()
        states = [db.session.get_one(Ticket, id).state for id in ids]
        assert states == [State.LAPSED, State.OFFERED]
    assert lines("ticket.lapsed") == 1
    assert held(salon.shift2) == (3, 3)


def test_yes_is_yes_once_and_not_after_the_time(at_work, early, guest):
    shift = at_work.shift2
    first = guest(shift, 2)
    guest(shift)
    asked = guest(shift)
    with pytest.raises(NotInThisState):
        Handout(shift).accept(asked, by=None)
    Handout(shift).give_back(first, by=None)
    Handout(shift).accept(asked, by=None)
    assert asked.state is State.TAKEN
    with pytest.raises(NotInThisState):
        Handout(shift).accept(asked, by=None)
    late, other = guest(shift), guest(shift)
    assert (late.state, other.state) == (State.TAKEN, State.WAITING)
    Handout(shift).give_back(late, by=None)
    early.shift(timedelta(hours=40))
    with pytest.raises(refusals.OfferOver):
        Handout(shift).accept(other, by=None)


def test_near_the_start_all_are_asked_and_the_first_yes_has_it(at_work, early, guest):
    shift = at_work.shift2
    taken = [guest(shift) for _number in range(3)]
    first, second = guest(shift), guest(shift)
    early.move_to(shift.starts_at - timedelta(hours=1, minutes=30))
    Handout(shift).give_back(taken[0], by=None)
    assert (first.state, second.state) == (State.WAITING, State.WAITING)
    assert first.call_since == second.call_since == clock.now()
    Handout(shift).accept(second, by=None)
    assert second.state is State.TAKEN
    with pytest.raises(refusals.PlaceGone):
        Handout(shift).accept(first, by=None)
    assert lines("ticket.first_yes") == 1


def test_one_person_or_phone_number_has_one_living_ticket(at_work, guest):
    shift, wu, zhou = at_work.shift2, at_work.wu, at_work.zhou
    mine = Handout(shift).take(Holder(wu), 1, by=wu)
    assert (mine.name, mine.phone) == ("", ""), "the account knows both"
    for holder in (Holder(wu), Holder(name="吴阿姨", phone=wu.phone)):
        with pytest.raises(refusals.HasTicket):
            Handout(shift).take(holder, 1, by=holder.person)
    Handout(shift).take(Holder(name="周师傅", phone=zhou.phone), 1, by=None)
    with pytest.raises(refusals.HasTicket):
        Handout(shift).take(Holder(zhou), 1, by=zhou)
    Handout(shift).give_back(mine, by=wu)
    assert Handout(shift).take(Holder(wu), 1, by=wu).number == 3, "a new number, at the end"
    db.session.flush()
    second = {"shift_id": shift.id, "number": 9, "size": 1, "state": State.WAITING, "person_id": wu.id}
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(insert(Ticket).values(second))


def test_whoever_helps_may_take_a_number_like_everybody(at_work):
    shift, wu = at_work.shift2, at_work.wu
    shift.sign_up(wu, by=wu)
    assert Handout(shift).take(Holder(wu), 1, by=wu).state is State.TAKEN
    assert (shift.taken, held(shift)) == (1, (1, 1))


def test_what_cannot_be_had_is_a_sentence(at_work, early, guest):
    shift = at_work.shift2
    with pytest.raises(refusals.PartyTooLarge, match="最多 2 人"):
        guest(shift, 3)
    with pytest.raises(refusals.NoTickets):
        guest(at_work.shift)
    shift.duty.counter.is_open = False
    with pytest.raises(refusals.NoTickets):
        guest(shift)
    shift.duty.counter.is_open, shift.duty.counter.local = True, True
    with pytest.raises(refusals.SayLocal):
        guest(shift)
    assert guest(shift, local=True).state is State.TAKEN
    on_behalf = Handout(shift).take(
        Holder(name="李奶奶（示例）", phone="10355555555"), 1, by=at_work.lin, behalf="电话"
    )
    assert (on_behalf.state, on_behalf.is_on_behalf) == (State.TAKEN, True)
    early.move_to(shift.starts_at)
    with pytest.raises(ShiftOver):
        guest(shift, local=True)


def test_the_database_itself_sells_nothing_twice(at_work, guest):
    guest(at_work.shift2)
    slot = db.session.scalars(select(Slot)).one()
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(update(Slot).where(Slot.id == slot.id).values(taken=slot.places + 1))


@pytest.mark.parametrize(
    ("total", "taken", "places"),
    [(20, [0] * 6, [4, 4, 3, 3, 3, 3]), (4, [3, 0], [3, 1]), (2, [2, 0, 0], [2, 0, 0]), (0, [0], [0])],
)
def test_places_are_dealt_evenly_over_what_is_taken(total, taken, places):
    assert deal(total, taken) == places


def test_a_timetable_has_slots_and_a_party_stays_together(at_work, guest):
    shift = at_work.shift2
    Counter.set_up(shift.duty, by=at_work.lin, **FACTS | {"tickets": 6, "minutes": 30})
    hours = [tuple(clock.local(end).strftime("%H:%M") for end in slot.span(shift)) for slot in Handout(shift).slots]
    assert hours == [("07:30", "08:00"), ("08:00", "08:30"), ("08:30", "09:00")]
    assert guest(shift, 2, slot=1).slot.number == 1
    with pytest.raises(refusals.SlotFull):
        guest(shift, slot=1)
    assert [guest(shift).slot.number for _number in range(3)] == [0, 0, 2]
    assert guest(shift, 2).state is State.WAITING, "one place is left, for one"
    assert guest(shift).slot.number == 2


def test_the_number_changes_for_all_dates_but_never_below_what_is_given(at_work, guest):
    shift, lin = at_work.shift2, at_work.lin
    day = clock.today() + timedelta(days=20)
    [other] = Shift.plan(shift.duty, Pattern(frozenset(), *times(shift), day, day), 3, by=lin)
    db.session.flush()
    Handout(other).resize(9, by=lin)
    tickets = [guest(shift) for _number in range(5)]
    with pytest.raises(refusals.TooFewTickets) as said:
        Counter.set_up(shift.duty, by=lin, **FACTS | {"tickets": 2})
    assert "已经给出 3 人的号" in str(said.value)
    Counter.set_up(shift.duty, by=lin, **FACTS | {"tickets": 4})
    assert [ticket.state for ticket in tickets[3:]] == [State.OFFERED, State.WAITING]
    assert (Handout(shift).total, Handout(other).total) == (4, 9)
    with pytest.raises(refusals.TooFewTickets):
        Handout(shift).resize(3, by=lin)
    Handout(shift).resize(5, by=lin)
    assert tickets[4].state is State.OFFERED
    Handout(other).resize(0, by=lin)
    with pytest.raises(refusals.NoTickets):
        guest(other)
    Handout(other).resize(None, by=lin)
    assert Handout(other).total == 4


def times(shift):
    return clock.local(shift.starts_at).time(), clock.local(shift.ends_at).time()


def test_a_cancelled_date_cancels_its_tickets_and_restoring_brings_them_back(at_work, guest):
    shift, wu, lin = at_work.shift2, at_work.wu, at_work.lin
    mine = Handout(shift).take(Holder(wu), 2, by=wu)
    other, waits = guest(shift), guest(shift)
    shift.cancel("下雨", by=lin)
    assert {mine.state, other.state, waits.state} == {State.CANCELLED}
    assert held(shift) == (0, 0)
    assert other.call_since is not None
    told = select(func.count()).select_from(Notice).join(Notice.line)
    assert db.session.scalar(told.where(Line.verb == "ticket.cancelled", Notice.person_id == wu.id))
    with pytest.raises(ShiftCancelled):
        guest(shift)
    shift.restore(by=lin)
    assert (mine.state, other.state, waits.state) == (State.TAKEN, State.TAKEN, State.WAITING)
    assert held(shift) == (3, 3)
    assert lines("ticket.restored") == 3


def test_a_stop_takes_the_tickets_and_lifting_it_gives_them_back(at_work, guest):
    shift, lin = at_work.shift2, at_work.lin
    ticket = guest(shift)
    around = {"starts_at": shift.starts_at - timedelta(hours=1), "until": shift.ends_at}
    stop = Stop.call(at_work.community, by=lin, reason=Reason.HEAT, outdoor_only=False, **around)
    assert ticket.state is State.CANCELLED
    stop.lift(by=lin)
    assert ticket.state is State.TAKEN
    assert held(shift) == (1, 1)


def test_a_date_that_moves_takes_its_timetable_along(at_work, guest):
    shift, lin = at_work.shift2, at_work.lin
    Counter.set_up(shift.duty, by=lin, **FACTS | {"minutes": 30})
    ticket = guest(shift, slot=2)
    shift.move_to(shift.starts_at + timedelta(days=1), shift.starts_at + timedelta(days=1, hours=1), by=lin)
    assert ticket.state is State.TAKEN
    assert ticket.call_since is not None
    start, end = ticket.slot.span(shift)
    assert (start - shift.starts_at, end) == (timedelta(minutes=40), shift.ends_at), "shorter, but still the last"
    assert lines("ticket.moved") == 1


def test_a_meeting_point_that_moves_is_told(at_work, guest):
    shift, wu = at_work.shift2, at_work.wu
    Handout(shift).take(Holder(wu), 1, by=wu)
    ticket = guest(shift)
    assert wu in shift.duty.expected()
    shift.duty.revise(version=shift.duty.version, by=at_work.lin, meeting_point="党群服务中心一楼")
    db.session.refresh(ticket)
    assert ticket.call_since is not None


def test_at_the_door_ticks_are_kept_once_and_no_shows_make_room(at_work, early, guest):
    shift, lin = at_work.shift2, at_work.lin
    first, second, third = (guest(shift) for _number in range(3))
    with pytest.raises(marking.TooEarly):
        mark(shift, {first.id: Mark.CAME}, by=lin)
    early.move_to(shift.starts_at - timedelta(minutes=30))
    assert mark(shift, {first.id: Mark.CAME}, by=lin) == 1
    assert mark(shift, {first.id: Mark.CAME}, by=lin) == 0
    with pytest.raises(marking.NotBegun):
        mark(shift, {second.id: Mark.ABSENT}, by=lin)
    early.move_to(shift.starts_at + timedelta(minutes=30))
    with pytest.raises(refusals.NoPlaceAtDoor):
        walk_in(shift, "现场的邻居（示例）", 1, by=lin)
    assert mark(shift, {first.id: Mark.CAME, second.id: Mark.ABSENT}, by=lin) == 1
    came = walk_in(shift, "现场的邻居（示例）", 1, by=lin)
    assert (came.state, came.number, held(shift)) == (State.CAME, 4, (3, 3))
    assert mark(shift, {second.id: Mark.CAME}, by=lin) == 1, "he was late, and is there"
    assert held(shift) == (4, 4)
    assert third.state is State.TAKEN
    early.move_to(shift.ends_at)
    for late in (lambda: Handout(shift).give_back(third, by=None), lambda: walk_in(shift, "晚", 1, by=lin)):
        with pytest.raises(ShiftOver):
            late()


def test_whose_it_was_is_forgotten_thirty_days_later(salon, early, guest):
    with work():
        ids = [guest(salon.shift2).id, Handout(salon.shift2).take(Holder(salon.wu), 1, by=salon.wu).id]
    early.move_to(salon.shift2.ends_at + timedelta(days=KEPT - 1))
    sweep.forget_holders()
    db.session.rollback()
    assert db.session.get_one(Ticket, ids[0]).phone
    early.shift(timedelta(days=1, minutes=1))
    for _twice in range(2):
        sweep.forget_holders()
        db.session.rollback()
        for ticket in (db.session.get_one(Ticket, id) for id in ids):
            assert (ticket.name, ticket.phone, ticket.person_id, ticket.by_id, ticket.token_hash) == (
                "",
                "",
                None,
                None,
                None,
            )
            assert ticket.state is State.TAKEN


@pytest.mark.parametrize("start", State)
@pytest.mark.parametrize("end", State)
def test_every_refused_move_has_a_sentence_and_leaves_no_trace(salon, early, guest, start, end):
    with work():
        ticket = guest(salon.shift2)
        ticket.state = start
        id = ticket.id

    def act():
        ticket = db.session.get_one(Ticket, id)
        ticket.move(end)
        ticket.say("told", salon.lin)

    attempt(act)
    db.session.rollback()
    assert (db.session.get_one(Ticket, id).state is end) == (end in MOVES[start] or start is end)
