"""Projects from a sheet: drafts, all or nothing, what is published stays, and the ledger comes back unchanged."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import func

from communities.journal import Line
from kernel import clock
from kernel.db import db
from kernel.sheets import NotImportable, csv_bytes
from kernel.work import work
from projects import ledgers
from projects.imports import parts
from projects.imports.importing import carry_out, plan
from projects.imports.sheet import take
from projects.project import Project
from projects.stage import Stage
from tests.support.scans import sent

HEADS = ["编号", "项目", "地点", "类别", "开始", "结束", "要做的事", "需要会什么", "安全提示"]


@pytest.fixture
def row():
    """A new project, as a committee writes it; other cells by their column."""
    day = clock.today() + timedelta(days=7)
    words = ["", "楼道灯", "东方社区", "维修便民", day.isoformat(), (day + timedelta(days=9)).isoformat()]
    words += ["换灯 12件（2人×3次×2小时）；量尺寸 1项", "电工、家电维修", "登高，两人一组。"]
    known = dict(zip(HEADS, words, strict=True))
    return lambda **changes: list((known | changes).values())


def sheet(*rows):
    return take(csv_bytes(HEADS, rows), "projects.csv")


def store(world, *rows):
    with work():
        return carry_out(sheet(*rows), world.lin)


def newest():
    return db.session.scalars(db.select(Project).order_by(Project.id.desc()).limit(1)).one()


def test_a_new_row_is_a_draft_with_its_parts(world, row):
    found = store(world, row())
    assert (len(found.new), len(found.changed), found.unchanged) == (1, 0, 0)
    project = newest()
    assert (project.title, project.stage, project.place) == ("楼道灯", Stage.DRAFT, world.community)
    assert [(part.title, part.quantity, part.unit, part.person_hours) for part in project.parts] == [
        ("换灯", 12, "件", 12),
        ("量尺寸", 1, "项", None),
    ]
    assert [one.code for one in project.capabilities] == ["appliance", "electrics"]
    verbs = [line.verb for line in db.session.scalars(db.select(Line).order_by(Line.id.desc()).limit(1))]
    assert verbs == ["projects.imported"]


def test_the_same_sheet_again_changes_nothing(world, row):
    store(world, row())
    lines = db.session.scalar(db.select(func.count()).select_from(Line))
    found = store(world, row())
    assert (len(found.new), len(found.changed), found.unchanged) == (0, 0, 1)
    assert db.session.scalar(db.select(func.count()).select_from(Line)) == lines


def test_a_draft_is_changed_and_its_parts_are_cut_anew(world, row):
    store(world, row())
    draft = newest()
    found = store(world, row(编号=str(draft.id), 项目="楼道的灯", 要做的事="换灯 20件", 安全提示=""))
    assert len(found.changed) == 1
    assert (draft.title, draft.risk_note) == ("楼道的灯", "登高，两人一组。")
    assert [str(part) for part in draft.parts] == ["换灯 20 件"]


def test_what_is_published_is_not_changed(world, row):
    wrong = plan(sheet(row(编号=str(world.project.id))), world.lin).problems
    assert [(one.row, one.column) for one in wrong] == [(2, "编号")]
    assert "已经发布过了" in str(wrong[0].message)


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("项目", "", "要填这一项"),
        ("项目", "长" * 121, "写短一些"),
        ("地点", "咸东社区", "您管的范围里没有"),
        ("地点", "火星", "您管的范围里没有"),
        ("类别", "魔法", "目录里没有"),
        ("开始", "下周二", "日期看不懂"),
        ("结束", "2020-01-01", "结束的日期在开始之前"),
        ("要做的事", "帮帮忙", "看不懂"),
        ("要做的事", "换灯 0件", "数不对"),
        ("要做的事", "换灯 3件（2人×3次×25小时）", "数不对"),
        ("需要会什么", "飞行", "目录里没有"),
        ("编号", "999", "不是您这里的项目"),
        ("编号", "=1+1", "不是您这里的项目"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_stored(world, row, column, text, said):
    count = db.session.scalar(db.select(func.count()).select_from(Project))
    problems = plan(sheet(row(项目="好的"), row(**{column: text})), world.lin).problems
    assert [(one.row, one.column) for one in problems] == [(3, column)]
    assert said in str(problems[0].message)
    with pytest.raises(NotImportable):
        store(world, row(项目="好的"), row(**{column: text}))
    assert db.session.scalar(db.select(func.count()).select_from(Project)) == count


def test_one_project_twice_in_a_sheet_is_refused(world, row):
    problems = plan(sheet(row(), row()), world.lin).problems
    assert "和第 2 行是同一个项目" in str(problems[0].message)


def test_what_is_written_in_a_cell_is_read_back():
    cell = "集中维修 43户（4人×3次×4小时）；给31小区老人上门 20 人次; 讲一场 1场（1 人 x 1 次 * 2 小时）"
    facts = parts.read(cell)
    assert [(one["title"], one["quantity"], one["unit"], one["hours"]) for one in facts] == [
        ("集中维修", 43, "户", 4),
        ("给31小区老人上门", 20, "人次", None),
        ("讲一场", 1, "场", 2),
    ]


def test_the_ledger_is_imported_without_a_change(world, row, enter):
    store(world, row())
    with work():
        world.project.parts[0].title = "不好认的；标题（43户）"
    data = ledgers.PROJECTS.workbook(world.lin, {"place": world.community.code}, place="东方社区")
    found = plan(take(data, "projects.xlsx"), world.lin)
    assert (found.problems, found.new, found.changed, found.unchanged) == ([], [], [], 2)


def test_the_other_ledgers_say_who_and_what_came_of_it(done, world):
    adoptions = [list(row) for row in ledgers.ADOPTIONS.rows(world.lin, {})]
    assert adoptions[0][1:5] == ["31小区老人家电义修", "白鹭科技（示例）", "孵化企业", "东方社区"]
    assert adoptions[0][5:8] == ["集中维修", 43, "户"]
    assert adoptions[0][12] == 48.0
    [outcome] = ledgers.OUTCOMES.rows(world.lin, {})
    assert outcome[5:] == ["修好 43 户的家电。", 86, "白鹭科技（示例）", 48.0, 2600]
    assert list(ledgers.PROJECTS.rows(world.stranger_lin, {})) == []
    assert list(ledgers.OUTCOMES.rows(world.stranger_lin, {})) == []


def test_the_pages_lead_from_the_template_to_the_drafts(world, enter, row):
    committee = enter("committee")
    book = load_workbook(BytesIO(committee.get("/project-imports/template.xlsx").data))
    assert "要做的事" in [cell.value for cell in book.active[1]]
    assert "导入公益项目" in committee.get("/project-imports/").text
    uploaded = committee.post("/project-imports/", **sent(csv_bytes(HEADS, [row()]), "a.csv"))
    page = committee.get(uploaded.location).text
    assert "楼道灯" in page
    assert "换灯 12件" in page
    assert committee.post(f"{uploaded.location}/confirmation").status_code == 303
    assert newest().title == "楼道灯"
    for name in ("grid", "partner", "volunteer"):
        assert enter(name).get("/project-imports/").status_code == 403, name
    assert enter("other-committee").get(uploaded.location).status_code == 404
