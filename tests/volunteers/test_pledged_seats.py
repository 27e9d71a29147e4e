"""A pledge mans seats: an adopter keeps some, its members say yes themselves, the rest opens in time."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities.journal import Line
from communities.notice import Notice
from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.member import Role
from projects.adoption import Adoption
from tests.demo.checks import wrong_seats
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.manning import Manning, NamedAlready, NoMember, PledgeOver, SeatAnswered
from volunteers.pledged_seat import PledgedSeat
from volunteers.pledging import NotAtWork, NotOfThisProject, TooFewLeft
from volunteers.refusals import JoinFirst, ShiftCancelled, TimeClash
from volunteers.shift import Shift
from volunteers.signup import State
from volunteers.sweep import open_pledged_seats

MOST = 8  # statements


@pytest.fixture
def pledged(grown, world):
    """白鹭科技 adopted the project of `shift2` (three seats, a week ahead); wu and zhou are its members."""

    def build():
        lin, zhao = world.lin, world.zhao
        for person in (world.wu, world.zhou):
            world.egret.join(person, Role.MEMBER, by=zhao)
        world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="四个人", by=zhao)
        db.session.scalar(select(Adoption)).accept(by=lin)
        world.duty2.project = world.project
        week = clock.at(clock.today() + timedelta(days=7))
        world.shift2.starts_at, world.shift2.ends_at = week + timedelta(hours=9), week + timedelta(hours=11)
        return world

    return grown("pledged", build)


@pytest.fixture
def adoption(pledged):
    """The id of the adoption."""
    return db.session.scalar(select(Adoption.id))


def keep(world, count=1):
    """Keep seats in the shift."""
    return world.shift2.keep(db.session.scalar(select(Adoption)), count, by=world.zhao)


def seats():
    """The states of all kept seats."""
    return list(db.session.scalars(PledgedSeat.__table__.select().with_only_columns(PledgedSeat.state).order_by("id")))


def told(person, verb):
    mine = select(Notice.id).join(Notice.line).where(Notice.person_id == person.id, Line.verb == verb)
    return len(db.session.scalars(mine).all())


def before(shift, **span):
    """At a moment so long before it begins."""
    return time_machine.travel(shift.starts_at - timedelta(**span), tick=False)


def sweep():
    """Twice: the second finds nothing."""
    open_pledged_seats()
    lines = db.session.query(Line).count()
    open_pledged_seats()
    assert db.session.query(Line).count() == lines


def test_a_kept_seat_is_taken_and_a_members_yes_sits_on_it(pledged):
    with work():
        [seat] = keep(pledged)
        assert (pledged.shift2.taken, pledged.shift2.left) == (1, 2)
        seat.name(pledged.wu, by=pledged.zhao)
        assert told(pledged.wu, "seat.asked") == 1
        seat.accept(by=pledged.wu)
        assert pledged.shift2.signup_of(pledged.wu).state is State.CONFIRMED
        assert (seat.state, pledged.shift2.taken) == (Manning.MANNED, 1)
        assert told(pledged.zhao, "seat.manned") == 1
    assert wrong_seats() == []


def test_a_no_needs_no_reason_and_another_member_is_asked(pledged):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.decline(by=pledged.wu)
        assert (seat.state, seat.person, pledged.shift2.taken) == (Manning.NOBODY, None, 1)
        seat.name(pledged.zhou, by=pledged.zhao)
        seat.recall(by=pledged.zhao)
        assert told(pledged.zhou, "seat.recalled") == 1
        seat.give_back(by=pledged.zhao)
        assert (seat.state, pledged.shift2.taken) == (Manning.RETURNED, 0)


def test_the_others_wait_until_a_kept_seat_opens(pledged, world):
    with work():
        keep(pledged, 3)
        assert pledged.shift2.sign_up(pledged.zhou, by=pledged.zhou).state is State.WAITING
    with before(pledged.shift2, hours=48):
        sweep()
        assert pledged.shift2.signup_of(pledged.zhou).state is State.OFFERED
    assert seats() == [Manning.OPENED] * 3
    assert told(pledged.zhao, "seat.opened") == 3
    assert wrong_seats() == []


def test_a_moment_earlier_nothing_opens(pledged):
    with work():
        keep(pledged, 2)
    with before(pledged.shift2, hours=48, seconds=1):
        sweep()
    assert seats() == [Manning.NOBODY] * 2


def test_who_said_yes_stays_when_the_rest_opens(pledged):
    with work():
        first, _second = keep(pledged, 2)
        first.name(pledged.wu, by=pledged.zhao)
        first.accept(by=pledged.wu)
    with before(pledged.shift2, hours=40):
        sweep()
        assert (seats(), pledged.shift2.taken) == ([Manning.MANNED, Manning.OPENED], 1)


def test_who_leaves_in_time_leaves_the_seat_to_his_partner(pledged):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.accept(by=pledged.wu)
        pledged.shift2.withdraw(pledged.wu, by=pledged.wu)
        assert (seat.state, seat.person_id, pledged.shift2.taken) == (Manning.NOBODY, None, 1)
        assert told(pledged.zhao, "seat.left") == 1


def test_who_leaves_late_leaves_it_to_everybody(pledged):
    with work():
        seat, *_more = keep(pledged, 3)
        pledged.shift2.sign_up(pledged.zhou, by=pledged.zhou)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.accept(by=pledged.wu)
    with before(pledged.shift2, hours=30), work():
        pledged.shift2.withdraw(pledged.wu, by=pledged.wu)
        assert pledged.shift2.signup_of(pledged.zhou).state is State.OFFERED
    assert wrong_seats() == []


def test_who_had_a_seat_of_his_own_leaves_that_one_to_the_queue(pledged):
    with work():
        shift = pledged.shift2
        shift.sign_up(pledged.wu, by=pledged.wu)
        [seat, _more] = keep(pledged, 2)
        shift.sign_up(pledged.zhou, by=pledged.zhou)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.accept(by=pledged.wu)
        assert shift.signup_of(pledged.wu).state is State.CONFIRMED
        assert shift.signup_of(pledged.zhou).state is State.OFFERED
        assert shift.taken == 3
    assert wrong_seats() == []


def test_an_offer_of_the_queue_becomes_the_pledged_seat(pledged, world):
    with work():
        shift = pledged.shift2
        shift.resize(1, by=pledged.lin)
        shift.sign_up(pledged.zhou, by=pledged.zhou)
        shift.sign_up(pledged.wu, by=pledged.wu)
        shift.resize(2, by=pledged.lin)
        assert shift.signup_of(pledged.wu).state is State.OFFERED
        shift.resize(3, by=pledged.lin)
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.accept(by=pledged.wu)
        assert (shift.signup_of(pledged.wu).state, shift.taken) == (State.CONFIRMED, 2)
    assert wrong_seats() == []


def test_an_adoption_that_ended_keeps_no_seats(pledged):
    with work():
        [seat, _other] = keep(pledged, 2)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.accept(by=pledged.wu)
        db.session.scalar(select(Adoption)).leave("人手不够", by=pledged.zhao)
    sweep()
    assert (seats(), pledged.shift2.taken) == ([Manning.MANNED, Manning.RETURNED], 1)
    with work():
        pledged.shift2.withdraw(pledged.wu, by=pledged.wu)
    assert (seats(), pledged.shift2.taken) == ([Manning.OPENED, Manning.RETURNED], 0)


def test_a_shift_that_is_called_off_keeps_no_seats(pledged):
    with work():
        [first, _second] = keep(pledged, 2)
        first.name(pledged.wu, by=pledged.zhao)
        first.accept(by=pledged.wu)
        pledged.shift2.cancel("下雨", by=pledged.lin)
    assert (seats(), pledged.shift2.taken) == ([Manning.RETURNED] * 2, 0)


def test_what_cannot_be_kept_says_why(pledged):
    adoption = db.session.scalar(select(Adoption))
    with work():
        with pytest.raises(TooFewLeft, match="3"):
            pledged.shift2.keep(adoption, 4, by=pledged.zhao)
        with pytest.raises(NotOfThisProject):
            pledged.shift.keep(adoption, 1, by=pledged.zhao)
        with before(pledged.shift2, hours=48), pytest.raises(PledgeOver):
            pledged.shift2.keep(adoption, 1, by=pledged.zhao)
        adoption.leave("人手不够", by=pledged.zhao)
        with pytest.raises(NotAtWork, match="已退出"):
            pledged.shift2.keep(adoption, 1, by=pledged.zhao)
        pledged.shift2.cancel("下雨", by=pledged.lin)
        with pytest.raises(ShiftCancelled):
            pledged.shift2.keep(adoption, 1, by=pledged.zhao)
    assert (seats(), pledged.shift2.taken) == ([], 0)


def test_only_members_are_named_and_each_once(pledged):
    with work():
        first, second = keep(pledged, 2)
        with pytest.raises(NoMember, match="白鹭科技"):
            first.name(pledged.sun, by=pledged.zhao)
        first.name(pledged.wu, by=pledged.zhao)
        with pytest.raises(NamedAlready, match="吴阿姨"):
            second.name(pledged.wu, by=pledged.zhao)


def test_a_yes_passes_the_gates_of_any_sign_up(pledged):
    with work():
        first, second = keep(pledged, 2)
        pledged.shift.starts_at, pledged.shift.ends_at = pledged.shift2.starts_at, pledged.shift2.ends_at
        pledged.shift.sign_up(pledged.wu, by=pledged.wu)
        first.name(pledged.wu, by=pledged.zhao)
        with pytest.raises(TimeClash):
            first.accept(by=pledged.wu)
        pledged.egret.join(pledged.sun, Role.MEMBER, by=pledged.zhao)
        second.name(pledged.sun, by=pledged.zhao)
        with pytest.raises(JoinFirst):
            second.accept(by=pledged.sun)


def test_a_late_yes_is_too_late(pledged):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
        with before(pledged.shift2, hours=48):
            for answer in (seat.accept, seat.decline):
                with pytest.raises(PledgeOver):
                    answer(by=pledged.wu)


def test_who_said_yes_is_sent_away_by_nobody(pledged):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
        seat.accept(by=pledged.wu)
        for act in (seat.recall, seat.give_back, seat.decline):
            with pytest.raises(SeatAnswered, match="已答应"):
                act(by=pledged.zhao)


def of(adoption):
    """The page of an adopter's seats."""
    return f"/adoptions/{adoption}/seats"


def first_seat():
    return db.session.scalar(PledgedSeat.__table__.select().with_only_columns(PledgedSeat.id).limit(1))


def text(answer):
    return answer.get_data(as_text=True)


def test_the_way_of_a_seat_over_the_pages(enter, pledged, adoption):
    partner, wu = enter("partner"), enter("volunteer")
    assert "安排谁去" in text(partner.get(f"/adoptions/{adoption}"))
    kept = partner.post(of(adoption), data={"shift_id": pledged.shift2.id, "count": 2}, headers=HTMX)
    assert "还有 2 个名额没定谁去" in part(kept, "seats")
    assert part(kept, "seats") == part(partner.get(of(adoption)), "seats")
    seat = first_seat()
    named = partner.post(f"/seats/{seat}/person", data={"seat": seat, "person_id": pledged.wu.id}, headers=HTMX)
    assert "等本人答复" in part(named, "seats")
    assert "“白鹭科技（示例）”请您" in text(wu.get("/me"))
    page = part(wu.get(f"/shifts/{pledged.shift2.id}"), "signup")
    assert "其中 2 个名额由“白鹭科技（示例）”出人" in page
    assert "去不去都由您" in page
    yes = wu.post(f"/seats/{seat}/acceptance", headers=HTMX)
    assert part(yes, "signup") == part(wu.get(f"/shifts/{pledged.shift2.id}"), "signup")
    assert pledged.shift2.signup_of(pledged.wu).state is State.CONFIRMED
    assert "留了 2 个，1 人答应" in text(partner.get(of(adoption)))


def test_a_no_on_the_phone_and_a_seat_let_go_by_the_organiser(enter, pledged, adoption):
    with work():
        first, _second = keep(pledged, 2)
        first.name(pledged.wu, by=pledged.zhao)
    lin = enter("committee")
    roster = part(lin.get(f"/shifts/{pledged.shift2.id}"), "people")
    assert "电话里说去" in roster
    no = lin.post(f"/seats/{first.id}/refusal", data={"back": "people"}, headers=HTMX)
    assert part(no, "people") == part(lin.get(f"/shifts/{pledged.shift2.id}"), "people")
    lin.post(f"/seats/{first.id}/return", data={"back": "people"}, headers=HTMX)
    assert seats() == [Manning.RETURNED, Manning.NOBODY]


def test_who_says_no_on_my_page_comes_back_to_it(enter, pledged):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
    answer = enter("volunteer").post(f"/seats/{seat.id}/refusal", data={"back": "me"})
    assert (answer.status_code, answer.location) == (303, "/me")
    assert seats() == [Manning.NOBODY]


@pytest.mark.parametrize("who", [None, "volunteer2", "other-committee", "department"])
def test_nobody_else_keeps_names_or_answers(enter, pledged, adoption, who):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
    client = enter(who)
    assert client.get(of(adoption)).status_code in (303, 403)
    assert client.post(of(adoption), data={"shift_id": pledged.shift2.id, "count": 1}).status_code in (303, 403)
    for verb in ("person", "recall", "return", "acceptance", "refusal"):
        data = {"seat": seat.id, "person_id": pledged.zhou.id}
        assert client.post(f"/seats/{seat.id}/{verb}", data=data).status_code == 404
    assert client.get(f"/seats/{seat.id}").status_code == 404
    assert "吴阿姨" not in text(client.get(f"/shifts/{pledged.shift2.id}"))
    assert seats() == [Manning.ASKED]


def test_the_person_answers_and_the_adopter_does_not_answer_for_him(enter, pledged, adoption):
    with work():
        [seat] = keep(pledged)
        seat.name(pledged.wu, by=pledged.zhao)
    assert enter("partner").post(f"/seats/{seat.id}/acceptance").status_code == 403
    assert enter("volunteer").post(f"/seats/{seat.id}/return").status_code == 403
    assert enter("volunteer").get(f"/seats/{seat.id}").location == f"/shifts/{pledged.shift2.id}"
    assert enter("partner").get(f"/seats/{seat.id}").location == of(adoption)
    assert enter("committee").get(of(adoption)).status_code == 200


def test_a_name_that_is_no_members_is_refused_in_words(enter, pledged):
    with work():
        [seat] = keep(pledged)
    data = {"seat": seat.id, "person_id": pledged.sun.id}
    answer = enter("partner").post(f"/seats/{seat.id}/person", data=data, headers=HTMX)
    assert answer.status_code == 409
    assert "只能请“白鹭科技（示例）”的成员" in text(answer)


def test_what_nobody_is_named_for_waits_for_the_adopter(enter, pledged):
    with work():
        keep(pledged, 2)
    assert "留的名额还没定谁去" in text(enter("partner").get("/today"))
    assert "留的名额还没定谁去" not in text(enter("department").get("/today"))


def test_the_pages_ask_little_however_many_seats_there_are(enter, pledged, adoption):
    def asked(client, url):
        with counted() as said:
            assert client.get(url).status_code == 200
        return len(said)

    partner, wu = enter("partner"), enter("volunteer")
    with work():
        pledged.shift2.resize(40, by=pledged.lin)
        kept = keep(pledged, 20)
        kept[0].name(pledged.wu, by=pledged.zhao)
        kept[1].name(pledged.zhou, by=pledged.zhao)
    assert asked(partner, of(adoption)) <= MOST
    assert asked(wu, "/me") <= MOST
    assert asked(enter("committee"), f"/shifts/{pledged.shift2.id}") <= MOST
    assert db.session.get_one(Shift, pledged.shift2.id).taken == 20
