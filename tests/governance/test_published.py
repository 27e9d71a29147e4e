"""公开事由: everybody reads the matter, the category, the compound, the day and how far it is; and nothing else."""

import pytest
import time_machine

from governance.need_state import Privacy, Source, State
from governance.published import PAGE, Published
from governance.recheck import Way
from kernel import clock
from kernel.work import work
from tests.support.statements import counted

from .conftest import say

SECRET = ("老人晚上", "王阿姨", "10000000099", "1号楼", "997733", "林书记", "李爷爷")


def public(world, matter="楼道灯不亮", place=None, **facts):
    """One that was verified with its matter; in a `work()` of the caller."""
    need = say(world, place=place, **{"token": matter} | facts)
    need.verify(world.repair, privacy=Privacy.MATTER, matter=matter, by=world.lin)
    return need


def test_everybody_reads_what_was_verified_and_no_more(enter, world, need):
    client = enter()
    assert "楼道灯不亮" not in client.get("/needs/public").text
    with work():
        facts = {"source": Source.HOTLINE, "external_number": "9977-33", "behalf_of": "李爷爷（示例）"}
        told = public(world, "单元门锁坏了", **facts)
    page = client.get("/needs/public").text
    for word in ("单元门锁坏了", "维修便民", "东方社区 31小区", "已核实", "1 件事"):
        assert word in page
    assert not [secret for secret in (*SECRET, told.shown_number, told.number) if secret in page]
    assert f"/needs/{told.id}" not in page
    assert client.get(f"/needs/{told.id}").status_code in (303, 404)


def test_who_asks_does_not_matter(enter, world, solved):
    pages = {name: enter(name).get("/needs/public").text for name in ("committee", "other-committee", "volunteer")}
    for name, page in pages.items():
        assert "楼道灯不亮" in page, name
        assert f"/needs/{solved.id}" not in page, name
        assert not [secret for secret in SECRET[:5] if secret in page.split("<main")[1]], name


def test_it_says_how_far_it_is(enter, world, verified):
    said = []
    steps = [
        lambda: verified.route_on(by=world.lin),
        lambda: verified.taken(by=world.qian),
        lambda: verified.solved("换了灯，找了王阿姨。", by=world.qian),
        lambda: verified.confirm(way=Way.CALL, by=world.sun),
        lambda: verified.reopen("王阿姨说又灭了", by=world.lin),
    ]
    for step in [lambda: None, *steps]:
        with work():
            step()
        page = enter().get("/needs/public").text.split('id="rows"')[1]
        said.append(next(word for word in WORDS if word in page))
        assert "王阿姨" not in page
    assert said == ["已核实", "已转交", "有人在办", "办好了，等回话", "反映人说解决了", "又打开了"]


WORDS = ("已核实", "已转交", "有人在办", "办好了，等回话", "反映人说解决了", "又打开了")


@pytest.mark.parametrize("path", ["/needs/public", "/places/{}"])
def test_what_is_taken_back_is_gone_at_once(enter, world, verified, path):
    path = path.format(world.compound.code)
    assert "楼道灯不亮" in enter().get(path).text
    data = {"privacy": "handlers", "matter": "楼道灯不亮"}
    assert enter("grid").post(f"/needs/{verified.id}/wording", data=data).status_code == 303
    assert "楼道灯不亮" not in enter().get(path).text


def test_other_words_for_everybody(enter, world, verified):
    grid = enter("grid")
    page = f"/needs/{verified.id}"
    data = {"privacy": "matter", "matter": ""}
    refused = grid.post(f"{page}/wording", data=data)
    assert refused.status_code == 409
    assert "公开事由要写一句" in refused.text
    assert grid.post(f"{page}/wording", data=data | {"matter": "三楼的灯不亮"}).status_code == 303
    assert "三楼的灯不亮" in enter().get("/needs/public").text
    assert "改了" in grid.get(page).text
    for name, code in (("department", 404), ("other-committee", 404), ("volunteer", 404)):
        assert enter(name).post(f"{page}/wording", data=data).status_code == code, name
    with work():
        verified.route_on(by=world.lin)
    assert enter("department").post(f"{page}/wording", data=data).status_code == 403


def test_what_was_declined_or_merged_is_not_told(world):
    with work():
        kept, declined, merged = (public(world, matter) for matter in ("留着", "不受理", "并掉"))
        declined.decline("不归这里", by=world.lin)
        merged.merge_into(kept, by=world.lin)
    assert [row.matter for row in Published().page()[0]] == ["留着"]


def test_what_was_never_verified_is_not_told_even_when_it_is_opened_again(world):
    with work():
        need = say(world, privacy=Privacy.MATTER, matter="没有核实过", category=world.repair, by=world.sun)
        need.decline("不归这里", by=world.lin)
        need.reopen("还是归这里", by=world.lin)
    assert need.state is State.REOPENED
    assert Published().page() == ([], 0)


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "{{ 7*7 }} %(n)s %s", "长" * 120])
def test_hostile_words_are_shown_as_text(enter, world, typed):
    with work():
        public(world, typed)
    for path in ("/needs/public", f"/places/{world.compound.code}"):
        page = enter().get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "{{ 7*7 }}" in page.text or "7*7" not in typed


def test_nobody_narrows_it_to_a_building(enter, world):
    with work():
        public(world, "一号楼的", world.building1)
        public(world, "二号楼的", world.building2)
    for place in (world.building1, world.compound, world.grid, world.community):
        page = enter().get("/needs/public", query_string={"place": place.code}).text
        assert {"一号楼的", "二号楼的"} == {word for word in ("一号楼的", "二号楼的") if word in page}, place.name
        assert "1号楼" not in page
    panel = enter().get(f"/places/{world.building1.code}").text.split('id="needs"')[1].split("</section>")[0]
    assert "二号楼的" in panel
    assert "1号楼" not in panel


def test_filters_stay_and_what_is_no_place_is_not_found(enter, world, verified):
    with work():
        there = say(world, place=world.other_community, token="there")
        there.verify(world.care, privacy=Privacy.MATTER, matter="想有人照应", by=world.stranger_lin)
        over = public(world, "修好了的")
        over.taken(by=world.lin)
        over.solved("好了", by=world.lin)
        over.confirm(way=Way.CALL, by=world.lin)
    matters = {"楼道灯不亮", "想有人照应", "修好了的"}
    for query, found in (
        ("", matters),
        (f"place={world.community.code}", {"楼道灯不亮", "修好了的"}),
        (f"place={world.other_community.code}", {"想有人照应"}),
        (f"place={world.district.code}", matters),
        (f"category={world.care.id}", {"想有人照应"}),
        ("solved=1", {"修好了的"}),
        ("solved=0", {"楼道灯不亮", "想有人照应"}),
        ("category=x&solved=2&page=xx", matters),
    ):
        page = enter().get(f"/needs/public?{query}").text
        assert {matter for matter in matters if matter in page} == found, query
    assert enter().get("/needs/public?place=nowhere").status_code == 404


def test_an_empty_list_says_what_to_do(enter, world):
    assert "还没有公开的事" in enter().get("/needs/public").text
    page = enter().get(f"/needs/public?place={world.community.code}&solved=1").text
    assert "换个地点、类别或进展再看" in page
    assert f'href="/needs/new?place={world.community.code}"' in page


def test_twenty_five_a_page_in_few_statements(enter, world):
    with work():
        for number in range(PAGE + 4):
            public(world, f"第{number}件事", world.building1 if number % 2 else world.building2)
    client = enter()
    first = client.get(f"/needs/public?place={world.building1.code}").text
    more = first.split('class="more">')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    with counted() as said:
        second = client.get(more).text
    assert len(said) <= 8, "\n".join(said)
    with counted() as said:
        client.get(f"/needs/public?place={world.building1.code}")
    assert len(said) <= 8, "\n".join(said)
    pages = [[number for number in range(PAGE + 4) if f">第{number}件事<" in page] for page in (first, second)]
    assert [len(one) for one in pages] == [PAGE, 4]
    assert min(pages[0]) > max(pages[1])


def test_the_page_of_a_place_shows_the_newest_three(enter, world):
    with work():
        for number in range(5):
            public(world, f"第{number}件事")
    panel = enter().get(f"/places/{world.community.code}").text.split('id="needs"')[1].split("</section>")[0]
    assert [number for number in range(5) if f"第{number}件事" in panel] == [2, 3, 4]
    assert f"/needs/public?place={world.community.code}" in panel


def test_the_day_is_that_in_beijing(world):
    with time_machine.travel(clock.at(clock.today()).replace(microsecond=0)), work():
        public(world)
    [row] = Published().latest(3)
    assert row.said_on == clock.today()
