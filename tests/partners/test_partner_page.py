"""The page of a partner: what everybody reads, what insiders read, what the committee does there."""

import pytest

from communities.journal import Line
from kernel.db import db
from kernel.work import work
from partners.standing import Stage
from tests.support.pages import HTMX, part

PHONE = "10000000003"
HOSTILE = "<script>alert(1)</script>\u202e 𠮷🚶 {{ 7*7 }} ' OR 1=1 --\x00"
MOVES = [
    ("applicant", "verification", {}, Stage.ACTIVE),
    ("applicant", "refusal", {"reason": "请带证照来"}, Stage.REFUSED),
    ("egret", "suspension", {"reason": "换人"}, Stage.SUSPENDED),
    ("egret", "end", {"reason": "搬走了"}, Stage.ENDED),
]


def url(world, name, verb=""):
    return f"/partners/{getattr(world, name).id}{'/' if verb else ''}{verb}"


def test_everybody_reads_who_it_is_and_a_masked_number(enter, world):
    page = enter().get(url(world, "egret")).text
    for words in ("白鹭科技（示例）", "孵化企业", "东方社区", "家电维修", "100****0003", "2022年3月1日"):
        assert words in page
    assert PHONE not in page
    assert "办理经过" not in page


@pytest.mark.parametrize(
    ("name", "sees"),
    [("volunteer", False), ("other-committee", False), ("grid", False), ("partner", True), ("committee", True),
     ("subdistrict", True)],
)  # fmt: skip
def test_the_number_and_the_handling_are_for_insiders(enter, world, name, sees):
    page = enter(name).get(url(world, "egret")).text
    assert (PHONE in page) == sees
    assert ("办理经过" in page) == sees


@pytest.mark.parametrize(
    ("name", "status"),
    [(None, 404), ("volunteer", 404), ("partner", 404), ("other-committee", 404), ("volunteer2", 200),
     ("committee", 200), ("grid", 404), ("district", 200)],
)  # fmt: skip
def test_an_application_is_known_to_its_people_and_to_the_staff_of_the_place(enter, world, name, status):
    assert enter(name).get(url(world, "applicant")).status_code == status


@pytest.mark.parametrize(("name", "verb", "data", "stage"), MOVES)
def test_the_committee_moves_it(enter, world, name, verb, data, stage):
    answer = enter("committee").post(url(world, name, verb), data=data)
    assert (answer.status_code, answer.location) == (303, url(world, name))
    assert getattr(world, name).stage is stage


@pytest.mark.parametrize(("name", "verb", "data", "stage"), MOVES)
@pytest.mark.parametrize("stranger", [None, "volunteer", "other-committee"])
def test_strangers_do_not(enter, world, name, verb, data, stage, stranger):
    before = getattr(world, name).stage
    status = enter(stranger).post(url(world, name, verb), data=data).status_code
    assert status == (404 if name == "applicant" else 303 if stranger is None else 403)
    assert getattr(world, name).stage is before


def test_a_manager_withdraws_his_application_and_verifies_nothing(enter, world):
    zhou = enter("volunteer2")
    assert zhou.post(url(world, "applicant", "verification")).status_code == 403
    answer = zhou.post(url(world, "applicant", "end"), data={"reason": "先不做了"})
    assert (answer.status_code, answer.location) == (303, "/partners/")
    assert world.applicant.stage is Stage.ENDED
    assert zhou.get(url(world, "applicant")).status_code == 404


@pytest.mark.parametrize("verb", ["suspension", "end"])
def test_without_a_reason_the_sentence_stands_beside_the_field(enter, world, verb):
    answer = enter("committee").post(url(world, "egret", verb), data={"reason": " "}, headers=HTMX)
    assert answer.status_code == 409
    assert 'id="reason-error"' in part(answer, "partner")
    assert "请写明原因，对方会看到。" in part(answer, "said")
    assert world.egret.is_active


def test_a_reason_that_is_too_long_stays_typed(enter, world):
    answer = enter("committee").post(url(world, "egret", "suspension"), data={"reason": "长" * 501}, headers=HTMX)
    assert answer.status_code == 422
    assert "长" * 501 in part(answer, "partner")
    assert "最多 500 个字" in part(answer, "partner")


@pytest.mark.parametrize(("name", "verb", "data", "stage"), MOVES)
def test_the_answer_and_the_page_agree(enter, world, name, verb, data, stage):
    committee = enter("committee")
    answer = committee.post(url(world, name, verb), data=data, headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "partner") == part(committee.get(url(world, name)), "partner")


def test_what_is_no_longer_possible_is_a_sentence(enter, world):
    answer = enter("committee").post(url(world, "egret", "verification"))
    assert answer.status_code == 409
    assert "现在是“合伙人”，这一步做不了" in answer.text


def test_the_same_form_twice_is_carried_out_once(enter, world):
    committee = enter("committee")
    for _n in range(2):
        assert committee.post(url(world, "applicant", "verification"), data={"key": "k" * 32}).status_code == 303
    verbs = [line.verb for line in db.session.scalars(Line.about(world.applicant))]
    assert verbs.count("partner.confirmed") == 1


def test_hostile_text_is_text_everywhere(enter, world):
    data = {
        "name": HOSTILE, "skills": HOSTILE, "about": HOSTILE, "offers": HOSTILE, "place": world.community.id,
        "contact_name": HOSTILE, "contact_phone": "10000000004",
    }  # fmt: skip
    wu = enter("volunteer")
    answer = wu.post("/partners/?kind=resident", data=data)
    assert answer.status_code == 303
    for client in (wu, enter("committee")):
        for page in (client.get(answer.location).text, client.get("/partners/").text):
            assert "<script>alert(1)" not in page
            assert "&lt;script&gt;alert(1)" in page
            assert "\u202e" not in page
            assert "𠮷🚶 {{ 7*7 }}" in page
    assert wu.get(f"{answer.location}/members").status_code == 200
    refusal = enter("committee").post(f"{answer.location}/refusal", data={"reason": HOSTILE}, headers=HTMX)
    assert "&lt;script&gt;" in part(refusal, "partner")
    assert "&lt;script&gt;" in wu.get(f"{answer.location}/edit").text


def test_a_right_that_is_taken_away_is_gone_on_the_next_request(enter, world):
    zhao, committee = enter("partner"), enter("committee")
    assert zhao.get(url(world, "egret", "members")).status_code == 200
    with work():
        world.egret.invite(world.wu.phone, by=world.zhao)
        world.egret.make_manager(world.wu, by=world.zhao)
        world.egret.let_go(world.zhao, by=world.wu)
        world.lin.posts[0].end(by=None)
    assert zhao.get(url(world, "egret", "members")).status_code == 403
    assert PHONE not in zhao.get(url(world, "egret")).text
    assert zhao.post(url(world, "egret", "end"), data={"reason": "x"}).status_code == 403
    assert committee.post(url(world, "applicant", "verification")).status_code == 404
