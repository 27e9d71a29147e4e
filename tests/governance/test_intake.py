"""Saying what is wrong: without an account in three fields, or written down by staff for somebody."""

import re

import pytest

from governance.need import Need
from governance.need_state import Privacy, Source, State
from kernel.db import db, seen
from tests.support.pages import HTMX, part

KEY = re.compile(r'name="key"[^>]*value="([0-9a-f]{32})"')


def needs():
    return list(db.session.scalars(seen(db.select(Need).order_by(Need.id))))


def words(world, **more):
    facts = {"words": "三楼楼道灯不亮", "place": world.building1.id, "reach": "王阿姨（示例） 100 0000 0099"}
    return facts | more


def test_three_fields_and_no_account(enter, world):
    stranger = enter()
    page = stranger.get("/needs/new", query_string={"place": world.building1.code})
    assert page.text.count("<textarea") == 1
    assert f'<option selected value="{world.building1.id}">东方社区 31小区 1号楼</option>' in page.text
    answer = stranger.post("/needs/", data=words(world))
    assert answer.status_code == 303
    [need] = needs()
    assert (need.state, need.source, need.privacy) == (State.RECEIVED, Source.SELF, Privacy.HANDLERS)
    assert (need.voice.name, need.voice.phone, need.voice.person_id) == ("王阿姨（示例）", "10000000099", None)
    receipt = stranger.get(answer.location)
    assert need.shown_number in receipt.text
    assert "东方社区党委" in receipt.text
    assert "收到了，谢谢您说出来。" in receipt.text
    assert receipt.headers["Cache-Control"] == "no-store"


def test_a_number_is_not_asked_for(enter, world):
    assert enter().post("/needs/", data=words(world, reach="")).status_code == 303
    [need] = needs()
    assert (need.voice.name, need.voice.phone) == ("", "")


def test_a_form_that_is_sent_twice_is_one_need_with_one_link(enter, world):
    stranger = enter()
    key = KEY.search(stranger.get("/needs/new").text).group(1)
    first, second = (stranger.post("/needs/", data=words(world, key=key)) for _time in range(2))
    assert first.location == second.location
    assert len(needs()) == 1
    token = first.location.rsplit("/", 1)[1]
    for table in ("receipt", "need_voice", "need", "line"):
        rows = db.session.execute(db.text(f"SELECT * FROM {table}")).all()
        assert token not in repr(rows), table


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("words", "", "这一项要填。"),
        ("words", "灯" * 1001, "请写短一些：最多 1000 个字，现在 1001 个。"),
        ("place", "", "这一项要填。"),
        ("place", "x", "请从列表里选一项。"),
        ("reach", "王阿姨 1380000123", "电话看着不完整：手机号 11 位，座机带区号。也可以不填电话，只写称呼。"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(enter, world, field, typed, sentence):
    sent = words(world, **{field: typed})
    answer = enter().post("/needs/", data=sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    for name in {"words", "reach"} - {field}:
        assert sent[name] in answer.text
    assert needs() == []


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "{{ 7*7 }} %(by)s %s", "\u202e反着写\u2066", "零\x00字"]
)
def test_hostile_words_are_shown_as_text(enter, world, typed):
    assert enter().post("/needs/", data=words(world, words=typed, reach=typed[:20])).status_code == 303
    [need] = needs()
    for path in (f"/needs/{need.id}", "/needs/", f"/needs/{need.id}/duplicates"):
        page = enter("committee").get(path)
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert not {"\x00", "\u202e", "\u2066"} & set(page.text)


def test_a_place_that_is_none_is_not_found(enter, world):
    assert enter().post("/needs/", data=words(world, place="999999999")).status_code == 404


def test_who_lives_elsewhere_is_found_by_the_name_on_the_gate(enter, world):
    page = enter().get("/needs/new?where=31小区 2号楼").text
    assert "东方社区 31小区 2号楼" in page
    assert "没有找到“火星”" in enter().get("/needs/new?where=火星").text


def test_somebody_signed_in_follows_it_with_his_account(enter, world):
    enter("volunteer").post("/needs/", data=words(world, reach=""))
    [need] = needs()
    assert (need.voice.person, need.voice.phone) == (world.wu, world.wu.phone)
    assert enter("volunteer").get(f"/needs/{need.id}").status_code == 200
    assert f'/needs/{need.id}"' in enter("volunteer").get("/needs/").text


def test_staff_write_down_more(enter, world):
    facts = {
        "source": "hotline",
        "external_number": "610-1",
        "category_id": world.repair.id,
        "behalf_of": "李爷爷（示例）",
    }
    facts |= {"privacy": "matter", "matter": "楼道灯不亮"}
    assert enter("grid").post("/needs/", data=words(world, **facts)).status_code == 303
    [need] = needs()
    assert (need.source, need.external_number, need.category) == (Source.HOTLINE, "6101", world.repair)
    assert (need.voice.behalf_of, need.voice.person_id, need.matter) == ("李爷爷（示例）", None, "楼道灯不亮")


def test_staff_are_told_what_a_rule_wants_and_keep_what_they_typed(enter, world):
    facts = {"source": "hotline", "privacy": "handlers"}
    answer = enter("grid").post("/needs/", data=words(world, **facts))
    assert answer.status_code == 409
    assert "来自 12345 的，请写工单号。" in answer.text
    assert "三楼楼道灯不亮" in answer.text


def test_staff_see_once_what_is_alike_and_residents_never_read_it(enter, world, need):
    grid, stranger = enter("grid"), enter()
    again = words(world, words="三楼的楼道灯又不亮了", source="visit", privacy="handlers")
    answer = grid.post("/needs/", data=again)
    assert answer.status_code == 409
    assert "最近有人反映过类似的事" in answer.text
    assert need.voice.words in answer.text
    query = {"words": again["words"], "place": world.building2.id}
    seen_by_stranger = stranger.get("/needs/alike", query_string=query).text
    assert "这里最近已有人反映过类似的事" in seen_by_stranger
    assert "老人晚上" not in seen_by_stranger
    assert need.shown_number not in seen_by_stranger
    assert "老人晚上" in grid.get("/needs/alike", query_string=query).text
    assert "老人晚上" not in enter("other-committee").get("/needs/alike", query_string=query).text
    assert grid.post("/needs/", data=again | {"new_one": "y"}).status_code == 303
    receipt = stranger.post("/needs/", data=words(world, words="楼道灯不亮，三楼")).location
    page = stranger.get(receipt).text
    assert "这里最近已有人反映过类似的事" in page
    assert "老人晚上" not in page


def test_the_notice_of_a_building_opens_the_form_with_the_place(enter, world):
    page = enter("grid").get(f"/places/{world.building1.code}/need-notice").text
    assert f"http://localhost/needs/new?place={world.building1.code}" in page
    assert "<svg" in page


def test_the_page_of_a_place_leads_to_the_form(enter, world):
    assert f'href="/needs/new?place={world.compound.code}"' in enter().get(f"/places/{world.compound.code}").text


@pytest.mark.databases("sqlite")
def test_a_flood_is_stopped_with_a_sentence(settings, world):
    from kernel.site import limiter
    from wsgi import create_app

    client = create_app(settings | {"RATELIMIT_ENABLED": True}).test_client()
    try:
        codes = [client.post("/needs/", data={}).status_code for _time in range(31)]
        assert (codes[0], codes[-1]) == (422, 429)
        codes = [client.get(f"/needs/followed/x{n}").status_code for n in range(61)]
        assert (codes[0], codes[-1]) == (404, 429)
    finally:
        limiter.reset()
        limiter.enabled = False


def test_a_link_says_where_it_stands_and_takes_the_answer(enter, world, solved):
    from .conftest import TOKEN

    link = f"/needs/followed/{TOKEN}"
    stranger = enter()
    page = stranger.get(link)
    assert "换了声控灯。" in page.text
    assert "区城管局（示例）" in page.text
    assert "王阿姨" not in page.text
    answer = stranger.post(f"{link}/still-wrong", data={"reason": ""}, headers=HTMX)
    assert answer.status_code == 422
    answer = stranger.post(f"{link}/still-wrong", data={"reason": "又灭了"}, headers=HTMX)
    assert part(answer, "follow") == part(stranger.get(link), "follow")
    assert solved.state is State.REOPENED
    assert stranger.post(f"{link}/confirmation").status_code == 409
    assert stranger.get("/needs/followed/nobody-knows").status_code == 404


def test_the_link_of_a_question_is_used_once(enter, world, solved):
    link = f"/needs/rechecks/{solved.question.token}"
    assert link in enter("grid").get(f"/needs/{solved.id}").text
    assert link not in enter("department").get(f"/needs/{solved.id}").text
    stranger = enter()
    assert "解决了吗" in stranger.get(link).text
    assert stranger.post(f"{link}/confirmation").status_code == 303
    assert solved.state is State.CONFIRMED
    answer = stranger.post(f"{link}/still-wrong", data={"reason": "又灭了"})
    assert answer.status_code == 409
    assert "这件事已经答过了" in answer.text
    assert "这条链接只用一次" in stranger.get(link).text
