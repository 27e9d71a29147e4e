"""Adopting on the page of a project: who may, what is answered, what stays typed."""

import re

import pytest

from kernel.work import work
from partners.member import Role
from projects.stage import Stage
from projects.standing import State
from tests.support.pages import HTMX, part


def show(client, world):
    return client.get(f"/projects/{world.project.id}")


@pytest.fixture
def wish(world):
    """What 赵社长 fills in."""
    parts = world.project.parts
    return {"partner_id": world.egret.id, "part_id": parts[1].id, "quantity": "5", "pledge": "每周五下午两名师傅"}


@pytest.fixture
def adopt(world, enter, wish):
    """A function that sends the form of the project's page as this account."""

    def adopt(name, headers=None, **changes):
        data = {**wish, **changes}
        return enter(name).post(f"/projects/{world.project.id}/adoptions", data=data, headers=headers)

    return adopt


@pytest.fixture
def adoption(world):
    with work():
        return world.project.adopt(world.egret, world.project.parts[1].id, 5, pledge="", by=world.zhao)


def test_a_manager_adopts_and_comes_back_to_the_project(adopt, enter, world):
    answer = adopt("partner")
    assert (answer.status_code, answer.location) == (303, f"/projects/{world.project.id}")
    [adoption] = world.project.adoptions
    assert (adoption.quantity, adoption.pledge) == (5, "每周五下午两名师傅")
    page = show(enter("partner"), world).text
    assert "每周五下午两名师傅" in page
    assert "还剩 15 户" in page


def test_the_answer_and_the_page_agree(adopt, enter, world):
    answer = adopt("partner", headers=HTMX)
    assert answer.status_code == 200
    page = show(enter("partner"), world)
    for id in ("project", "parts", "adoption", "handling"):
        assert part(answer, id) == part(page, id)
    assert "社区会在" in part(answer, "said")


def test_everything_that_is_left_in_one_step(adopt, world):
    adopt("partner", part_id="all", quantity="")
    assert [adoption.quantity for adoption in world.project.adoptions] == [43, 20]
    assert world.project.stage is Stage.ADOPTED


def test_without_a_quantity_it_is_what_is_left(adopt, world):
    adopt("partner", quantity="")
    assert world.project.parts[1].left == 0


@pytest.mark.parametrize("name", ["volunteer", "committee", "other-committee", "grid"])
def test_whoever_manages_no_partner_does_not_adopt(adopt, world, name):
    assert adopt(name).status_code == 403
    assert world.project.adoptions == []


def test_nobody_is_asked_to_sign_in(adopt, world):
    answer = adopt(None)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_the_manager_of_one_partner_does_not_adopt_for_another(adopt, world):
    assert adopt("department").status_code == 404
    assert adopt("partner", partner_id=world.team.id).status_code == 404


def test_the_manager_of_an_unverified_partner_does_not_adopt(adopt, world):
    assert adopt("volunteer2", partner_id=world.applicant.id).status_code == 403


def test_more_than_is_left_is_said_beside_the_field_and_what_was_typed_stays(adopt):
    for headers in (None, HTMX):
        answer = adopt("partner", headers=headers, quantity="21")
        assert answer.status_code == 409
        form = part(answer, "adoption")
        assert 'id="adopt-quantity-error"' in form
        assert "只剩 20 户" in form
        assert 'value="21"' in form
        assert "每周五下午两名师傅" in form


@pytest.mark.parametrize("headers", [None, HTMX])
def test_what_is_refused_is_said_once_in_the_summary_and_once_at_the_field(adopt, headers):
    answer = adopt("partner", headers=headers, quantity="21")
    form = part(answer, "adoption")
    summary = form.split('class="errors"', 1)[1].split("</div>", 1)[0]
    assert summary.count("只剩 20 户了") == 1
    assert form.count("只剩 20 户了") == answer.text.count("只剩 20 户了") == 2


def test_what_no_form_shows_is_said_above_the_page(adopt, world):
    with work():
        world.project.adopt_all(world.team, pledge="", by=world.lin)
    answer = adopt("partner")
    assert answer.status_code == 409
    assert "刚刚被认领完了" in part(answer, "said")


@pytest.mark.parametrize("typed", ["零", "0", "-3", "1e9", "99999999999999", "3.5"])
def test_what_is_no_quantity_is_said_beside_the_field(adopt, typed):
    answer = adopt("partner", headers=HTMX, quantity=typed)
    assert answer.status_code == 422
    assert 'id="adopt-quantity-error"' in part(answer, "adoption")
    assert "每周五下午两名师傅" in answer.text


def test_a_part_that_is_none_is_said_beside_the_field(adopt, world):
    for typed in ("", "abc", "１"):
        assert 'id="adopt-part_id-error"' in part(adopt("partner", part_id=typed), "adoption")
    assert adopt("partner", part_id="999999").status_code == 409


def test_the_form_is_there_for_managers_of_active_partners_only(enter, world):
    assert 'name="part_id"' in show(enter("partner"), world).text
    for name, words in (("volunteer", "申请成为合伙人"), ("volunteer2", "还没有核实"), (None, "登录后认领")):
        page = show(enter(name), world).text
        assert 'name="part_id"' not in page
        assert words in page


MOVES = {"acceptance": {}, "refusal": {"reason": "材料不够"}, "departure": {"reason": "人手不够"}}


@pytest.mark.parametrize(
    ("move", "allowed"), [("acceptance", "committee"), ("refusal", "subdistrict"), ("departure", "partner")]
)
def test_each_answer_belongs_to_its_side(enter, adoption, move, allowed):
    def post(name):
        return enter(name).post(f"/adoptions/{adoption.id}/{move}", data=MOVES[move]).status_code

    others = {"committee", "partner", "other-committee", "volunteer", "grid"} - {allowed}
    others -= {"committee"} if allowed == "subdistrict" else set()
    assert {post(name) for name in others} == {403}
    assert adoption.state is State.ASKED
    assert post(allowed) == 303
    assert adoption.state is not State.ASKED


def test_the_committee_accepts_the_partner_delivers(enter, adoption, world):
    committee, manager = enter("committee"), enter("partner")
    accepted = committee.post(f"/adoptions/{adoption.id}/acceptance", headers=HTMX)
    assert part(accepted, "project") == part(show(committee, world), "project")
    empty = manager.post(f"/adoptions/{adoption.id}/delivery", data={"adoption": adoption.id}, headers=HTMX)
    assert empty.status_code == 422
    assert f'id="deliver-{adoption.id}-report-error"' in part(empty, f"adoption-{adoption.id}")
    delivered = manager.post(f"/adoptions/{adoption.id}/delivery", data={"report": "5 户修好"}, headers=HTMX)
    assert part(delivered, "project") == part(show(manager, world), "project")
    assert "5 户修好" in part(delivered, f"adoption-{adoption.id}")


def test_a_refusal_without_a_reason_is_said_beside_its_own_field(enter, adoption, world):
    with work():
        other = world.project.adopt(world.team, world.project.parts[1].id, 5, pledge="", by=None)
    data = {"adoption": adoption.id, "reason": "  "}
    answer = enter("committee").post(f"/adoptions/{adoption.id}/refusal", data=data, headers=HTMX)
    assert answer.status_code == 422
    assert "has-error" in part(answer, f"adoption-{adoption.id}")
    assert "has-error" not in part(answer, f"adoption-{other.id}")


def test_whoever_sits_on_both_sides_has_two_forms_and_the_error_in_one(enter, adoption, world):
    with work():
        world.egret.join(world.lin, Role.MANAGER, by=world.zhao)
    answer = enter("committee").post(
        f"/adoptions/{adoption.id}/departure", data={"adoption": adoption.id, "reason": ""}
    )
    assert answer.status_code == 422
    shown = part(answer, f"adoption-{adoption.id}")
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert f"leave-{adoption.id}-reason-error" in ids
    assert f"answer-{adoption.id}-reason-error" not in ids


def test_the_reason_is_for_the_parties(enter, adoption, world):
    with work():
        adoption.decline("这一项要持证电工", by=world.lin)
    assert "这一项要持证电工" in show(enter("partner"), world).text
    assert "这一项要持证电工" in show(enter("committee"), world).text
    for name in ("volunteer", "other-committee", None):
        assert "这一项要持证电工" not in show(enter(name), world).text


def test_the_buttons_of_its_own_page_lead_back_there(enter, adoption, world):
    answer = enter("committee").post(f"/adoptions/{adoption.id}/acceptance?back=adoption")
    assert (answer.status_code, answer.location) == (303, f"/adoptions/{adoption.id}")
    assert enter().get("/adoptions/999999").status_code == 404
    assert enter("partner").post("/adoptions/999999/departure", data={"reason": "没有"}).status_code == 404


def test_the_same_form_sent_twice_is_one_adoption(adopt, world, enter, wish):
    manager = enter("partner")
    url, data = f"/projects/{world.project.id}/adoptions", wish | {"key": "a" * 32}
    assert {manager.post(url, data=data).status_code for _n in range(3)} == {303}
    assert len(world.project.adoptions) == 1
