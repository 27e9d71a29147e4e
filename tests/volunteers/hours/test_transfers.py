"""Old hours from a sheet: shown apart with their paper, once, never in a certificate, all rows or none."""

from io import BytesIO

import pytest
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.sheets import NotImportable, csv_bytes
from kernel.work import work
from volunteers.hours.certificate_state import NothingConfirmed
from volunteers.hours.entry import Entry, Kind
from volunteers.hours.mine import sums
from volunteers.hours.proving import prove
from volunteers.hours.transfer import HourTransfer
from volunteers.hours.transfer_import import carry_out, look, plan, take
from volunteers.hours.transfer_judge import COLUMNS

from .conftest import unit_of
from .test_certificate import issue

HEADS = [str(label) for label in COLUMNS.values()]
PAPER = {
    "name": "吴阿姨（示例）",
    "phone": "10000000004",
    "issuer": "某街道志愿者协会（示例）",
    "paper_number": "A-2025-17",
    "hours": "61.5",
    "until": "2025-12-31",
    "about": "社区巡逻",
}


def sheet(*rows):
    """These papers as an upload; each says what is other than in `PAPER`."""
    return take(csv_bytes(HEADS, [list((PAPER | row).values()) for row in rows]), "old.csv")


def bring(world, *rows, by=None):
    with work():
        return carry_out(sheet(*rows), by or world.lin)


def problems(world, *rows, by=None):
    """The columns and sentences that are wrong; and nothing is stored."""
    with pytest.raises(NotImportable):
        bring(world, *rows, by=by)
    db.session.rollback()
    assert db.session.scalars(seen(select(HourTransfer))).all() == []
    return [(problem.column, str(problem.message)) for problem in plan(sheet(*rows), by or world.lin).problems]


def test_a_paper_becomes_an_entry_of_its_own_kind(world):
    bring(world, {})
    entry = db.session.scalars(seen(select(Entry))).one()
    assert (entry.kind, entry.minutes, entry.person_id) == (Kind.TRANSFER, 3690, world.wu.id)
    assert entry.transfer.paper_number == "A-2025-17"
    found = sums(world.wu)
    assert (found.ours, found.taken_over) == (0, 3690)
    assert prove(unit_of(world)).holds


def test_the_same_sheet_again_changes_nothing(world):
    bring(world, {})
    assert bring(world, {}).unchanged == 1
    assert len(db.session.scalars(seen(select(Entry))).all()) == 1


def test_it_is_in_no_certificate(world, asked):
    bring(world, {"until": clock.today().isoformat()})
    with pytest.raises(NothingConfirmed):
        issue(world)


@pytest.mark.parametrize(
    ("wrong", "column", "sentence"),
    [
        ({"phone": "10099999999"}, "手机号", "没有登记过这个号码"),
        ({"name": "周师傅"}, "姓名", "登记的是另一个姓名"),
        ({"hours": "很多"}, "时长（小时）", "请写小时数"),
        ({"hours": "0"}, "时长（小时）", "请写小时数"),
        ({"hours": "99999"}, "时长（小时）", "请写小时数"),
        ({"until": "2099-01-01"}, "截止日期", "还没有到"),
        ({"until": "去年"}, "截止日期", "看不懂"),
        ({"issuer": ""}, "原记录单位", "要填"),
        ({"paper_number": ""}, "原证明编号", "要填"),
        ({"about": "长" * 121}, "服务内容", "写短一些"),
    ],
)
def test_each_mistake_has_its_sentence_and_nothing_is_stored(world, wrong, column, sentence):
    [(where, said)] = problems(world, wrong)
    assert where == column
    assert sentence in said


def test_one_paper_twice_in_a_sheet(world):
    assert problems(world, {}, {"name": "周师傅（示例）", "phone": "10000000005"}) == [
        ("原证明编号", "和第 2 行是同一份证明。")
    ]


def test_a_paper_that_was_taken_over_is_not_changed(world):
    bring(world, {})
    with pytest.raises(NotImportable):
        bring(world, {"hours": "99"})


def test_nobody_takes_over_his_own(world):
    with work():
        world.lin.home = world.building1
    own = {"name": "林书记（示例）", "phone": world.lin.phone}
    assert [said for _column, said in problems(world, own)] == ["不能给自己转入，请别的同事来。"]


def test_each_committee_knows_its_own_neighbours(world):
    [(column, _said)] = problems(world, {}, by=world.stranger_lin)
    assert column == "手机号"


def test_the_look_says_what_would_happen(world):
    assert look(plan(sheet({}), world.lin))["added"] == [
        ["吴阿姨（示例）", "某街道志愿者协会（示例）", "A-2025-17", "61.5"]
    ]


@pytest.mark.parametrize(("name", "status"), [("committee", 200), ("grid", 403), ("volunteer", 403), (None, 303)])
def test_who_may_import(enter, world, name, status):
    assert enter(name).get("/hour-transfer-imports/").status_code == status
    assert enter(name).get("/hour-transfer-imports/template.xlsx").status_code == status


def test_upload_look_confirm(enter, world):
    committee = enter("committee")
    file = (BytesIO(csv_bytes(HEADS, [list(PAPER.values())])), "old.csv")
    answer = committee.post("/hour-transfer-imports/", data={"file": file}, content_type="multipart/form-data")
    assert "某街道志愿者协会（示例）" in committee.get(answer.location).text
    assert committee.post(f"{answer.location}/confirmation").status_code == 303
    page = enter("volunteer").get("/me/hours").text
    assert "转入记录，另外算" in page
    assert "原记录单位：某街道志愿者协会（示例），编号 A-2025-17" in page
    assert "61.5 小时" in page
