"""The people of a partner: added by phone number, made managers, let go; somebody always speaks for it."""

from datetime import timedelta

import pytest
import time_machine

from kernel import clock
from kernel.work import work
from partners.member import Role
from tests.support.pages import HTMX, part


@pytest.fixture
def url(world):
    return f"/partners/{world.egret.id}/members"


@pytest.fixture
def wu(world):
    """吴阿姨, a member of 白鹭科技."""
    with work():
        world.egret.invite(world.wu.phone, by=world.zhao)
    return world.wu


def test_a_manager_adds_somebody_who_is_known_here(enter, world, url):
    answer = enter("partner").post(url, data={"phone": " 100-0000 0004"}, headers=HTMX)
    assert answer.status_code == 200
    assert "吴阿姨（示例）" in part(answer, "members")
    assert world.wu.phone not in answer.text
    assert world.egret.member(world.wu).role is Role.MEMBER
    assert part(answer, "members") == part(enter("partner").get(url), "members")


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [("13999999999", 409, "还没有在这里登记过"), ("10000000003", 409, "已经是"), ("123", 422, "请填 11 位手机号"),
     ("", 422, "这一项要填")],
)  # fmt: skip
def test_who_cannot_be_added_gets_a_sentence_beside_the_field(enter, url, typed, status, sentence):
    answer = enter("partner").post(url, data={"phone": typed}, headers=HTMX)
    assert answer.status_code == status
    assert sentence in part(answer, "members")
    assert 'id="phone-error"' in answer.text
    assert f'value="{typed}"' in answer.text


def test_nobody_learns_names_by_numbers_before_the_committee_has_verified(enter, world):
    answer = enter("volunteer2").post(f"/partners/{world.applicant.id}/members", data={"phone": world.wu.phone})
    assert answer.status_code == 409
    assert "核实通过后才能加成员" in answer.text
    assert "吴阿姨" not in answer.text


def test_the_new_member_is_told_and_may_leave(enter, world, wu):
    client = enter("volunteer")
    assert "我要离开" in client.get(f"/partners/{world.egret.id}").text
    answer = client.post(f"/partners/{world.egret.id}/departure", headers=HTMX)
    assert answer.status_code == 200
    assert "您已离开" in part(answer, "said")
    assert "我要离开" not in part(answer, "partner")
    assert client.post(f"/partners/{world.egret.id}/departure").status_code == 403


def test_a_member_becomes_a_manager_and_the_other_may_go(enter, world, url, wu):
    zhao = enter("partner")
    assert zhao.post(f"{url}/{wu.id}/management").status_code == 303
    assert world.egret.managers == [world.zhao, world.wu]
    answer = zhao.post(f"{url}/{world.zhao.id}/end")
    assert (answer.status_code, answer.location) == (303, "/partners/")
    assert world.egret.managers == [world.wu]


def test_the_last_manager_stays(enter, world, url, wu):
    answer = enter("partner").post(f"{url}/{world.zhao.id}/end", headers=HTMX)
    assert answer.status_code == 409
    assert "唯一的管理员" in part(answer, "said")
    assert world.egret.managers == [world.zhao]
    assert enter("partner").post(f"/partners/{world.egret.id}/departure").status_code == 409


def test_a_manager_lets_a_member_go_and_the_past_stays_known(enter, world, url, wu):
    zhao = enter("partner")
    answer = zhao.post(f"{url}/{wu.id}/end", headers=HTMX)
    assert "以前的成员 1 人" in part(answer, "members")
    assert zhao.post(f"{url}/{wu.id}/end").status_code == 409
    assert [member.until is None for member in world.egret.members] == [True, False]


def test_ids_of_other_people_are_not_found(enter, world, url):
    zhao = enter("partner")
    for verb in ("end", "management"):
        assert zhao.post(f"{url}/{world.sun.id}/{verb}").status_code == 404


@pytest.mark.parametrize(("name", "status"), [(None, 303), ("volunteer", 403), ("committee", 403)])
def test_only_managers_know_and_change_the_members(enter, world, url, wu, name, status):
    client = enter(name)
    assert client.get(url).status_code == status
    assert client.post(url, data={"phone": world.zhou.phone}).status_code == status
    assert client.post(f"{url}/{wu.id}/end").status_code == status
    assert client.post(f"{url}/{wu.id}/management").status_code == status


def test_whoever_left_may_come_back(world, wu):
    with work():
        world.egret.let_go(wu, by=wu)
        world.egret.invite(wu.phone, by=world.zhao)
    assert len(world.egret.members) == 3
    assert world.egret.member(wu).until is None


@pytest.mark.parametrize("typed", ["13999999999", "10000000005"], ids=["unknown", "known"])
def test_nobody_finds_out_by_trying_whose_numbers_are_known(enter, world, url, typed):
    zhao = enter("partner")
    for number in range(20):
        assert "还没有在这里登记过" in zhao.post(url, data={"phone": f"139000000{number:02}"}).text
    answer = zhao.post(url, data={"phone": typed}, headers=HTMX)
    assert answer.status_code == 409
    assert "加人的次数太多了，这个号码没有去查" in part(answer, "members")
    assert len(world.egret.living) == 1
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert enter("partner").post(url, data={"phone": world.zhou.phone}).status_code == 303


def test_what_one_manager_tried_keeps_no_other_from_adding(enter, world, wu, url):
    with work():
        world.egret.make_manager(wu, by=world.zhao)
    zhao = enter("partner")
    for number in range(21):
        zhao.post(url, data={"phone": f"139000000{number:02}"})
    assert enter("volunteer").post(url, data={"phone": world.zhou.phone}).status_code == 303
