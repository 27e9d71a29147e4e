"""A holder names who takes his place over: that person says yes, the committee says yes, both serve for some days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db, seen
from kernel.work import Refusal, work
from partners.member import Role as MemberRole
from tests.support.pages import HTMX, part
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.placing import claim
from volunteers.assignments.reasons import NobodyToCallOff, NotInThisState
from volunteers.assignments.state import Role, Standing, State
from volunteers.assignments.succession import call_off_successor, hand_over
from volunteers.assignments.terms import OVERLAP_DAYS
from volunteers.web.assignments.successor import CannotFollow, NobodyChosen, NobodyRegistered, TooManyNumbers


@pytest.fixture
def held(world):
    """周师傅 is the steward of building 1."""
    with work():
        row = claim(world.building1, Role.LEAD, by=world.zhou)
        row.approve(by=world.lin)
    return row.id


def row_of(person):
    db.session.rollback()
    mine = select(Assignment).where(Assignment.person_id == person.id).order_by(Assignment.id.desc())
    return db.session.scalars(seen(mine.limit(1))).first()


def propose(client, held, **data):
    return client.post(f"/assignments/{held}/successor", data=data)


def told(verb):
    rows = select(Notice.person_id).join(Notice.line).where(Line.verb == verb)
    return set(db.session.scalars(seen(rows)))


def test_from_the_proposal_to_the_end_of_the_overlap(enter, world, held):
    zhou, wu, committee = enter("volunteer2"), enter("volunteer"), enter("committee")
    assert "请一位接任" in zhou.get(f"/assignments/{held}").text
    assert propose(zhou, held, phone=world.wu.phone).status_code == 303
    row = row_of(world.wu)
    assert (row.state, row.standing, row.approved_by_id) == (State.INVITED, Standing.SUCCESSOR, None)
    assert told("assignment.proposed") == {world.wu.id}
    assert "等他本人答复" in zhou.get(f"/assignments/{held}").text
    assert wu.post(f"/assignments/{row.id}/acceptance").status_code == 303
    assert row_of(world.wu).state is State.APPLIED
    assert "等社区答复" in zhou.get(f"/assignments/{held}").text
    assert "有人想照看楼栋" in committee.get("/today").text
    assert committee.post(f"/assignments/{row.id}/approval").status_code == 303
    assert row_of(world.wu).state is State.SERVING
    last = clock.today() + timedelta(days=OVERLAP_DAYS)
    assert row_of(world.zhou).until == last
    assert "你们一起带几天" in zhou.get(f"/assignments/{held}").text
    with work():
        db.session.get_one(Assignment, held).end(by=None)
    assert row_of(world.wu).standing is Standing.HOLDER


@pytest.mark.parametrize(
    ("name", "status"), [("volunteer2", 303), ("committee", 403), ("volunteer", 404), ("other-committee", 404)]
)
def test_only_the_holder_names_his_successor_here(enter, world, held, name, status):
    assert propose(enter(name), held, phone=world.wu.phone).status_code == status
    assert (row_of(world.wu) is not None) == (status == 303)


def test_nobody_signed_in_is_asked_to_sign_in(enter, world, held):
    assert propose(enter(), held, phone=world.wu.phone).status_code == 404
    assert row_of(world.wu) is None


def test_the_no_of_the_one_who_was_asked_is_told_to_the_holder(enter, world, held):
    propose(enter("volunteer2"), held, phone=world.wu.phone)
    row = row_of(world.wu)
    assert enter("volunteer").post(f"/assignments/{row.id}/refusal").status_code == 303
    assert told("assignment.refused") == {world.zhou.id}
    assert row_of(world.zhou).until is None or row_of(world.zhou).is_serving
    assert propose(enter("volunteer2"), held, phone=world.zhao.phone).status_code == 303


def test_the_holder_may_call_it_off_until_it_begins(enter, world, held):
    zhou = enter("volunteer2")
    propose(zhou, held, phone=world.wu.phone)
    assert zhou.post(f"/assignments/{held}/successor-withdrawal").status_code == 303
    assert row_of(world.wu).state is State.WITHDRAWN
    assert zhou.post(f"/assignments/{held}/successor-withdrawal").status_code == 409
    assert enter("committee").post(f"/assignments/{held}/successor-withdrawal").status_code == 403


def test_whom_the_community_asked_is_not_called_off_by_the_holder(world, held):
    with work():
        hand_over(db.session.get_one(Assignment, held), world.wu, by=world.lin)
    with pytest.raises(NobodyToCallOff), work():
        call_off_successor(db.session.get_one(Assignment, held), by=world.zhou)


def test_whoever_is_to_take_over_names_nobody_himself(world, held):
    with work():
        row = hand_over(db.session.get_one(Assignment, held), world.wu, by=world.lin)
        row.accept(by=world.wu)
    with pytest.raises(NotInThisState), work():
        hand_over(row, world.zhao, by=world.wu)


@pytest.mark.parametrize(
    ("phone", "says"),
    [("", "请写接任的人的手机号"), ("10099999999", "还没有登记过"), ("own", "请选另一位志愿者"), ("lin", "现在接不了")],
)
def test_what_cannot_be_says_why_and_keeps_what_was_typed(enter, world, held, phone, says):
    phone = {"own": world.zhou.phone, "lin": world.lin.phone}.get(phone, phone)
    answer = propose(enter("volunteer2"), held, phone=phone)
    assert answer.status_code == 409
    assert says in answer.text
    assert f'value="{phone}"' in answer.text or not phone


def test_why_somebody_cannot_is_not_told_to_a_neighbour(enter, world, held):
    with work():
        claim(world.building1, Role.HELPER, by=world.wu)
    text = propose(enter("volunteer2"), held, phone=world.wu.phone).text
    assert "现在接不了" in text
    assert "只占一个位置" not in text


def test_a_second_one_waits_until_the_first_has_answered(enter, world, held):
    zhou = enter("volunteer2")
    propose(zhou, held, phone=world.wu.phone)
    answer = propose(zhou, held, phone=world.zhao.phone)
    assert answer.status_code == 409
    assert "已经请了人接任" in answer.text


def test_after_ten_numbers_an_hour_no_more_are_looked_up(enter, world, held):
    zhou = enter("volunteer2")
    for number in range(10):
        propose(zhou, held, phone=f"1009999{number:04}")
    answer = propose(zhou, held, phone=world.wu.phone)
    assert answer.status_code == 409
    assert "这个号码没有去查" in answer.text
    assert row_of(world.wu) is None


def test_out_of_his_team_by_name(enter, world, held):
    with work():
        world.team.join(world.zhou, MemberRole.MANAGER, by=world.lin)
        db.session.get_one(Assignment, held).partner_id = world.team.id
    zhou = enter("volunteer2")
    page = zhou.get(f"/assignments/{held}").text
    assert "从队里选一位" in page
    member = next(one for one in world.team.living if one.person_id == world.wu.id)
    assert propose(zhou, held, member=member.id, phone="").status_code == 303
    assert row_of(world.wu).partner_id == world.team.id


def test_the_answer_is_the_block_of_the_page(enter, world, held):
    zhou = enter("volunteer2")
    answer = zhou.post(f"/assignments/{held}/successor", data={"phone": world.wu.phone}, headers=HTMX)
    assert part(answer, "assignment") == part(zhou.get(f"/assignments/{held}"), "assignment")


def test_every_refusal_has_a_sentence():
    for kind in (NobodyChosen, NobodyRegistered, TooManyNumbers, CannotFollow, NobodyToCallOff):
        assert issubclass(kind, Refusal)
        assert str(kind()).endswith("。")
