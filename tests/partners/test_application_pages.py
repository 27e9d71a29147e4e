"""Applying on the page: a kind, a form, a sentence about who answers; bad input keeps what was typed."""

import pytest

from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.kind import Kind
from partners.partner import Partner
from partners.standing import Stage

CODE = "9144030071526726XG"


@pytest.fixture
def firm(world):
    """What a firm fills in."""
    return {
        "name": "春风维修（示例）",
        "credit_code": CODE,
        "place": world.community.id,
        "offers": "每月两次上门修小家电",
        "capabilities": [world.appliance.id],
        "contact_name": "吴阿姨",
        "contact_phone": "10000000004",
    }


@pytest.fixture
def newest(world):
    """The partner that applied last."""
    return lambda: db.session.scalars(db.select(Partner).order_by(Partner.id.desc()).limit(1)).one()


@pytest.fixture
def refused(world):
    """The applicant, refused."""
    with work():
        world.applicant.refuse("请写清楚会修什么", by=world.lin)
    return world.applicant


def test_the_kinds_come_first_each_with_a_sentence(enter, world):
    page = enter("volunteer").get("/partners/new").text
    for kind in Kind:
        assert f"kind={kind.value}" in page
    assert enter("volunteer").get("/partners/new?kind=nothing").text.count("<h2>") > 10


def test_nobody_applies_without_signing_in(enter, world, firm):
    assert enter().get("/partners/new?kind=firm").location.startswith("/sign-in?next=")
    assert enter().post("/partners/?kind=firm", data=firm).location == "/sign-in"


def test_whoever_applies_is_told_who_answers_by_which_day(enter, world, firm, newest):
    wu = enter("volunteer")
    answer = wu.post("/partners/?kind=firm", data=firm)
    partner = newest()
    assert (answer.status_code, answer.location) == (303, f"/partners/{partner.id}")
    page = wu.get(answer.location).text
    assert "申请已交给东方社区（社区党委）" in page
    assert "前会答复您" in page
    assert (partner.stage, partner.managers, partner.areas) == (Stage.APPLIED, [world.wu], [world.community])
    assert [capability.code for capability in partner.capabilities] == ["appliance"]


def test_the_same_form_twice_is_one_application(enter, firm, newest):
    wu = enter("volunteer")
    first, second = (wu.post("/partners/?kind=firm", data=firm | {"key": "k" * 32}) for _n in range(2))
    assert first.location == second.location == f"/partners/{newest().id}"


def test_the_service_area_is_as_wide_as_was_ticked(enter, world, firm, newest):
    ticked = [world.community.id, world.subdistrict.id, world.other_community.id]
    enter("volunteer").post("/partners/?kind=firm", data=firm | {"areas": ticked})
    assert newest().areas == [world.subdistrict]


def test_a_department_may_belong_to_the_whole_district(enter, world, newest):
    page = enter("department").get("/partners/new?kind=department").text
    assert f'value="{world.district.id}">新城区' in page
    data = {"name": "区民政局（示例）", "functions": [world.care.id, world.repair.id], "place": world.district.id}
    enter("department").post(
        "/partners/?kind=department", data=data | {"contact_name": "钱科长", "contact_phone": "02912345678"}
    )
    assert (newest().functions, newest().place) == ([world.repair, world.care], world.district)


@pytest.mark.parametrize(
    ("kind", "field", "typed", "sentence"),
    [
        ("firm", "credit_code", "9144030071526726", "您填了 16 位"),
        ("firm", "credit_code", "9144030071526726XO", "第 18 位“O”"),
        ("firm", "credit_code", "9144030071526726XH", "最后一位校验码对不上"),
        ("firm", "name", "长" * 81, "最多 80 个字"),
        ("firm", "contact_phone", "12345", "请填 11 位手机号"),
        ("homeowners", "term_until", "2020-01-01", "已经过去了"),
        ("homeowners", "term_until", "明年", "请写成 2026-12-01 这样"),
        ("incubated_firm", "incubated_since", "2199-01-01", "还没有到"),
        ("team", "members_count", "0", "请填 1 到 10000 之间的数"),
        ("team", "members_count", "几个", "请填一个整数"),
        ("department", "functions", "x", "请从列表里选"),
        ("resident", "skills", " ", "这一项要填"),
        ("property_manager", "compounds", "x", "请从列表里选"),
        ("social_organisation", "credit_code", "9144030071526726XG", "以 51、52、53 或 59 开头，您填的以 91 开头"),
    ],
)
def test_bad_input_has_its_sentence_and_stays(enter, firm, kind, field, typed, sentence):
    answer = enter("volunteer").post(f"/partners/?kind={kind}", data=firm | {field: typed})
    assert answer.status_code == 422
    page = answer.text
    assert f'id="{field}-error"' in page
    assert sentence in page
    assert "春风维修（示例）" in page or field == "name"
    assert typed in page or kind == "department"
    assert "每月两次上门修小家电" in page or kind == "resident"


def test_what_was_ticked_and_picked_stays_ticked_and_picked(enter, world, firm):
    data = firm | {"name": "", "areas": [world.other_community.id]}
    page = enter("volunteer").post("/partners/?kind=firm", data=data).text
    assert f'<option selected value="{world.community.id}">' in page
    assert f'id="areas-{world.other_community.id}" value="{world.other_community.id}" checked' in page
    assert f'value="{world.appliance.id}" checked' in page


def test_a_taken_code_has_its_sentence_beside_the_field(enter, firm):
    enter("volunteer").post("/partners/?kind=firm", data=firm)
    answer = enter("partner").post("/partners/?kind=firm", data=firm | {"name": "另一家（示例）"})
    assert answer.status_code == 409
    assert "已经登记为“春风维修（示例）”" in answer.text
    assert 'id="credit_code-error"' in answer.text
    assert "另一家（示例）" in answer.text


@pytest.mark.parametrize("place", ["compound", "building1"])
def test_a_place_where_nobody_answers_is_refused(enter, world, firm, place):
    answer = enter("volunteer").post("/partners/?kind=firm", data=firm | {"place": getattr(world, place).id})
    assert answer.status_code == 409
    assert "申请要交到一个社区" in answer.text


@pytest.mark.parametrize("field", ["place", "areas", "capabilities"])
def test_what_is_not_there_is_not_found(enter, firm, field):
    assert enter("volunteer").post("/partners/?kind=firm", data=firm | {field: 99999}).status_code == 404


def test_a_kind_that_there_is_not_is_not_found(enter, firm):
    assert enter("volunteer").post("/partners/?kind=king", data=firm).status_code == 404


def test_after_a_refusal_the_whole_form_comes_back_and_goes_out_again(enter, world, refused):
    zhou = enter("volunteer2")
    assert "请写清楚会修什么" in zhou.get(f"/partners/{refused.id}").text
    page = zhou.get(f"/partners/{refused.id}/edit").text
    assert "周师傅磨刀（示例）" in page
    assert "磨刀修伞" in page
    data = {"name": "周师傅修伞", "skills": "修伞", "place": world.community.id, "contact_name": "周"}
    answer = zhou.post(f"/partners/{refused.id}/application", data=data | {"contact_phone": "10000000005"})
    assert answer.status_code == 303
    partner = world.applicant
    assert (partner.stage, partner.name, partner.skills) == (Stage.APPLIED, "周师傅修伞", "修伞")
    assert partner.answer_due > clock.today()


def test_what_was_not_refused_is_not_sent_again(enter, world):
    data = {"name": "周师傅", "skills": "修伞", "place": world.community.id, "contact_name": "周"}
    answer = enter("volunteer2").post(
        f"/partners/{world.applicant.id}/application", data=data | {"contact_phone": "10000000005"}
    )
    assert answer.status_code == 409
    assert world.applicant.name == "周师傅磨刀（示例）"


def test_a_manager_changes_its_words_and_not_its_name(enter, world):
    zhao = enter("partner")
    page = zhao.get(f"/partners/{world.egret.id}/edit").text
    assert "家电维修与便民服务" in page
    assert 'name="name"' not in page
    data = {"name": "别的名字", "about": "只修电饭煲", "contact_name": "赵社长", "contact_phone": "10000000003"}
    assert zhao.post(f"/partners/{world.egret.id}/edit", data=data).status_code == 303
    assert (world.egret.name, world.egret.about) == ("白鹭科技（示例）", "只修电饭煲")
    assert world.egret.is_active


@pytest.mark.parametrize(("name", "status"), [(None, 303), ("volunteer", 403), ("committee", 403)])
def test_nobody_else_changes_them(enter, world, name, status):
    client = enter(name)
    data = {"contact_name": "x", "contact_phone": "10000000003"}
    assert client.get(f"/partners/{world.egret.id}/edit").status_code == status
    assert client.post(f"/partners/{world.egret.id}/edit", data=data).status_code == status
