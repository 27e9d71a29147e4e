"""今天要办: what waits for me, soonest due first; the number in the navigation is the number of the lines."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine

from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.kind import Kind
from partners.partner import Partner
from tests.support.statements import counted

STAFF = ["committee", "grid", "department", "subdistrict", "district", "other-committee", "partner"]
WAITING = re.compile(r'<td><a class="button plain" href="([^"]+)"')
COUNT = re.compile(r'href="/today"[^>]*>.*?<b class="count"[^>]*>(\d+)</b>', re.DOTALL)
SAID = re.compile(r"(\d+) 件在等您")


@pytest.fixture
def busy(world):
    """An application and an adoption that both wait for the committee."""
    with work():
        part = world.project.parts[0]
        world.project.adopt(world.egret, part.id, 10, pledge="每周六上门", by=world.zhao)


def numbers(page):
    """(lines shown, said in the sentence, in the navigation)"""
    said, count = SAID.search(page), COUNT.search(page)
    return len(WAITING.findall(page)), int(said.group(1)) if said else 0, int(count.group(1)) if count else 0


@pytest.mark.parametrize("account", STAFF)
def test_the_number_is_that_of_the_lines(enter, busy, account):
    lines, said, count = numbers(enter(account).get("/today").text)
    assert lines == said
    assert count in (lines, 0)


def test_the_committee_is_told_what_waits_and_where_to_deal_with_it(enter, world, busy):
    committee = enter("committee")
    page = committee.get("/today").text
    assert numbers(page) == (4, 4, 4)  # and two shifts lack people
    assert "周师傅磨刀（示例）" in page
    assert "31小区老人家电义修" in page
    for url in WAITING.findall(page):
        assert committee.get(unescape(url), follow_redirects=True).status_code == 200


def test_the_neighbouring_committee_has_nothing_to_do_with_it(enter, busy):
    page = enter("other-committee").get("/today").text
    assert numbers(page) == (0, 0, 0)
    assert "没有人在等您" in page
    assert "都办完了" in page


def test_what_is_past_its_day_is_said_and_stands_first(enter, world, busy):
    with time_machine.travel(clock.now() + timedelta(days=9)):
        page = enter("committee").get("/today").text
    assert re.search(r"2 件在等您，其中 2 件已过期限", page)
    assert "badge none" in page


def test_ten_at_first_and_all_on_request(enter, world, busy):
    with work():
        for number in range(11):
            apply(world, number)
    committee = enter("committee")
    page = committee.get("/today").text
    assert numbers(page) == (10, 15, 15)
    assert "还有 5 件" in page
    assert len(WAITING.findall(committee.get("/today?all=1").text)) == 15


def apply(world, number):
    facts = {"about": "磨刀", "skills": "磨刀"}
    return Partner.apply(Kind.RESIDENT, f"第{number}家（示例）", world.community, by=world.zhou, **facts)


def test_it_is_for_those_who_serve(enter, world):
    assert enter().get("/today").location == "/sign-in?next=/today"
    assert enter("volunteer").get("/today").status_code == 403
    assert enter("volunteer2").get("/today").status_code == 403  # his partner is not verified yet


def test_it_costs_the_same_whatever_waits(enter, world, busy):
    committee = enter("committee")
    with counted() as few:
        committee.get("/today")
    with work():
        for number in range(8):
            apply(world, number)
    with counted() as many:
        committee.get("/today")
    assert len(many) <= len(few) + 1 <= 9


@pytest.mark.parametrize("name", ["lin", "zhao", "gao", "sun", "qian", "he"])
def test_what_is_kept_between_requests_depends_on_the_day_not_on_the_moment(world, name):
    person, said = getattr(world, name), []
    for hour in (9, 15):
        with time_machine.travel(clock.at(clock.today()) + timedelta(hours=hour), tick=False):
            for kept in (waiting.number, waiting.everything):
                waiting.queries.cache_clear()
                binds = kept.__wrapped__(*waiting.key(person)).compile(db.engine).binds.values()
                said.append([bind.value for bind in binds if bind.callable is None])
    assert said[:2] == said[2:]
    assert any(said)


def test_a_new_line_and_the_end_of_a_post_are_seen_at_once(world):
    before = waiting.count(world.lin)
    with work():
        Partner.apply(Kind.TEAM, "示例队", world.community, by=world.wu)
    assert waiting.count(world.lin) == before + 1
    with work():
        for post in world.lin.posts:
            post.end(by=world.gao)
    db.session.rollback()
    assert waiting.count(world.lin) == 0
