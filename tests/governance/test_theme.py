"""Themes: alike needs across grids become one matter that is told together."""

from types import SimpleNamespace

import pytest

from communities.journal import Line
from communities.place import Kind
from governance.groups import groups
from governance.need_state import Privacy
from governance.theme import Elsewhere, NothingToTell, Theme, TooFew, suggested
from kernel import slots
from kernel.db import db
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted

from .conftest import say

NOISE = ("食堂排风机太吵，晚上睡不着", "食堂的排风机响到半夜，太吵", "食堂排风机噪音大，吵得睡不着")


def row(category_id, said):
    return SimpleNamespace(category_id=category_id, said=said)


def test_three_alike_of_one_category_are_a_group():
    noise = [row(1, words) for words in NOISE]
    assert groups([*noise, row(1, "水管漏水")]) == [noise]
    assert groups([*noise[:2], row(2, NOISE[2])]) == []
    assert groups([]) == []


@pytest.fixture
def noise(world):
    """Two visits and a call in two grids: 17 households."""
    with work():
        grid = world.community.add(Kind.GRID, "610102004003-G2", "第二网格")
        there = grid.add(Kind.COMPOUND, "610102004003-G2-Y1", "2小区")
        places, numbers = (world.building1, world.building2, there), (9, 7, 1)
        found = []
        for n, (words, place, households) in enumerate(zip(NOISE, places, numbers, strict=True)):
            need = say(world, words, place=place, token=str(n), households=households, requester=world.wu)
            need.verify(world.care, privacy=Privacy.HANDLERS, by=world.lin)
            found.append(need)
    return found


@pytest.fixture
def theme(world, noise):
    """The noise of the canteen."""
    with work():
        return Theme.gather(world.community, "食堂排风噪音", noise, by=world.lin)


def test_what_is_alike_is_suggested_until_it_is_gathered(world, noise):
    [group] = suggested(world.lin, world.community)
    assert set(group) == set(noise)
    assert suggested(world.stranger_lin, world.other_community) == []
    with work():
        Theme.gather(world.community, "食堂排风噪音", noise, by=world.lin)
    assert suggested(world.lin, world.community) == []


def test_it_counts_households_and_tells_all_together_once(world, theme):
    assert theme.households == 17
    with work():
        theme.report("派出所和城管周三去看。", by=world.lin)
    [line] = [line for line in db.session.scalars(Line.about(theme)) if line.verb == "theme.reported"]
    assert [notice.person_id for notice in line.notices] == [world.wu.id]
    with pytest.raises(NothingToTell), work():
        theme.report(" ", by=world.lin)


def test_a_need_is_in_one_theme_of_its_own_place(world, theme, noise):
    with pytest.raises(Elsewhere), work():
        Theme.gather(world.community, "又一个", noise, by=world.lin)
    with pytest.raises(Elsewhere), work():
        Theme.gather(world.other_community, "别处", noise, by=world.lin)
    with pytest.raises(TooFew), work():
        Theme.gather(world.community, "一件", noise[:1], by=world.lin)
    with work():
        theme.drop(noise[2], by=world.lin)
    assert (theme.households, noise[2].theme) == (16, None)
    with pytest.raises(Elsewhere), work():
        theme.drop(noise[2], by=world.lin)
    with work():
        theme.add(noise[2], by=world.lin)
    assert theme.households == 17


def test_on_the_screen(enter, world, noise):
    committee = enter("committee")
    assert "这些像是同一件事" in committee.get("/themes/").text
    data = {"area": world.community.id, "title": "食堂排风噪音", "needs": [need.id for need in noise]}
    for name in ("other-committee", "volunteer"):
        assert enter(name).post("/themes/", data=data).status_code == 403
    answer = committee.post("/themes/", data=data | {"title": "噪" * 121, "needs": data["needs"][:2]})
    assert answer.status_code == 422
    assert "噪" * 121 in answer.text
    assert answer.text.count(" checked") == 2
    answer = committee.post("/themes/", data=data | {"needs": data["needs"][:1]})
    assert answer.status_code == 409
    assert "专题至少要两件需求，请再勾一件。" in answer.text
    answer = committee.post("/themes/", data=data)
    assert answer.status_code == 303
    page = answer.location
    assert "3 件，17 户，2 个网格" in committee.get(page).text
    answer = committee.post(f"{page}/needs/removal", data={"need": noise[2].id}, headers=HTMX)
    assert part(answer, "theme") == part(committee.get(page), "theme")
    assert committee.post(f"{page}/needs", data={"need": noise[2].id}).status_code == 303
    assert committee.post(f"{page}/news", data={"news": "周三去看。"}).status_code == 303
    assert "周三去看。" in enter().get("/needs/followed/0").text
    assert "食堂排风噪音" in committee.get(f"/needs/{noise[0].id}").text
    for name in ("other-committee", "volunteer", "partner"):
        assert enter(name).get(page).status_code == 404


def test_whoever_is_asked_for_one_sees_just_that_one(enter, world, theme, noise):
    with work():
        noise[0].route_on(partner=world.department, reason="噪音归城管", by=world.lin)
    page = enter("department").get(f"/themes/{theme.id}").text
    assert noise[0].excerpt in page
    assert noise[1].excerpt not in page


def test_later_packages_add_to_its_page(enter, theme, monkeypatch):
    monkeypatch.setitem(slots.FILLED, "theme.below", [lambda theme: f"<p>{theme.id} 号专题</p>"])
    assert f"<p>{theme.id} 号专题</p>" in enter("committee").get(f"/themes/{theme.id}").text


@pytest.mark.parametrize("name", ["committee", "grid", "subdistrict"])
def test_eight_statements(enter, world, theme, name):
    client, many = enter(name), {}
    for page in ("/themes/", f"/themes/{theme.id}"):
        client.get(page)
        with counted() as said:
            client.get(page)
        if len(said) > 8 + (page != "/themes/"):  # one more for the projects that answer it
            many[page] = said
    assert many == {}
