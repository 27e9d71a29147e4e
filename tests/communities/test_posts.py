"""岗位与交接: who sees, gives, ends and hands over posts; what waits goes along; rights end at once."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities.channel import Channel
from communities.journal import Line
from communities.notice import tell_of
from communities.person import Person
from communities.post import AlreadyServes, HigherOffice, Office, Post, WrongPlace, outranks
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work


def post_of(person):
    return db.session.scalar(select(Post).where(Post.person_id == person.id).order_by(Post.id.desc()))


def hand_over(client, post, to="volunteer", remark="钥匙在传达室"):
    return client.post(f"/posts/{post.id}/hand-over", data={"person": to, "remark": remark})


@pytest.mark.parametrize(("name", "seen"), [("committee", True), ("subdistrict", True), ("other-committee", False)])
def test_staff_see_who_serves_at_their_places(enter, name, seen):
    assert ("孙网格员" in enter(name).get("/posts/").get_data(as_text=True)) is seen


@pytest.mark.parametrize(("name", "status"), [("volunteer", 403), (None, 303)])
def test_others_do_not(enter, name, status):
    assert enter(name).get("/posts/").status_code == status


@pytest.mark.parametrize(
    ("name", "status"),
    [("grid", 303), ("committee", 303), ("subdistrict", 303), ("other-committee", 404), ("volunteer", 404)],
)
def test_the_holder_and_whoever_is_above_hand_a_post_over(world, enter, name, status):
    assert hand_over(enter(name), post_of(world.sun)).status_code == status
    assert bool(world.wu.posts) is (status == 303)


def test_a_colleague_of_the_same_rank_does_not_hand_over(world, enter):
    with work():
        Post.give(world.zhou, Office.COMMITTEE, world.community, by=world.he)
    assert hand_over(enter("committee"), post_of(world.zhou)).status_code == 403


def test_what_waits_goes_along_and_the_right_is_gone_at_once(world, enter):
    with work():
        world.zhao.told_by = Channel.PHONE
        tell_of(db.session.scalar(select(Line)), [world.zhao])
    wu, sun = enter("volunteer"), enter("grid")
    mine = waiting.count(world.sun)
    assert mine == 1
    assert waiting.count(world.wu) == 0
    assert hand_over(sun, post_of(world.sun)).status_code == 303
    assert waiting.count(world.wu) == mine
    assert waiting.count(world.sun) == 0
    assert wu.get("/calls/").status_code == 200
    assert sun.get("/calls/").status_code == 403
    old = db.session.scalar(select(Post).where(Post.person_id == world.sun.id))
    assert (old.until, old.handed_over) == (clock.today() - timedelta(days=1), "钥匙在传达室")
    assert post_of(world.wu).since == clock.today()


def test_the_remark_is_shown_with_the_record(world, enter):
    sun = enter("grid")
    post = post_of(world.sun)
    hand_over(sun, post, remark="<b>钥匙</b>")
    page = enter("committee").get(f"/posts/{post.id}").get_data(as_text=True)
    assert "&lt;b&gt;钥匙&lt;/b&gt;" in page
    assert "的工作交接给吴阿姨" in page


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("grid", "交接要交给另一位同事"),
        ("other-committee", "没有找到这个人"),
        ("district", "没有找到这个人"),
        ("nobody-at-all", "没有找到这个人"),
    ],
)
def test_a_successor_is_another_person_who_lives_or_serves_here(world, enter, to, sentence):
    answer = hand_over(enter("grid"), post_of(world.sun), to=to)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert sentence in page
    assert "钥匙在传达室" in page


def test_a_post_is_handed_over_once(world, enter):
    committee, post = enter("committee"), post_of(world.sun)
    hand_over(committee, post)
    answer = hand_over(committee, post, to="volunteer2")
    assert answer.status_code == 409
    assert "已经结束了" in answer.get_data(as_text=True)


def test_a_post_counts_on_its_days_and_not_on_those_of_the_servers_start(world, site):
    with time_machine.travel(clock.now() + timedelta(days=3)):
        with work():
            post_of(world.sun).end(by=world.lin)
        assert world.sun.posts == []
    with work():
        post = Post.give(
            world.wu, Office.GRID_WORKER, world.grid, by=world.lin, since=clock.today() + timedelta(days=2)
        )
    assert world.wu.posts == []
    with time_machine.travel(clock.now() + timedelta(days=2)):
        assert db.session.get_one(Person, world.wu.id, populate_existing=True).posts == [post]


def give(client, **data):
    said = {"person": "volunteer", "office": "grid", "place": "第一网格", "since": ""} | data
    return client.post("/posts/", data=said)


def test_the_committee_gives_a_post(world, enter):
    answer = give(enter("committee"), since="2026-01-01")
    assert answer.status_code == 303
    assert post_of(world.wu).since == date(2026, 1, 1)
    assert "请吴阿姨" in enter("volunteer").get("/notices/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "status", "sentence"),
    [
        ({"office": "committee", "place": "东方社区"}, 409, "要由上一级来安排"),
        ({"office": "committee", "place": "咸东社区"}, 409, "没有找到这一个地方"),
        ({"office": "cadre"}, 409, "不设在基础网格这一级"),
        ({"office": "emperor"}, 422, "请从列表里选一项"),
        ({"person": "other-committee"}, 409, "没有找到这个人"),
        ({"person": "grid"}, 409, "已经在这个岗位上了"),
        ({"since": "morgen"}, 422, "这个日期看不懂"),
    ],
)
def test_a_post_that_cannot_be_given_says_why_and_keeps_what_was_typed(enter, data, status, sentence):
    answer = give(enter("committee"), **data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert sentence in page
    assert f'value="{data.get("place", "第一网格")}"' in page


@pytest.mark.parametrize(("name", "status"), [("grid", 403), ("volunteer", 403), (None, 303)])
def test_only_deciders_give_posts(enter, name, status):
    assert enter(name).get("/posts/new").status_code == status
    assert give(enter(name)).status_code == status


@pytest.mark.parametrize(("name", "status"), [("committee", 303), ("grid", 403), ("other-committee", 404)])
def test_whoever_is_above_ends_a_post(world, enter, name, status):
    assert enter(name).post(f"/posts/{post_of(world.sun).id}/end").status_code == status


def test_authority_flows_down_and_never_sideways(world):
    assert outranks(world.gao, Office.DISTRICT_OFFICE, world.district)
    assert outranks(world.he, Office.COMMITTEE, world.other_community)
    assert not outranks(world.he, Office.SUBDISTRICT_OFFICE, world.subdistrict)
    assert not outranks(world.lin, Office.GRID_WORKER, world.other_community)
    assert not outranks(world.sun, Office.GRID_WORKER, world.grid)


def test_the_verb_refuses_by_itself(world):
    with work():
        for office, place, refusal in (
            (Office.COMMITTEE, world.community, HigherOffice),
            (Office.COMMITTEE, world.grid, WrongPlace),
        ):
            with pytest.raises(refusal):
                Post.give(world.wu, office, place, by=world.lin)
        with pytest.raises(AlreadyServes):
            Post.give(world.sun, Office.GRID_WORKER, world.grid, by=world.lin)


@pytest.mark.parametrize(
    ("name", "status"), [("committee", 200), ("subdistrict", 200), ("grid", 403), ("other-committee", 404)]
)
def test_a_first_use_code_is_printed_from_above(world, enter, name, status):
    assert enter(name).post(f"/posts/{post_of(world.sun).id}/codes").status_code == status


def test_nobody_gets_into_an_account_by_giving_it_a_post(world, enter):
    with work():
        world.wu.home_id = world.other_community.id
        Post.give(world.wu, Office.GRID_WORKER, world.grid, by=None)
        Post.give(world.sun, Office.COMMITTEE, world.other_community, by=None)
    committee = enter("committee")
    assert committee.post(f"/posts/{post_of(world.wu).id}/codes").status_code == 403
    mine = db.session.scalar(select(Post).where(Post.person_id == world.sun.id, Post.place_id == world.grid.id))
    assert committee.post(f"/posts/{mine.id}/codes").status_code == 403
