"""An old list of stewards: looked at, stored as a whole or not at all, and nobody in post before he has signed."""

from io import BytesIO

import pytest
from sqlalchemy import select

from communities.person import Person
from kernel.db import db, seen
from kernel.sheets import NotImportable
from kernel.work import work
from volunteers.assignments.assignment import Assignment
from volunteers.assignments.importing import carry_out
from volunteers.assignments.imports import plan, take
from volunteers.assignments.placing import claim
from volunteers.assignments.state import Role, State

HEADS = "小区,楼栋,担任,姓名,电话"
GOOD = "31小区,1号楼,楼栋长,王大爷（示例）,10000001111\n31小区,2号楼,楼栋志愿者,李大妈（示例）,10000002222"


def sheet(*rows):
    return take("\n".join([HEADS, *rows]).encode(), "list.csv")


def rows():
    return db.session.scalars(seen(select(Assignment).order_by(Assignment.id))).all()


def test_everybody_is_kept_as_unconfirmed_and_again_changes_nothing(at_work):
    found = carry_out(sheet(GOOD), at_work.lin)
    assert len(found.new) == 2
    assert {row.state for row in rows()} == {State.UNCONFIRMED}
    people = len(db.session.scalars(seen(select(Person))).all())
    again = carry_out(sheet(GOOD), at_work.lin)
    assert (len(again.new), again.unchanged, len(rows())) == (0, 2, 2)
    assert len(db.session.scalars(seen(select(Person))).all()) == people


def test_who_is_known_by_phone_is_that_person(at_work):
    carry_out(sheet(f"31小区,1号楼,,{at_work.zhou.name},{at_work.zhou.phone}"), at_work.lin)
    [row] = rows()
    assert (row.person_id, row.role) == (at_work.zhou.id, Role.LEAD)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("31小区,9号楼,楼栋长,王大爷（示例）,10000001111", "没有这栋楼"),
        ("31小区,1号楼,队长,王大爷（示例）,10000001111", "请写“楼栋长”"),
        ("31小区,1号楼,楼栋长,,10000001111", "请写姓名"),
        ("31小区,1号楼,楼栋长,王大爷（示例）,123", "11 位手机号"),
        ("31小区,1号楼,楼栋长,别人（示例）,10000000005", "另一个姓名"),
        (GOOD.split("\n")[0].replace("王大爷", "张大爷").replace("1111", "3333"), "位置已经有人"),
        ("31小区,1号楼,楼栋志愿者,王大爷（示例）,10000001111", "只占一个位置"),
    ],
)
def test_one_wrong_row_and_nothing_is_imported(at_work, row, sentence):
    found = plan(sheet(GOOD, row), at_work.lin)
    assert [sentence in str(problem.message) for problem in found.problems] == [True]
    assert found.problems[0].row == 4
    with pytest.raises(NotImportable):
        carry_out(sheet(GOOD, row), at_work.lin)
    assert rows() == []


def test_a_place_that_somebody_asked_for_is_taken(at_work):
    claim(at_work.building1, Role.LEAD, by=at_work.zhou)
    assert "位置已经有人" in str(plan(sheet(GOOD), at_work.lin).problems[0].message)


def test_nobody_imports_into_another_community(at_work):
    assert "没有这栋楼" in str(plan(sheet(GOOD), at_work.stranger_lin).problems[0].message)


def test_by_hand_from_the_upload_to_the_slip_and_the_ledger(enter, world):
    committee = enter("committee")
    assert committee.get("/assignment-imports/template.xlsx").status_code == 200
    file = {"file": (BytesIO("\n".join([HEADS, GOOD]).encode()), "list.csv")}
    answer = committee.post("/assignment-imports/", data=file, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "王大爷（示例）" in committee.get(answer.location).text
    answer = committee.post(f"{answer.location}/confirmation")
    assert answer.status_code == 303
    slips = committee.get(f"/places/{world.compound.code}/coverage/slips").text
    assert slips.count("本人签字") == 2
    assert "10000001111" not in slips
    assert committee.get("/ledgers/assignments.xlsx").status_code == 200
    for name in ("other-committee", "volunteer"):
        assert enter(name).get(f"/places/{world.compound.code}/coverage/slips").status_code == 403
    assert enter("volunteer").get("/assignment-imports/").status_code == 403


def test_what_is_not_signed_is_not_in_post(world):
    with work():
        carry_out(sheet(GOOD), world.lin)
    db.session.rollback()
    assert not any(row.is_serving for row in rows())
