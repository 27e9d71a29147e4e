"""One search over everything, as far as the reader may know of it."""

import re

import pytest

from kernel.work import work
from tests.support.statements import counted

HOSTILE = [
    "%",
    "_",
    "\\",
    "'",
    '"><script>alert(1)</script>',
    "\u202e",
    "x" * 5000,
    "一" * 500,
    "🚶",
    "a b c d e f g h i j k l m",
]
FOUND = re.compile(r'<li class="card"><p class="small muted">([^<]+)</p><h3><a href="([^"]+)"><bdi>([^<]*)')


def found(client, query, **more):
    page = client.get("/search", query_string={"q": query} | more)
    assert page.status_code == 200
    return FOUND.findall(page.text)


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [
        ("家电", "项目", "31小区老人家电义修"),
        ("东方", "地点", "东方社区"),
        ("白鹭", "合伙人", "白鹭科技（示例）"),
        ("巡查", "岗位", "联防巡查 · 巡查员"),
    ],
)
def test_two_characters_find_every_kind(enter, world, query, kind, name):
    visitor = enter()
    hits = [(label, url) for label, url, title in found(visitor, query) if title == name]
    assert hits
    assert kind in hits[0][0]
    assert visitor.get(hits[0][1]).status_code == 200


def test_one_kind_may_be_asked_for(enter, world):
    kinds = {label for label, _url, _name in found(enter(), "小区")}
    assert len(kinds) >= 2
    assert {label for label, _url, _name in found(enter(), "小区", kind="place")} == {"地点"}
    assert {label for label, _url, _name in found(enter(), "小区", kind="nothing")} == kinds


def test_what_is_a_draft_again_is_found_where_it_was_written_only(enter, world):
    with work():
        world.project.withdraw(by=world.lin)
    assert found(enter("committee"), "家电义修")
    for account in (None, "volunteer", "partner", "other-committee"):
        assert found(enter(account), "家电义修") == []


def test_people_are_not_found(enter, world):
    for account in (None, "volunteer", "committee"):
        assert found(enter(account), "吴阿姨") == []
        assert found(enter(account), world.wu.phone) == []


def test_nothing_found_says_what_to_try(enter, world):
    assert "没有找到。换个短一点的词试试" in enter().get("/search?q=没有的东西").text


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_breaks_the_page(enter, world, query):
    page = enter().get("/search", query_string={"q": query, "kind": query}).text
    assert "<script>alert" not in page


def test_a_search_costs_few_statements(enter, world):
    wu = enter("volunteer")
    with counted() as said:
        wu.get("/search?q=小区")
    assert len(said) <= 12
