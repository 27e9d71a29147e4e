"""Is it here already? Who is alike is shown, with enough to decide; nobody is kept from applying."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.db import db
from kernel.work import work
from partners.alike import LONGEST, Reason, Said, find, key_of
from partners.kind import Kind
from partners.partner import Partner
from tests.support.pages import HTMX, part


@pytest.fixture
def known(world):
    """A firm that has applied, with an address and a telephone of its own."""
    with work():
        return Partner.apply(
            Kind.FIRM,
            "西安市长乐春风家电维修有限公司（示例）",
            world.other_community,
            by=world.qian,
            credit_code="9144030071526726XG",
            address="金花北路 12 号",
            contact_phone="02912345678",
        )


@pytest.fixture
def firm(world):
    """What somebody else fills in."""
    return {
        "name": "乐善养老（示例）",
        "credit_code": "914403001922038216",
        "place": world.community.id,
        "contact_name": "吴阿姨",
        "contact_phone": "10000000004",
    }


def reasons(**said):
    return {hint.partner.name: set(hint.reasons) for hint in find(Partner, Said(**said))}


@pytest.mark.parametrize(
    "typed",
    [
        "长乐春风家电维修",
        "长乐 春风家电维修 有限责任公司",
        "西安长乐春风家电维修（示例）",
        "ＣＨ长乐春风家电维修"[2:],
        "春风家电维修",
    ],
)
def test_names_are_alike_without_what_people_leave_out(known, typed):
    assert reasons(name=key_of(typed)) == {known.name: {Reason.NAME}}


@pytest.mark.parametrize(
    "typed", ["春", "家电维修家电维修长乐东路示例社区第三分店旗舰店", "乐善养老", "有限公司", "%", "_"]
)
def test_other_names_are_not(known, typed):
    assert reasons(name=key_of(typed)) == {}


def test_code_phone_and_address_say_it_too(known):
    assert reasons(code="9144030071526726XG") == {known.name: {Reason.CODE}}
    assert reasons(phone="02912345678") == {known.name: {Reason.PHONE}}
    assert reasons(address=key_of("金花北路12号")) == {known.name: {Reason.ADDRESS}}
    assert reasons() == {}


def test_whoever_has_ended_is_no_hint_and_a_neighbour_who_only_asked_is_nobodys_business(world, known):
    assert reasons(name=key_of("周师傅磨刀")) == {}
    with work():
        world.applicant.verify(by=world.lin)
        known.refuse("重复登记", by=world.gao)
    assert reasons(name=key_of("周师傅磨刀")) == {"周师傅磨刀（示例）": {Reason.NAME}}
    assert reasons(code="9144030071526726XG") == {}


@given(st.text(max_size=120))
def test_a_key_is_short_and_its_own_key(words):
    key = key_of(words)
    assert len(key) <= LONGEST
    assert not set(key) & set(" %_（）()·")


def test_a_name_of_nothing_but_what_is_left_out_keeps_its_letters():
    assert key_of("西安有限公司") == "西安有限公司"


def test_the_page_shows_enough_to_decide_while_one_types(enter, world, known):
    url = "/partners/alike?name=长乐春风家电&credit_code=&address="
    page = part(enter("volunteer").get(url, headers=HTMX), "alike")
    for words in (known.name, "咸东社区", "金花北路 12 号", "等社区核实", "名称相近"):
        assert words in page
    assert "02912345678" not in page
    page = part(enter("volunteer").get("/partners/alike?name=白鹭科技"), "alike")
    assert f"/partners/{world.egret.id}#joining" in page
    assert "没有找到相近的" in enter("volunteer").get("/partners/alike?name=没有这一家").text
    assert 'id="alike"' in enter("volunteer").get("/partners/alike").text


def test_numbers_are_not_compared_by_looking(enter, known):
    assert (
        known.name
        not in enter("volunteer").get("/partners/alike?phone=02912345678&contact_phone=02912345678&name=x").text
    )


def test_what_is_alike_is_shown_once_and_keeps_nobody_from_applying(enter, world, known, firm):
    wu, data = enter("volunteer"), firm | {"name": "长乐春风家电维修部"}
    answer = wu.post("/partners/?kind=firm", data=data)
    assert answer.status_code == 409
    assert "名册里有相近的" in answer.text
    assert known.name in part(answer, "alike")
    assert "长乐春风家电维修部" in answer.text
    assert f'name="seen" value="{known.id}"' in answer.text
    assert wu.post("/partners/?kind=firm", data=data | {"seen": known.id}).status_code == 303
    assert db.session.scalars(db.select(Partner).order_by(Partner.id.desc())).first().name == "长乐春风家电维修部"


def test_the_same_form_works_after_the_hint(enter, known, firm):
    wu, data = enter("volunteer"), firm | {"contact_phone": "02912345678", "key": "k" * 32}
    assert wu.post("/partners/?kind=firm", data=data).status_code == 409
    assert wu.post("/partners/?kind=firm", data=data | {"seen": known.id}).status_code == 303


def test_a_code_that_is_taken_is_refused_by_its_own_rule(enter, known, firm):
    answer = enter("volunteer").post("/partners/?kind=firm", data=firm | {"credit_code": known.credit_code})
    assert answer.status_code == 409
    assert 'id="credit_code-error"' in answer.text
    assert "已经登记为" in answer.text


def test_nobody_learns_by_applying_whose_numbers_are_known(enter, known, firm):
    wu = enter("volunteer")
    for number in range(20):
        data = firm | {
            "name": f"示例{number:02}队伍{number:02}号",
            "contact_phone": f"029000000{number:02}",
            "place": 99999,
        }
        assert wu.post("/partners/?kind=firm", data=data).status_code == 404
    answer = wu.post("/partners/?kind=firm", data=firm | {"contact_phone": "02912345678", "name": "第二十一家（示例）"})
    assert answer.status_code == 303, (
        "the twenty-first number of an hour is not compared, and nobody is kept from applying"
    )


def test_only_who_is_signed_in_asks(enter):
    assert enter().get("/partners/alike?name=白鹭").location.startswith("/sign-in?next=")
