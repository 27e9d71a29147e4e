"""The queue of a committee: what waits, the oldest first, how many working days are left, who may look."""

from datetime import date, timedelta

import pytest
import time_machine

from kernel import clock
from kernel.work import work
from partners.kind import Kind
from partners.member import Role
from partners.partner import Partner
from partners.queue import Queue, What, days_left
from tests.support.pages import part


def names(person, **asked):
    return [line.partner.name for line in Queue(**asked).page(person)[0]]


@pytest.fixture
def waiting(world):
    """Beside 周师傅 a firm next door that asked five days ago, and a renewal."""
    with time_machine.travel(clock.now() - timedelta(days=9), tick=False), work():
        Partner.apply(Kind.FIRM, "邻家五金（示例）", world.other_community, by=world.wu)
    with work():
        world.egret.ask_renewal(by=world.zhao, name="白鹭智能（示例）")
    return world


def test_the_oldest_comes_first_and_offices_above_see_all_below(waiting):
    assert names(waiting.lin) == ["周师傅磨刀（示例）", "白鹭科技（示例）"]
    assert names(waiting.stranger_lin) == ["邻家五金（示例）"]
    for person in (waiting.he, waiting.gao):
        assert names(person) == ["邻家五金（示例）", "周师傅磨刀（示例）", "白鹭科技（示例）"]


def test_by_what_kind_place_and_lateness(waiting):
    assert names(waiting.he, what=What.RENEWAL) == ["白鹭科技（示例）"]
    assert names(waiting.he, what=What.APPLICATION, kind=Kind.FIRM) == ["邻家五金（示例）"]
    assert names(waiting.he, place=waiting.community) == ["周师傅磨刀（示例）", "白鹭科技（示例）"]
    assert names(waiting.he, late=True) == ["邻家五金（示例）"]
    assert names(waiting.lin, place=waiting.other_community) == []


def test_what_was_answered_waits_no_longer(waiting):
    with work():
        waiting.applicant.verify(by=waiting.lin)
        waiting.egret.renew(by=waiting.lin)
    assert names(waiting.lin) == []


def test_days_are_working_days_with_one_query_for_all(world):
    with time_machine.travel("2026-11-27T10:00:00+08:00"):  # a Friday
        left = days_left([date(2026, 11, 27), date(2026, 12, 1), date(2026, 11, 20), date(2026, 11, 29)])
    assert left == {
        date(2026, 11, 27): 0,
        date(2026, 12, 1): 2,
        date(2026, 11, 20): -5,
        date(2026, 11, 29): 0,
    }


def test_the_page_says_how_long_is_left_and_leads_to_the_answer(enter, waiting):
    page = enter("subdistrict").get("/partners/applications")
    rows = part(page, "rows")
    assert "个工作日" in rows
    assert "过了" in rows
    assert f"/partners/{waiting.applicant.id}" in rows
    page = enter("subdistrict").get("/partners/applications?late=1&kind=team").text
    assert "这样筛选没有在等的" in page


def test_the_list_goes_on_where_it_stopped(enter, world):
    with work():
        for number in range(40):
            Partner.apply(Kind.TEAM, f"示例队{number:02}", world.community, by=None)
    client, url, seen = enter("committee"), "/partners/applications?kind=team", []
    while url:
        page = client.get(url)
        seen += [row.split("<")[0] for row in part(page, "rows").split("<bdi>")[1:]]
        more = part(page, "rows-more")
        url = more.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in more else None
    assert seen == [f"示例队{number:02}" for number in range(40)]


@pytest.mark.parametrize(
    "query", ["kind=king", "what=nothing", "place=nowhere", "page=!!", "page=WzFd", "page=WyJ4IiwxXQ"]
)
def test_an_address_that_says_nothing_narrows_nothing(enter, waiting, query):
    assert enter("committee").get(f"/partners/applications?{query}").status_code == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [(None, 303), ("volunteer", 403), ("partner", 403), ("grid", 403), ("committee", 200), ("other-committee", 200),
     ("subdistrict", 200), ("district", 200)],
)  # fmt: skip
def test_only_who_decides_looks(enter, waiting, name, status):
    answer = enter(name).get("/partners/applications")
    assert answer.status_code == status
    assert ("周师傅磨刀" in answer.text) == (status == 200 and name != "other-committee")


def test_what_the_secretary_manages_himself_waits_for_the_office_above_too(waiting):
    from kernel import waiting as desk

    def subjects(person):
        return {line.subject for line in desk.lines(person) if line.desk.kind in ("partner.applied", "partner.renewal")}

    assert subjects(waiting.he) == set()
    with work():
        waiting.applicant.join(waiting.lin, Role.MANAGER, by=waiting.zhou)
        waiting.egret.join(waiting.lin, Role.MANAGER, by=waiting.zhao)
    assert subjects(waiting.he) == {"周师傅磨刀（示例）", "白鹭科技（示例）"}


def test_the_number_is_revealed_to_staff_elsewhere_and_noted(enter, world):
    from communities.journal import Line
    from kernel.db import db

    grid = enter("other-committee")
    page = grid.get(f"/partners/{world.egret.id}").text
    assert "100****0003" in page
    assert "看完整号码" in page
    answer = grid.post(f"/partners/{world.egret.id}/contact", headers={"HX-Request": "true"})
    assert "10000000003" in part(answer, "said")
    assert [
        line.by_id for line in db.session.scalars(Line.about(world.egret)) if line.verb == "partner.contact_seen"
    ] == [world.stranger_lin.id]
    assert "看完整号码" not in enter("volunteer").get(f"/partners/{world.egret.id}").text
    assert enter("volunteer").post(f"/partners/{world.egret.id}/contact").status_code == 403
    assert enter().post(f"/partners/{world.egret.id}/contact").status_code == 303
