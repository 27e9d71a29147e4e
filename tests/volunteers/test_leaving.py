"""注销: seven days to think better of it, then somebody is gone, and what he had goes on without him."""

from datetime import time, timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities import leaving as closing
from communities.account import Account
from communities.account_closure import (
    GRACE,
    AccountClosure,
    AskedAlready,
    GuardianAsks,
    Held,
    NotNow,
    OnPaper,
    State,
)
from communities.journal import Line
from communities.leaving import close_accounts
from communities.notice import Notice
from communities.sign_in import SignIn
from demo.world import PASSWORD
from kernel import clock
from kernel.db import db, seen
from kernel.leaving import stops
from kernel.personal import counts
from kernel.search import Entry
from kernel.work import work
from partners.member import Member, living
from portal.address import feed_token
from volunteers import leaving
from volunteers.assignments.placing import offer
from volunteers.assignments.state import Role
from volunteers.leaving import leave
from volunteers.pattern import Pattern
from volunteers.shift import Shift
from volunteers.signup import Signup
from volunteers.signup import State as Seat
from volunteers.swap import Swap
from volunteers.swap_state import Swapping
from volunteers.volunteer import Volunteer


def a_shift(world, days=20, seats=1):
    """One shift of one seat, after the seven days."""
    day = clock.today() + timedelta(days=days)
    [shift] = Shift.plan(world.duty, Pattern(frozenset(), time(9), time(10), day, day), seats, by=world.lin)
    return shift


def ask(person, **facts):
    with work():
        return AccountClosure.ask(person, **({"by": person} | facts)).id


def later(days=GRACE.days, **more):
    """So much later the clock has come by, twice."""
    with time_machine.travel(clock.now() + timedelta(days=days, **more), tick=False):
        close_accounts()
        close_accounts()
    db.session.rollback()


def closure(id) -> AccountClosure:
    db.session.rollback()
    return db.session.get_one(AccountClosure, id)


def verbs():
    return list(db.session.scalars(select(Line.verb).where(Line.subject == "account_closure").order_by(Line.id)))


def test_after_seven_days_somebody_is_a_number(world, enter):
    client, token = enter("volunteer"), feed_token(world.wu)
    id = ask(world.wu)
    later(days=6, hours=23)
    assert world.wu.name == "吴阿姨（示例）"
    assert client.get("/me").status_code == 200
    later()
    assert closure(id).state is State.DONE
    wu = world.wu
    assert (wu.name, wu.called, wu.phone, wu.email, wu.home_id) == ("已注销", "已注销", None, None, None)
    assert client.get("/me").status_code == 303
    assert client.get(f"/calendar/{token}.ics").status_code == 404
    assert db.session.scalars(seen(select(SignIn).where(SignIn.person_id == wu.id))).all() == []
    assert db.session.scalars(seen(select(Notice).where(Notice.person_id == wu.id))).all() == []
    assert verbs() == ["account_closure.asked", "account_closure.done"]


def test_his_user_name_and_his_number_are_free(world):
    phone = world.wu.phone
    ask(world.wu)
    later()
    with work():
        again = Volunteer.join(name="新来的（示例）", phone=phone, home=world.building1, password_hash=None).person
        Account.open(world.wu, "volunteer")
    assert again.id != world.wu.id


def test_his_seat_goes_to_the_next_in_line(world):
    with work():
        shift = a_shift(world)
        shift.sign_up(world.wu, by=world.wu)
        shift.sign_up(world.zhou, by=world.zhou)
        id = shift.id
    ask(world.wu)
    later()
    states = dict(db.session.execute(seen(select(Signup.person_id, Signup.state).where(Signup.shift_id == id))).all())
    assert states == {world.wu.id: Seat.WITHDRAWN, world.zhou.id: Seat.OFFERED}


def test_what_he_offered_and_was_asked_comes_to_an_end(world):
    with work():
        mine, theirs = a_shift(world), a_shift(world, days=21)
        given = mine.sign_up(world.wu, by=world.wu)
        asked = theirs.sign_up(world.zhou, by=world.zhou)
        swaps = [Swap.offer(given, by=world.wu), Swap.offer(asked, by=world.zhou, to=world.wu)]
        offer(world.building2, Role.LEAD, world.wu, by=world.lin)
        ids = [swap.id for swap in swaps]
    ask(world.wu)
    later()
    found = dict(db.session.execute(seen(select(Swap.id, Swap.state).where(Swap.id.in_(ids)))).all())
    assert found == {ids[0]: Swapping.WITHDRAWN, ids[1]: Swapping.DECLINED}
    assert db.session.scalars(seen(select(Member).where(living(world.wu.id)))).all() == []
    assert counts(world.wu.id)["assignment"] == 1


def test_whoever_thinks_better_of_it_stays(world):
    id = ask(world.wu)
    with work():
        db.session.get_one(AccountClosure, id).take_back(by=world.wu)
    later(days=30)
    assert closure(id).state is State.TAKEN_BACK
    assert world.wu.phone
    with work(), pytest.raises(NotNow):
        db.session.get_one(AccountClosure, id).take_back(by=world.wu)
    assert verbs() == ["account_closure.asked", "account_closure.taken_back"]


def test_one_wish_at_a_time_and_for_others_a_signature(world):
    ask(world.wu)
    with work(), pytest.raises(AskedAlready):
        AccountClosure.ask(world.wu, by=world.wu)
    with work(), pytest.raises(OnPaper):
        AccountClosure.ask(world.zhou, by=world.lin)
    with work():
        world.applicant.end("不做了", by=world.lin)
    ask(world.zhou, by=world.lin, signed=True)
    told = select(Notice.person_id).join(Notice.line).where(Line.verb == "account_closure.asked")
    assert set(db.session.scalars(seen(told))) == {world.zhou.id}


def test_for_a_minor_the_guardian_signs(world):
    with work():
        Volunteer.of(world.wu).says_adult = False
    with work(), pytest.raises(GuardianAsks):
        AccountClosure.ask(world.wu, by=world.wu)
    ask(world.wu, by=world.lin, signed=True)


@pytest.mark.parametrize(("name", "what"), [("lin", "还有岗位"), ("zhao", "只有您一位管理员")])
def test_whoever_holds_something_hands_it_over_first(world, name, what):
    person = getattr(world, name)
    found = [stop.sentence for stop in stops(person.id)]
    assert any(what in sentence for sentence in found)
    with work(), pytest.raises(Held) as refused:
        AccountClosure.ask(person, by=person)
    assert found[0] in str(refused.value)


def test_whoever_leads_looks_after_a_building_or_is_there_just_now_ends_it_first(world):
    with work():
        world.duty.lead = world.wu
        a_shift(world)
        assignment = offer(world.building2, Role.LEAD, world.wu, by=world.lin)
        assignment.accept(by=world.wu)
    assert [stop.endpoint for stop in stops(world.wu.id)] == ["assignments.show", "duties.show"]


def test_whoever_takes_something_on_meanwhile_is_not_forgotten_before_it_is_handed_over(world):
    id = ask(world.wu)
    with work():
        world.duty.lead = world.wu
        a_shift(world)
    later()
    assert closure(id).state is State.ASKED
    assert world.wu.phone
    with work():
        world.duty.lead = world.zhou
    later()
    assert closure(id).state is State.DONE


def test_the_page_of_a_shift_still_shows_who_was_there(world, enter):
    with work():
        shift = a_shift(world)
        shift.sign_up(world.wu, by=world.wu)
        id = shift.id
    ask(world.wu)
    later()
    assert enter("committee").get(f"/shifts/{id}/roster").status_code == 200
    assert enter().post("/sign-in", data={"username": "volunteer", "password": PASSWORD}).status_code == 409


def test_a_resident_who_was_a_partner_by_himself_is_found_no_more(world):
    with work():
        world.applicant.end("不做了", by=world.lin)
    ask(world.zhou)
    later()
    partner = world.applicant
    assert (partner.name, partner.contact_name, partner.contact_phone, partner.about) == ("已注销", "", "", "")
    assert partner.id not in set(db.session.scalars(select(Entry.ref).where(Entry.kind == "partner")))
    assert world.egret.name == "白鹭科技（示例）"


def test_what_was_answered_meanwhile_keeps_nobody_here(world, monkeypatch):
    with work():
        gone = a_shift(world)
        gone.sign_up(world.wu, by=world.wu)
        id = gone.id
    leave(world.wu.id)
    monkeypatch.setattr(
        leaving, "STEPS", [(leaving.end_signup, lambda _person: select(Shift.id).where(Shift.id == id))]
    )
    before = verbs_of("shift", "signup")
    leave(world.wu.id)
    assert verbs_of("shift", "signup") == before


def verbs_of(*subjects):
    db.session.rollback()
    return list(db.session.scalars(select(Line.verb).where(Line.subject.in_(subjects)).order_by(Line.id)))


def test_what_stands_in_the_way_of_one_keeps_no_other_here(world, monkeypatch):
    with work():
        world.applicant.end("不做了", by=world.lin)
    stuck, free = ask(world.wu), ask(world.zhou)

    def breaks(person):
        if person == world.wu.id:
            raise RuntimeError("a bug")

    monkeypatch.setattr(closing, "LEAVING", [*closing.LEAVING, breaks])
    later()
    assert (closure(stuck).state, closure(free).state) == (State.ASKED, State.DONE)
