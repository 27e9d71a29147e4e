"""A minor who joined alone: what he is told, how the desk notes the guardian's yes, and what happens when it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from communities.consent import Consent
from communities.person import Person
from communities.purpose import Purpose
from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted
from volunteers.signup import State
from volunteers.volunteer import Volunteer

CHILD = {"name": "小周", "phone": "10055556666", "password": "一句好记的话真的"}
YES = {"guardian": "周妈妈", "way": "phone"}


@pytest.fixture
def child(enter, world):
    """A browser in which a pupil has just joined alone, without the tick “18”."""
    visitor = enter()
    assert visitor.post("/join", data=CHILD | {"home_id": world.building1.id}).status_code == 303
    return visitor


def row() -> Volunteer:
    """The pupil."""
    joined = select(Volunteer).join(Volunteer.person).where(Person.phone == CHILD["phone"])
    return db.session.scalar(seen(joined))


def address() -> str:
    return f"/volunteers/{row().id}/guardian"


def today() -> str:
    return clock.today().isoformat()


def note(client, **more):
    return client.post(address(), data=YES | {"since": today()} | more, headers=HTMX)


def test_the_refusal_says_what_can_be_done(child, world):
    answer = child.post(f"/shifts/{world.shift.id}/signups", headers=HTMX)
    assert answer.status_code == 409
    assert "请家长到社区前台签个字，或给社区打个电话" in answer.text


def test_the_desk_notes_a_call_and_the_minor_signs_up(child, world, enter):
    lin = enter("committee")
    people = lin.get("/people/?q=小周").text
    assert "未满 18 岁，还没有监护人同意" in people
    assert address() in people
    page = lin.get(address())
    assert "请把下面这段话念给监护人听" in page.text
    answer = note(lin)
    assert answer.status_code == 200, answer.text
    assert part(answer, "consent") == part(lin.get(address()), "consent")
    assert "周妈妈" in part(answer, "consent")
    assert "未满 18 岁，监护人已同意" in lin.get("/people/?q=小周").text
    assert child.post(f"/shifts/{world.shift.id}/signups").status_code == 303
    assert world.shift.signup_of(row().person).state is State.CONFIRMED
    assert "记下了小周的同意：未成年人参加志愿服务" in child.get("/notices/").text
    assert "监护人：<bdi>周妈妈</bdi>" in part(child.get("/me/account"), "consents")


def test_a_consent_for_some_time_opens_what_lies_in_it(child, world, enter):
    day = clock.local(world.shift.starts_at).date()
    assert note(enter("committee"), until=(day - timedelta(days=1)).isoformat()).status_code == 200
    assert child.post(f"/shifts/{world.shift.id}/signups").status_code == 409
    lin = enter("committee")
    assert lin.post(f"{address()}/withdrawal").status_code == 303
    assert note(lin, until=day.isoformat()).status_code == 200
    assert child.post(f"/shifts/{world.shift.id}/signups").status_code == 303


def test_when_the_guardian_takes_it_back_the_seat_goes_to_the_next(child, world, enter):
    lin = enter("committee")
    note(lin)
    child.post(f"/shifts/{world.shift.id}/signups")
    enter("volunteer").post(f"/shifts/{world.shift.id}/signups")
    answer = lin.post(f"{address()}/withdrawal", headers=HTMX)
    assert "监护人收回了同意" in answer.text
    assert "已收回" in part(answer, "consent")
    assert world.shift.signup_of(row().person).state is State.WITHDRAWN
    assert world.shift.signup_of(world.wu).state is State.OFFERED
    assert child.post(f"/shifts/{world.shift.id}/signups").status_code == 409
    assert lin.post(f"{address()}/withdrawal", headers=HTMX).status_code == 409


def test_the_minor_himself_may_take_it_back(child, world, enter):
    note(enter("grid"))
    child.post(f"/shifts/{world.shift2.id}/signups")
    consent = db.session.scalar(Consent.of(row().person))
    assert child.post(f"/consents/{consent.id}/withdrawal").status_code == 303
    assert world.shift2.signup_of(row().person).state is State.WITHDRAWN
    assert world.shift2.taken == 0


def test_what_lies_behind_the_eighteenth_birthday_stays(child, world, enter):
    day = clock.local(world.shift.starts_at).date()
    with work():
        row().birth_date = eighteen_years_before(day)
    lin = enter("committee")
    assert note(lin).status_code == 200
    assert child.post(f"/shifts/{world.shift.id}/signups").status_code == 303
    assert lin.post(f"{address()}/withdrawal").status_code == 303
    assert world.shift.signup_of(row().person).state is State.CONFIRMED


def eighteen_years_before(day):
    try:
        return day.replace(year=day.year - 18)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 18, day=28)


@pytest.mark.parametrize(
    ("wrong", "status", "sentence"),
    [
        ({"guardian": " "}, 422, "这一项要填"),
        ({"guardian": "长" * 41}, 422, "最多 40 个字"),
        ({"way": "screen"}, 422, "请从列表里选一项"),
        ({"since": "2999-01-01"}, 409, "不能在今天以后"),
        ({"since": "2020-01-02", "until": "2020-01-01"}, 409, "截止的日子不能比它早"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(child, enter, wrong, status, sentence):
    answer = note(enter("committee"), **wrong)
    assert answer.status_code == status
    assert sentence in part(answer, "consent")
    assert db.session.scalar(Consent.of(row().person)) is None


def test_twice_is_once(child, enter):
    one, other = enter("committee"), enter("grid")
    assert note(one).status_code == 200
    assert note(other).status_code == 409
    assert len(db.session.scalars(Consent.of(row().person)).all()) == 1


@pytest.mark.parametrize(
    ("name", "status"), [("committee", 200), ("grid", 200), ("subdistrict", 200), ("other-committee", 404)]
)
def test_the_desk_of_the_home_notes_it_and_no_other(child, enter, name, status):
    client = enter(name)
    assert client.get(address()).status_code == status
    assert note(client).status_code == status


def test_nobody_agrees_for_himself_or_a_neighbour(child, enter):
    assert child.get(address()).status_code == 403
    assert note(child).status_code == 403
    assert note(enter("volunteer")).status_code == 404
    assert note(enter()).status_code in (204, 404)
    assert db.session.scalar(Consent.of(row().person)) is None


def test_adults_need_none(world, enter):
    wu = Volunteer.of(world.wu)
    url, lin = f"/volunteers/{wu.id}/guardian", enter("committee")
    assert "已满 18 周岁" in lin.get(url).text
    assert lin.post(url, data=YES | {"since": today()}).status_code == 409
    assert "未满 18 岁" not in lin.get("/people/").text


def test_staff_registers_a_minor_whose_guardian_signed(world, enter):
    lin, given = enter("committee"), {"name": "小郑", "phone": "10077778888", "home_id": world.building2.id}
    url = f"/volunteers/?place={world.community.id}"
    both = lin.post(url, data=given | {"guardian": "郑爸爸", "is_adult": "y"})
    assert both.status_code == 422
    assert "已满 18 周岁不用监护人同意" in both.text
    assert lin.post(url, data=given | {"guardian": "郑爸爸"}).status_code == 303
    person = db.session.scalar(seen(select(Person).where(Person.phone == "10077778888")))
    held = Consent.held(person, Purpose.GUARDIAN)
    assert (held.guardian, held.way.value, held.asked_by) == ("郑爸爸", "signed", world.lin)
    assert world.shift.refusals_for(person) == []


def test_the_list_of_people_asks_once_for_all_minors(child, world, enter):
    lin = enter("committee")
    with counted() as said:
        lin.get("/people/")
    assert sum("JOIN consent" in statement for statement in said) == 1
