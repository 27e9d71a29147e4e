"""Joining without script: find the home, then four fields; staff does it for whoever cannot."""

import pytest
from sqlalchemy import select

from communities.account import Account
from communities.person import Person
from kernel.db import db
from tests.support.pages import HTMX, part
from volunteers.volunteer import Volunteer

NEW = {"name": "郑姐", "phone": "100 9999 0000", "password": "一句好记的话真的", "is_adult": "y"}


def text(response):
    return response.get_data(as_text=True)


def joined(phone="10099990000"):
    return db.session.scalar(select(Person).where(Person.phone == phone))


def test_a_home_is_found_by_name_and_offered(enter, world):
    page = text(enter().get("/join?home_q=31小区 1号楼"))
    assert f'<option selected value="{world.building1.id}">东方社区 31小区 1号楼</option>' in page
    assert "没有找到" in text(enter().get("/join?home_q=没有这个小区"))


def test_a_notice_in_the_stairwell_names_the_home(enter, world):
    assert "东方社区 31小区 2号楼" in text(enter().get(f"/join?place={world.building2.code}"))


def test_joining_signs_in_at_once(enter, world):
    visitor = enter()
    answer = visitor.post("/join", data=NEW | {"home_id": world.building1.id})
    assert (answer.status_code, answer.location) == (303, "/"), text(answer)
    person = joined()
    assert (person.name, person.home, Volunteer.of(person).says_adult) == ("郑姐", world.building1, True)
    assert "郑姐" in text(visitor.get("/me/profile"))
    assert visitor.get("/join").location == "/"
    again = enter().post("/sign-in", data={"username": "10099990000", "password": NEW["password"]})
    assert again.status_code == 303


def test_a_minor_is_not_an_adult_by_silence(enter, world):
    given = {name: value for name, value in NEW.items() if name != "is_adult"}
    enter().post("/join", data=given | {"home_id": world.building1.id})
    assert Volunteer.of(joined()).says_adult is False


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "这一项要填"),
        ({"name": "长" * 41}, "最多 40 个字"),
        ({"phone": "12345"}, "请填 11 位手机号"),
        ({"password": "short"}, "密码至少要 8 位"),
        ({"home_id": ""}, "这一项要填"),
        ({"home_id": "abc"}, "请从列表里选一项"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(enter, world, wrong, sentence):
    answer = enter().post("/join?home_q=1号楼", data=NEW | {"home_id": world.building1.id} | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'id="{next(iter(wrong))}-error"' in text(answer)
    assert "郑姐" in text(answer) or "name" in wrong
    assert NEW["password"] not in text(answer)
    assert joined() is None


def test_a_known_phone_is_told_to_sign_in(enter, world):
    answer = enter().post("/join", data=NEW | {"home_id": world.building1.id, "phone": world.wu.phone})
    assert answer.status_code == 409
    assert "这个手机号已经登记过了，请直接登录" in text(answer)
    assert "郑姐" in text(answer)


def test_a_district_is_no_home(enter, world):
    answer = enter().post("/join", data=NEW | {"home_id": world.district.id})
    assert answer.status_code == 409
    assert "请在上面找到您住的楼再选" in text(answer)


def test_whoever_is_in_already_is_not_registered_anew(enter, world):
    assert enter("volunteer").post("/join", data=NEW | {"home_id": world.building1.id}).status_code == 409
    assert joined() is None


def test_somebody_with_an_account_joins_with_two_fields(enter, world):
    lin = enter("committee")
    assert "您已经有账号了" in text(lin.get("/join"))
    answer = lin.post("/me/volunteer", data={"home_id": world.building1.id, "is_adult": "y"})
    assert answer.status_code == 303
    assert Volunteer.of(world.lin).says_adult
    assert enter().post("/me/volunteer", data={"home_id": world.building1.id}).location == "/sign-in"


def test_staff_registers_a_neighbour_who_gets_a_card(enter, world):
    lin = enter("committee")
    given = {"name": "郑奶奶", "phone": "02988889999", "home_id": world.building2.id, "is_adult": "y"}
    assert lin.get(f"/volunteers/new?place={world.community.id}").status_code == 200
    answer = lin.post(f"/volunteers/?place={world.community.id}", data=given | {"capability_ids": world.haircut.id})
    assert answer.status_code == 303, text(answer)
    person = joined("02988889999")
    assert Volunteer.of(person).capabilities == [world.haircut]
    assert Account.named("02988889999").password_hash is None


def test_each_desk_registers_its_own_neighbours(enter, world):
    given = {"name": "郑奶奶", "phone": "02988889999", "home_id": world.building2.id}
    for stranger in ("volunteer", "other-committee"):
        client = enter(stranger)
        assert client.get(f"/volunteers/new?place={world.community.id}").status_code == 403
        assert client.post(f"/volunteers/?place={world.community.id}", data=given).status_code == 403
    elsewhere = enter("other-committee").post(f"/volunteers/?place={world.other_community.id}", data=given)
    assert elsewhere.status_code == 409
    assert "这栋楼不在咸东社区" in text(elsewhere)
    assert enter("grid").post(f"/volunteers/?place={world.grid.id}", data=given).status_code == 303


def test_a_profile_is_stored_and_the_answer_agrees_with_the_page(enter, world):
    wu = enter("volunteer")
    mine = {"called": "吴姨", "capability_ids": [world.haircut.id], "birth_date": "1959-05-01", "told_by": "phone"}
    answer = wu.post("/me/profile", data=mine, headers=HTMX)
    assert answer.status_code == 200, text(answer)
    assert part(answer, "profile") == part(wu.get("/me/profile"), "profile")
    assert (world.wu.called, world.wu.told_by.value, world.wu.home) == ("吴姨", "phone", world.building1)
    assert Volunteer.of(world.wu).capability_ids == {world.haircut.id}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"told_by": "mail"}, "请先填邮箱"),
        ({"email": "not an address"}, "邮箱好像不对"),
        ({"birth_date": "2999-01-01"}, "出生日期不对"),
        ({"birth_date": "yesterday"}, "这个日期看不懂"),
        ({"told_by": "pigeon"}, "请从列表里选一项"),
    ],
)
def test_a_wrong_profile_has_a_sentence(enter, world, wrong, sentence):
    answer = enter("volunteer").post("/me/profile", data={"called": "吴姨", "told_by": "inbox"} | wrong, headers=HTMX)
    assert answer.status_code in (409, 422)
    assert sentence in part(answer, "profile")
    assert "吴姨" in part(answer, "profile")
    assert world.wu.called != "吴姨"


def test_nobody_has_no_profile(enter, world):
    assert enter().get("/me/profile").location.startswith("/sign-in")
