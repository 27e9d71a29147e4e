"""The page and the list of needs: who sees what, and who may do what."""

import pytest

from governance.need_state import State
from governance.recheck import Way
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.statements import counted

from .conftest import say

VERIFY = {"privacy": "matter", "matter": "楼道灯不亮"}


def test_from_the_grid_worker_to_the_department_and_back(enter, world, need):
    grid, committee, department = enter("grid"), enter("committee"), enter("department")
    page = f"/needs/{need.id}"
    assert grid.post(f"{page}/verification", data=VERIFY | {"category_id": world.repair.id}).status_code == 303
    assert "区城管局（示例）" in committee.get(page).text
    assert department.get(page).status_code == 404
    assert committee.post(f"{page}/route").status_code == 303
    assert "社区请您来办" in department.get(page).text
    assert department.post(f"{page}/taking").status_code == 303
    assert department.post(f"{page}/solution", data={"answer": "换了灯。"}).status_code == 303
    assert grid.post(f"{page}/call-confirmation").status_code == 303
    assert need.state is State.CONFIRMED


def test_an_answer_is_the_block_of_the_page(enter, world, need):
    grid = enter("grid")
    data = VERIFY | {"category_id": world.repair.id}
    answer = grid.post(f"/needs/{need.id}/verification", data=data, headers=HTMX)
    assert part(answer, "need") == part(grid.get(f"/needs/{need.id}"), "need")


def test_what_a_rule_refuses_is_said_beside_what_was_typed(enter, world, routed):
    department = enter("department")
    answer = department.post(f"/needs/{routed.id}/return", data={"reason": "", "owner": "物业"})
    assert answer.status_code == 422
    assert 'value="物业"' in answer.text
    assert department.post(f"/needs/{routed.id}/solution", data={"answer": "好了"}).status_code == 409
    answer = department.post(f"/needs/{routed.id}/return", data={"reason": "不是我们的灯", "owner": "物业"})
    assert (answer.status_code, answer.location) == (303, "/needs/")
    assert department.get(f"/needs/{routed.id}").status_code == 404
    page = enter("committee").get(f"/needs/{routed.id}").text
    assert "不是我们的灯" in page
    assert "物业" in page


MOVES = {
    "verification": {"committee", "grid", "subdistrict", "district"},
    "refusal": {"committee", "subdistrict", "district"},
    "route": {"committee", "subdistrict", "district"},
    "taking": {"committee", "subdistrict", "district", "department"},
    "return": {"department"},
    "reopening": {"committee", "grid", "subdistrict", "district"},
    "contact": {"committee", "grid", "subdistrict", "district"},
    "call-confirmation": {"committee", "grid", "subdistrict", "district"},
    "confirmation": set(),
}
KNOWING = {"committee", "grid", "subdistrict", "district", "department"}


@pytest.mark.parametrize("move", MOVES)
def test_who_may_do_it_who_may_know_of_it_and_who_may_not(enter, world, routed, move):
    for name in (*KNOWING, "other-committee", "volunteer", "partner"):
        words = VERIFY | {"category_id": world.repair.id, "reason": "有原因"}
        answer = enter(name).post(f"/needs/{routed.id}/{move}", data=words, headers=HTMX)
        if move == "return" and name == "department":
            assert answer.status_code == 204
        elif name not in KNOWING:
            assert answer.status_code == 404, name
        elif name not in MOVES[move]:
            assert answer.status_code == 403, name
        else:
            assert answer.status_code in (200, 204, 409), name


def test_a_stranger_is_asked_to_sign_in(enter, need):
    for path in (f"/needs/{need.id}", "/needs/"):
        answer = enter().get(path)
        assert answer.status_code in (303, 404), path


def test_a_member_who_does_not_speak_for_it_reads_and_does_nothing(enter, world, verified):
    with work():
        verified.route_on(partner=world.team, reason="队里有电工", by=world.lin)
    member = enter("volunteer")
    assert member.get(f"/needs/{verified.id}").status_code == 200
    assert member.post(f"/needs/{verified.id}/taking").status_code == 403


def test_the_whole_number_stands_in_the_record(enter, world, routed):
    committee = enter("committee")
    assert "10000000099" not in committee.get(f"/needs/{routed.id}").text
    answer = committee.post(f"/needs/{routed.id}/contact", headers=HTMX)
    assert "10000000099" in answer.text
    assert "看了" in answer.text
    assert enter("department").post(f"/needs/{routed.id}/contact").status_code == 403
    with work():
        routed.taken(by=world.qian)
    assert "10000000099" in enter("department").post(f"/needs/{routed.id}/contact", headers=HTMX).text


def test_whoever_said_it_answers_with_his_account(enter, world, routed_to):
    with work():
        need = say(world, token="wu", by=world.wu, requester=world.wu)
        need.verify(world.repair, privacy=need.privacy, by=world.sun)
        need.taken(by=world.lin)
        need.solved("换了。", by=world.lin)
    wu = enter("volunteer")
    assert "解决了吗" in wu.get(f"/needs/{need.id}").text
    assert wu.post(f"/needs/{need.id}/still-wrong", data={"reason": "又灭了"}).status_code == 303
    assert need.state is State.REOPENED
    with work():
        need.taken(by=world.lin)
        need.solved("又换了。", by=world.lin)
    assert wu.post(f"/needs/{need.id}/confirmation").status_code == 303
    assert need.rechecks[-1].way is Way.ACCOUNT


def test_merging_shows_both_and_joins_them(enter, world, verified):
    with work():
        other = say(world, "楼道灯又不亮了，看不见", token="other", place=world.building2)
    committee = enter("committee")
    page = committee.get(f"/needs/{other.id}/duplicates").text
    assert verified.voice.words in page
    assert verified.shown_number in page
    assert committee.post(f"/needs/{other.id}/duplicates", data={"into": verified.id}).status_code == 303
    assert other.merged_into == verified
    assert other.shown_number in committee.get(f"/needs/{verified.id}/duplicates").text
    assert verified.shown_number in committee.get(f"/needs/{other.id}").text


def test_the_list_is_sorted_by_what_is_urgent_and_its_filters_stay(enter, world, taken):
    with work():
        urgent = say(world, "水管裂了，水漫到楼道", token="2")
        over = say(world, "说错了的一件", token="3")
        over.decline("说错了", by=world.lin)
    committee = enter("committee")
    page = committee.get("/needs/").text
    assert page.index(f'/needs/{urgent.id}"') < page.index(f'/needs/{taken.id}"')
    assert f'/needs/{over.id}"' not in page
    assert f'/needs/{over.id}"' in committee.get("/needs/?state=all").text
    for query, found in (
        ("state=taken", {taken}),
        ("q=水管", {urgent}),
        (f"q={taken.shown_number}", {taken}),
        (f"category={world.repair.id}", {taken}),
        (f"place={world.other_community.code}", set()),
        ("late=1", set()),
    ):
        page = committee.get(f"/needs/?{query}").text
        assert {need for need in (urgent, taken) if f'/needs/{need.id}"' in page} == found, query


def test_twenty_five_rows_a_page_and_no_row_twice(enter, world, routed_to):
    with work():
        ids = {say(world, f"第 {n} 件", token=str(n)).id for n in range(30)}
    committee = enter("committee")
    first = committee.get("/needs/").text
    more = first.split('class="more">')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = committee.get(more).text
    pages = [{id for id in ids if f'/needs/{id}"' in page} for page in (first, second)]
    assert (len(pages[0]), len(pages[1])) == (25, 5)
    assert pages[0] | pages[1] == ids
    assert "30 件还没办完" in first


def test_the_table_of_routes_shows_where_a_line_comes_from(enter, world, routed_to):
    committee = enter("committee")
    page = f"/need-routes/?place={world.community.code}"
    assert "区城管局（示例）" in committee.get(page).text
    assert "（上一级）" in enter().get(f"/need-routes/?place={world.compound.code}").text
    data = {"area": world.community.id, "category_id": world.care.id, "partner_id": world.team.id, "days": "3"}
    answer = committee.post(f"/need-routes/?place={world.community.code}", data=data, headers=HTMX)
    assert part(answer, "routes") == part(committee.get(page), "routes")
    assert "红管家·邻里情（示例）" in committee.get(page).text
    for name, code in (("grid", 403), ("other-committee", 403), ("volunteer", 403)):
        assert enter(name).post("/need-routes/", data=data).status_code == code
        assert enter(name).post(f"/need-routes/{routed_to.id}/end").status_code == code
    assert committee.post(f"/need-routes/{routed_to.id}/end?place={world.community.code}").status_code == 303
    assert committee.post(f"/need-routes/{routed_to.id}/end").status_code == 409


def test_another_one_than_the_table_says(enter, world, verified):
    committee = enter("committee")
    page = f"/needs/{verified.id}/routing"
    assert "按转办表" in committee.get(page).text
    answer = committee.post(page, data={"partner_id": world.team.id, "reason": ""})
    assert answer.status_code == 409
    assert "不按转办表转的，请写一句为什么" in answer.text
    assert committee.post(page, data={"partner_id": world.team.id, "reason": "有电工"}).status_code == 303
    assert verified.partner == world.team


def test_a_text_of_the_district_fills_the_answer_in_the_language_of_who_said_it(enter, world, taken):
    district = enter("district")
    words = {"use": "solved", "title": "灯已修好", "words": "灯修好了，谢谢您。", "words_en": "The lamp works again."}
    answer = district.post("/answer-texts/", data=words, headers=HTMX)
    assert part(answer, "texts") == part(district.get("/answer-texts/"), "texts")
    assert enter("committee").post("/answer-texts/", data=words).status_code == 403
    department = enter("department")
    link = next(one for one in department.get(f"/needs/{taken.id}").text.split('"') if "text=" in one)
    assert "灯修好了，谢谢您。</textarea>" in department.get(link.replace("&amp;", "&")).text
    with work():
        taken.voice.language = "en"
    assert "The lamp works again.</textarea>" in department.get(link.replace("&amp;", "&")).text
    id = link.split("text=")[1].split("#")[0]
    off = words | {"words": "灯换好了。"}
    assert district.post(f"/answer-texts/{id}", data=off).status_code == 303
    assert "text=" not in department.get(f"/needs/{taken.id}").text


@pytest.fixture
def crowd(world, routed_to):
    """Forty needs in every state that a page can show."""
    with work():
        who = {"place": world.building2, "requester": world.wu}
        found = [say(world, f"楼道灯不亮 {n}", token=str(n), **who) for n in range(40)]
        for need in found[10:]:
            need.verify(world.repair, privacy=need.privacy, by=world.sun)
        for need in found[20:]:
            need.route_on(by=world.lin)
        for need in found[26:]:
            need.taken(by=world.qian)
        for need in found[30:]:
            need.solved("好了", by=world.qian)
        found[0].merge_into(found[1], by=world.lin)
        found[2].merge_into(found[1], by=world.lin)
    return [need.id for need in found]


WHO = ("committee", "grid", "subdistrict", "department", "district", "volunteer", "other-committee")


@pytest.mark.parametrize("name", WHO)
def test_eight_statements(enter, crowd, world, name):
    client, many = enter(name), {}
    pages = [f"/needs/{crowd[n]}" for n in (0, 1, 12, 22, 28, 33)] + ["/needs/", "/needs/?q=灯&state=all&late=1"]
    pages += [f"/needs/{crowd[n]}/{word}" for n, word in ((12, "routing"), (12, "refusal"), (12, "duplicates"))]
    pages += [f"/need-routes/?place={world.building1.code}", "/answer-texts/", "/needs/new"]
    for page in pages:
        client.get(page)
        with counted() as said:
            status = client.get(page).status_code
        if len(said) > 8 + page[-1].isdecimal():  # one more for the project that answers it
            many[page] = (status, len(said), said)
    assert {page: found[:2] for page, found in many.items()} == {}, "\n".join(next(iter(many.values()))[2])
