"""The pages of buildings: the grid, who to ask, claims and their answers; who may do what."""

from datetime import time, timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from communities.channel import Channel
from communities.consent import Consent
from communities.purpose import Purpose
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import moment
from kernel.work import work
from tests.support.pages import HTMX, part
from tests.support.scans import PDF
from tests.support.statements import counted
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.placing import bring_in, claim, offer
from volunteers.assignments.state import Role, State


def only():
    """The one assignment."""
    db.session.rollback()
    return db.session.scalars(seen(select(Assignment))).one()


@pytest.fixture
def asked(world):
    """周师傅 has asked for the lead of building 1."""
    with work():
        return claim(world.building1, Role.LEAD, by=world.zhou).id


def test_the_grid_says_in_words_and_shapes_how_far_each_building_is(enter, world, asked):
    page = enter().get(f"/places/{world.community.code}/coverage").text
    assert "东方社区 · 楼栋包联" in page
    assert 'aria-label="1号楼：无人包联"' in page
    assert "1 人在等答复" in page
    enter("committee").post(f"/assignments/{asked}/approval")
    page = enter().get(f"/places/{world.community.code}/coverage").text
    assert 'aria-label="1号楼：缺志愿者"' in page
    assert "志愿者 1 名" in page


def test_filters_stay_in_the_address_and_an_empty_list_says_what_to_do(enter, world):
    visitor = enter()
    page = visitor.get(f"/places/{world.community.code}/coverage?show=covered").text
    assert "这一类没有楼栋" in page
    page = visitor.get(f"/places/{world.community.code}/coverage?show=nobody").text
    assert page.count('<th scope="row">') == 2


def test_a_wider_place_shows_its_communities_and_a_building_its_compound(enter, world):
    assert "各社区的楼栋包联" in enter().get(f"/places/{world.subdistrict.code}/coverage").text
    assert "31小区 · 楼栋包联" in enter().get(f"/places/{world.building1.code}/coverage").text
    assert "还没有登记楼栋" in enter().get(f"/places/{world.other_community.code}/coverage").text


def test_two_taps_and_the_committee_makes_it_a_post(enter, world):
    volunteer = enter("volunteer2")
    assert f'href="/buildings/{world.building1.id}"' in volunteer.get(f"/places/{world.community.code}/coverage").text
    answer = volunteer.post(f"/buildings/{world.building1.id}/claims", data={"role": "helper"}, headers=HTMX)
    assert "社区在 2 个工作日内答复您" in answer.text
    assert part(answer, "mine") == part(volunteer.get(f"/buildings/{world.building1.id}"), "mine")
    row = only()
    committee = enter("committee")
    assert "有人想照看楼栋" in committee.get("/today").text
    assert "31小区 1号楼 · 楼栋志愿者" in committee.get("/today").text
    answer = committee.post(f"/assignments/{row.id}/approval", headers=HTMX)
    assert "已同意" in answer.text
    assert part(answer, "assignment") == part(committee.get(f"/assignments/{row.id}"), "assignment")
    assert only().is_serving
    assert "开始照看 31小区 1号楼（楼栋志愿者）" in volunteer.get("/notices/").text


def test_a_taken_place_is_refused_with_the_rule(enter, world, asked):
    answer = enter("volunteer").post(f"/buildings/{world.building1.id}/claims", data={"role": "lead"})
    assert answer.status_code == 409
    assert "一个位置只由一人担任" in answer.text
    assert "周师傅" not in answer.text


@pytest.mark.parametrize(
    ("verb", "own", "committee", "other", "stranger"),
    [
        ("approval", 403, 303, 404, 404),
        ("rejection", 403, 303, 404, 404),
        ("withdrawal", 303, 303, 404, 404),
        ("acceptance", 409, 403, 404, 404),
        ("refusal", 409, 403, 404, 404),
        ("signature", 403, 409, 404, 404),
        ("pause-end", 409, 409, 404, 404),
        ("end", 409, 409, 404, 404),
    ],
)
def test_who_may_do_what_with_a_claim(enter, world, grown, asked, verb, own, committee, other, stranger):
    data = {"signature": {"signed_on": "2020-01-01"}, "rejection": {"reason": "正在改造"}}.get(verb, {})
    for name, status in (
        ("volunteer2", own),
        ("committee", committee),
        ("other-committee", other),
        ("volunteer", stranger),
    ):
        grown("asked", SimpleNamespace)
        assert enter(name).post(f"/assignments/{asked}/{verb}", data=data).status_code == status, name
    assert enter().post(f"/assignments/{asked}/{verb}", data=data).status_code in (303, 404)


def test_only_its_staff_and_its_person_see_an_assignment(enter, asked):
    for name, status in (("volunteer2", 200), ("committee", 200), ("subdistrict", 200)):
        assert enter(name).get(f"/assignments/{asked}").status_code == status
    for name in ("volunteer", "other-committee", None):
        assert enter(name).get(f"/assignments/{asked}").status_code == 404


def test_staff_finds_somebody_by_name_and_he_accepts_on_his_own_page(enter, world):
    committee = enter("committee")
    page = committee.get(f"/buildings/{world.building1.id}/offers?q=周").text
    assert "周师傅" in page
    assert "吴阿姨" not in page
    data = {"person_id": world.zhou.id, "role": "lead"}
    assert committee.post(f"/buildings/{world.building1.id}/offers", data=data).status_code == 303
    for name in ("other-committee", "volunteer"):
        assert enter(name).post(f"/buildings/{world.building1.id}/offers", data=data).status_code == 403
    zhou = enter("volunteer2")
    page = zhou.get("/me").text
    assert "社区请您来照看" in page
    row = only()
    answer = zhou.post(f"/assignments/{row.id}/acceptance?back=me", headers=HTMX)
    assert part(answer, "buildings") == part(zhou.get("/me"), "buildings")
    assert only().state is State.SERVING
    assert "我照看的楼" in zhou.get("/assignments/").text


def test_who_cannot_be_asked_is_said_to_staff(enter, world):
    with work():
        offer(world.building1, Role.LEAD, world.zhou, by=world.lin)
    data = {"person_id": world.zhou.id, "role": "helper"}
    answer = enter("committee").post(f"/buildings/{world.building1.id}/offers", data=data)
    assert answer.status_code == 409
    assert "请不了周师傅" in answer.text


def test_a_name_stands_in_public_only_with_consent(enter, world):
    enter("volunteer2").post(f"/buildings/{world.building1.id}/claims", data={"role": "lead"})
    enter("committee").post(f"/assignments/{only().id}/approval")
    for path in ("", "/notice"):
        page = enter().get(f"/buildings/{world.building1.id}{path}").text
        assert "已有人（没有公开称呼）" in page
        assert "周师傅" not in page
    with work():
        Consent.give(world.zhou, Purpose.NAMED, by=world.zhou)
    for path in ("", "/notice"):
        page = enter().get(f"/buildings/{world.building1.id}{path}").text
        assert "周师傅" in page
        assert "100000" not in page


def test_the_tick_beside_the_claim_is_the_consent(enter, world):
    zhou = enter("volunteer2")
    zhou.post(f"/buildings/{world.building1.id}/claims", data={"role": "lead", "named": "y"})
    db.session.rollback()
    assert Consent.held(world.zhou, Purpose.NAMED)


def test_the_chain_names_offices_and_units_and_no_person(enter, world):
    page = enter().get(f"/buildings/{world.building1.id}").text
    for word in ("常委联系", "处级包抓", "社区书记", "网格员", "下沉干部", "物业", "楼栋长"):
        assert word in page
    assert "林书记" not in page
    assert "孙网格员" not in page


def test_a_signed_slip_counts_with_its_day_and_who_collected_it(enter, world):
    with work():
        id = bring_in(world.building1, Role.LEAD, world.zhou, by=world.lin).id
    committee = enter("committee")
    assert "确认单" in committee.get(f"/assignments/{id}/slip").text
    assert "楼栋长等本人确认" in committee.get("/today").text
    assert 'aria-label="1号楼：待本人确认"' in enter().get(f"/places/{world.community.code}/coverage").text
    answer = committee.post(f"/assignments/{id}/signature", data={"signed_on": "2026-01-05", "named": "y"})
    assert answer.status_code == 303
    assert only().collected_by_id == world.lin.id
    assert Consent.held(world.zhou, Purpose.NAMED)


def test_the_committee_sets_the_rules_and_staff_how_many_helpers(enter, world):
    committee, url = enter("committee"), f"/places/{world.community.code}/coverage/terms"
    assert committee.post(url, data={"residents_at_once": "y", "most": "2", "months": "12"}).status_code == 303
    for name in ("other-committee", "grid", "volunteer"):
        assert enter(name).post(url, data={"most": "2"}).status_code == 403
    assert committee.post(f"/buildings/{world.building1.id}/helpers", data={"helpers": "3"}).status_code == 303
    assert committee.post(f"/buildings/{world.building1.id}/helpers", data={"helpers": "9"}).status_code == 422
    enter("volunteer").post(f"/buildings/{world.building1.id}/claims", data={"role": "lead"})
    assert only().is_serving


def test_a_partner_names_a_member_on_its_page(enter, world):
    manager = enter("partner")
    page = manager.get(f"/buildings/{world.building1.id}/team").text
    assert "派他去" in page
    member = next(one.id for one in world.egret.members)
    answer = manager.post(f"/buildings/{world.building1.id}/team", data={"role": "helper", "member": str(member)})
    assert answer.status_code == 303
    assert (only().state, only().partner_id) == (State.INVITED, world.egret.id)
    other = world.team.members[0].id
    data = {"role": "lead", "member": str(other)}
    assert manager.post(f"/buildings/{world.building1.id}/team", data=data).status_code == 404
    assert enter("volunteer").post(f"/buildings/{world.building1.id}/team", data=data).status_code == 403


@pytest.fixture
def in_post(world):
    """周师傅 is the lead of building 1."""
    with work():
        row = claim(world.building1, Role.LEAD, by=world.zhou)
        row.approve(by=world.lin)
        row.until = clock.today() + timedelta(days=20)
        return row.id


AWAY = {"first": clock.today().isoformat(), "last": clock.today().isoformat(), "why": "travel"}


@pytest.mark.parametrize(
    ("verb", "data", "own", "committee"),
    [
        ("pause", AWAY, 303, 303),
        ("renewal", {}, 303, 303),
        ("end", {"reason": "搬家"}, 303, 303),
        ("successors", {"standing": "successor"}, 403, 303),
    ],
)
def test_who_may_do_what_with_somebody_in_post(enter, world, grown, in_post, verb, data, own, committee):
    data = data | {"person_id": world.wu.id} if verb == "successors" else data
    statuses = {"volunteer2": own, "committee": committee, "subdistrict": committee}
    for name in ("volunteer", "other-committee"):
        statuses[name] = 404
    for name, status in statuses.items():
        grown("in_post", SimpleNamespace)
        assert enter(name).post(f"/assignments/{in_post}/{verb}", data=data).status_code == status, name


@pytest.mark.parametrize(
    ("path", "data", "page", "block"),
    [
        ("/buildings/{b}/helpers", {"helpers": "2"}, "/buildings/{b}", "manage"),
        ("/places/{c}/coverage/terms", {"most": "2", "months": "6"}, "/places/{c}/coverage/terms", "terms"),
        ("/assignments/{a}/pause", AWAY, "/assignments/{a}", "assignment"),
        ("/assignments/{a}/renewal", {}, "/assignments/{a}", "assignment"),
        ("/assignments/{a}/end", {"reason": "搬家"}, "/assignments/{a}", "assignment"),
    ],
)
def test_every_answer_is_a_block_of_its_page(enter, world, in_post, path, data, page, block):
    words = {"a": in_post, "b": world.building1.id, "c": world.community.code}
    committee = enter("committee")
    answer = committee.post(path.format(**words), data=data, headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, block) == part(committee.get(page.format(**words)), block)


@pytest.mark.parametrize("name", [None, "volunteer2", "committee", "district", "partner"])
def test_pages_ask_few_questions(enter, world, asked, name):
    visitor = enter(name)
    building = f"/buildings/{world.building1.id}"
    paths = [f"/places/{world.community.code}/coverage", building, f"{building}/offers", "/assignments/"]
    for path in [*paths, f"/assignments/{asked}"]:
        visitor.get(path)
        with counted() as said:
            answer = visitor.get(path)
        assert answer.status_code in (200, 303, 403, 404)
        assert len(said) <= 8, (path, said)


def test_whoever_is_told_by_phone_is_told_before_the_day_to_answer(enter, world):
    with work():
        world.zhou.told_by = Channel.PHONE
        due = offer(world.building1, Role.LEAD, world.zhou, by=world.lin).answer_due
    page = enter("committee").get("/calls/").text
    assert "社区请周师傅（示例）照看 31小区 1号楼（楼栋长）" in page
    assert f"{moment(clock.at(due, time(18)))} 前告知" in page


def test_the_scan_of_a_signed_slip_is_kept_for_its_person_and_staff(enter, world):
    with work():
        id = bring_in(world.building1, Role.LEAD, world.zhou, by=world.lin).id
    committee = enter("committee")
    data = {"signed_on": clock.today().isoformat(), "file": (BytesIO(PDF), "slip.pdf")}
    answer = committee.post(f"/assignments/{id}/signature", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    for name in ("committee", "volunteer2"):
        assert enter(name).get(f"/assignments/{id}/scan").data == PDF
    for name in ("volunteer", "other-committee", None):
        assert enter(name).get(f"/assignments/{id}/scan").status_code == 404


def test_who_is_away_is_shown_with_whoever_stands_in(enter, world, in_post):
    committee = enter("committee")
    committee.post(f"/assignments/{in_post}/pause", data=AWAY)
    data = {"person_id": world.wu.id, "standing": "substitute"}
    assert committee.post(f"/assignments/{in_post}/successors", data=data).status_code == 303
    wu = enter("volunteer")
    row = db.session.scalars(seen(select(Assignment).where(Assignment.person_id == world.wu.id))).one()
    wu.post(f"/assignments/{row.id}/acceptance", data={"named": "y"})
    page = enter().get(f"/buildings/{world.building1.id}").text
    assert "吴阿姨（示例）" in page
    assert "暂代" in page
    assert "暂停到" in page


@pytest.mark.parametrize("verb", ["refusal", "end"])
def test_a_place_that_became_empty_waits_for_staff_until_somebody_is_asked(enter, world, verb):
    with work():
        row = offer(world.building1, Role.LEAD, world.zhou, by=world.lin)
        if verb == "end":
            row.accept(by=world.zhou)
        id = row.id
    committee = enter("committee")
    assert "楼栋的位置空着" not in committee.get("/today").text
    assert enter("volunteer2").post(f"/assignments/{id}/{verb}").status_code == 303
    assert "楼栋的位置空着" in committee.get("/today").text
    assert f'href="/buildings/{world.building1.id}/offers"' in committee.get(f"/assignments/{id}").text
    assert "楼栋的位置空着" not in enter("other-committee").get("/today").text
    committee.post(f"/buildings/{world.building1.id}/offers", data={"person_id": world.wu.id, "role": "lead"})
    assert "楼栋的位置空着" not in committee.get("/today").text
