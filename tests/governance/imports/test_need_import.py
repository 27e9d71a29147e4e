"""Needs from a sheet: new ones are written down, all or nothing; known ones stay; the ledger comes back unchanged."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook
from sqlalchemy import func

from communities.journal import Line
from communities.person import Person
from communities.place import Kind
from communities.working_day import working_days_after
from governance import ledgers
from governance.imports.importing import carry_out, look, plan
from governance.imports.sheet import MOST, take
from governance.need import Need
from governance.need_state import Privacy, Source, State
from governance.receiving import ANSWER_IN
from kernel import clock, paper_number
from kernel.db import db, seen
from kernel.sheets import NotImportable, csv_bytes
from kernel.upload import TooManyRows
from kernel.work import work
from tests.governance.test_race import rush
from tests.support.scans import sent
from tests.support.statements import counted

HEADS = ["编号", "哪天说的", "地点", "类别", "怎么来的", "12345 工单号", "公开的说法", "大约几户"]
HEADS += ["什么事要解决", "反映人", "手机号", "替谁说的"]
WORDS = "三楼楼道灯不亮，老人晚上下楼看不见。"


@pytest.fixture
def row():
    """A new need, as staff write it; other cells by their column."""
    day = (clock.today() - timedelta(days=3)).isoformat()
    cells = [
        "",
        day,
        "31小区 1号楼",
        "",
        "走访",
        "",
        "",
        "6",
        WORDS,
        "王阿姨（示例）",
        "100 0000 0099",
        "李爷爷（示例）",
    ]
    known = dict(zip(HEADS, cells, strict=True))
    return lambda **changes: list((known | changes).values())


def ticketed(number, **changes):
    return {"12345 工单号": number, "怎么来的": ""} | changes


def sheet(*rows):
    return take(csv_bytes(HEADS, rows), "needs.csv")


def store(world, *rows):
    with work():
        return carry_out(sheet(*rows), world.lin)


def needs():
    return list(db.session.scalars(seen(db.select(Need).order_by(Need.id))))


def problems(world, *rows):
    return plan(sheet(*rows), world.lin).problems


def test_a_new_row_is_a_need_that_waits_to_be_verified(world, row):
    found = store(world, row())
    assert (len(found.new), found.unchanged) == (1, 0)
    [need] = needs()
    assert paper_number.fault(need.number) is None
    assert (need.state, need.place, need.source) == (State.RECEIVED, world.building1, Source.VISIT)
    assert (need.privacy, need.matter, need.households) == (Privacy.HANDLERS, "", 6)
    assert clock.local(need.said_at).date() == clock.today() - timedelta(days=3)
    voice = need.voice
    assert (voice.words, voice.name, voice.phone) == (WORDS, "王阿姨（示例）", "10000000099")
    assert (voice.behalf_of, voice.person_id) == ("李爷爷（示例）", None)
    verbs = list(db.session.scalars(db.select(Line.verb).order_by(Line.id.desc()).limit(2)))
    assert verbs == ["needs.imported", "need.noted"]


def test_a_category_verifies_it_and_public_words_are_public(world, row):
    store(world, row(类别="维修便民", 公开的说法="楼道灯不亮"), row(类别=world.care.name, 什么事要解决="想有人照应"))
    [lamp, care] = needs()
    assert (lamp.state, lamp.privacy, lamp.title) == (State.VERIFIED, Privacy.MATTER, "楼道灯不亮")
    assert (care.state, care.privacy, care.matter) == (State.VERIFIED, Privacy.HANDLERS, "")
    assert lamp.category == world.repair


def test_it_is_answered_from_the_day_on_which_it_was_written_down(world, row):
    store(world, row(哪天说的="2020-01-02"))
    assert needs()[0].due == working_days_after(clock.today(), ANSWER_IN)


def test_a_ticket_alone_says_that_it_came_by_the_hotline(world, row):
    store(world, row(**ticketed("６１０－7 a")), row(怎么来的="", 什么事要解决="别的"))
    assert [(need.source, need.external_number) for need in needs()] == [(Source.HOTLINE, "6107A"), (Source.VISIT, "")]


def test_the_same_sheet_again_changes_nothing(world, row):
    rows = row(), row(**ticketed("610-1")), row(类别="维修便民", 公开的说法="灯", 什么事要解决="灯")
    store(world, *rows)
    before = db.session.scalar(db.select(func.count()).select_from(Line))
    with time_machine.travel(clock.now() + timedelta(days=5)):
        found = store(world, *rows)
        assert (len(found.new), found.unchanged) == (0, 3)
    assert db.session.scalar(db.select(func.count()).select_from(Line)) == before
    assert len(needs()) == 3


def test_a_ticket_is_known_again_however_it_is_typed(world, row):
    store(world, row(**ticketed("610-1")))
    assert plan(sheet(row(**ticketed(" 610 1", 什么事要解决=""))), world.lin).unchanged == 1


def test_what_is_known_is_not_changed_by_a_sheet(world, row, verified):
    [wrong] = problems(world, row(编号=verified.shown_number, 什么事要解决="", **dict.fromkeys(ON_ITS_PAGE, "")))
    assert wrong.column == "大约几户"
    assert verified.shown_number in str(wrong.message)
    assert "表不改已有的事" in str(wrong.message)
    with pytest.raises(NotImportable):
        store(world, row(), row(编号=verified.number, 什么事要解决="别的"))
    assert needs() == [verified]


ON_ITS_PAGE = ("哪天说的", "怎么来的", "反映人", "手机号", "替谁说的")


@pytest.mark.parametrize(
    ("column", "text", "said"),
    [
        ("什么事要解决", "", "要填这一项"),
        ("什么事要解决", "灯" * 1001, "写短一些"),
        ("地点", "", "要填这一项"),
        ("地点", "咸东社区", "您管的范围里没有"),
        ("地点", "32小区 1号楼", "您管的范围里没有"),
        ("地点", "火星", "您管的范围里没有"),
        ("哪天说的", "", "要填这一项"),
        ("哪天说的", "上周二", "日期看不懂"),
        ("哪天说的", "2199-01-01", "还没有到"),
        ("类别", "魔法", "目录里没有"),
        ("怎么来的", "托梦", "不在“怎么来的”里"),
        ("大约几户", "0", "1 到 5000"),
        ("大约几户", "很多", "1 到 5000"),
        ("手机号", "12345", "不像电话号码"),
        ("反映人", "王" * 81, "写短一些"),
        ("公开的说法", "打 100 0000 0099 找王阿姨", "不能有电话"),
        ("编号", "2026-7K4M-9QX2-C", "不是您这里的"),
        ("编号", "=1+1", "不是您这里的"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_stored(world, row, column, text, said):
    wrong = problems(world, row(什么事要解决="好的"), row(**{column: text}))
    assert [(one.row, one.column) for one in wrong] == [(3, column)]
    assert said in str(wrong[0].message)
    with pytest.raises(NotImportable):
        store(world, row(什么事要解决="好的"), row(**{column: text}))
    assert needs() == []


def test_the_hotline_wants_its_number(world, row):
    [wrong] = problems(world, row(怎么来的="12345 工单"))
    assert (wrong.column, str(wrong.message)) == ("12345 工单号", "来自 12345 的，请写工单号。")


def test_a_ticket_of_another_community_tells_nothing_of_it(world, row):
    with work():
        facts = {"source": Source.HOTLINE, "external_number": "6101", "token": "there"}
        there = Need.say(world.other_community, "别处的事", by=None, **facts)
    [wrong] = problems(world, row(**ticketed("610-1")))
    assert "别的社区已经记过了" in str(wrong.message)
    assert there.shown_number not in str(wrong.message)


def test_a_number_of_another_community_is_not_known(world, row):
    with work():
        there = Need.say(world.other_community, "别处的事", by=None, token="there")
    [wrong] = problems(world, row(编号=there.shown_number))
    assert "不是您这里的" in str(wrong.message)


def test_one_need_twice_in_a_sheet_is_refused(world, row):
    assert "和第 2 行是同一件事" in str(problems(world, row(), row())[0].message)
    tickets = row(**ticketed("610-1")), row(**ticketed("6101", 什么事要解决="别的"))
    assert "和第 2 行是同一件事" in str(problems(world, *tickets)[0].message)


def test_two_buildings_of_one_name_are_told_apart(world, row):
    with work():
        other = world.grid.add(Kind.COMPOUND, "610102004003-G1-Y32", "32小区")
        other.add(Kind.BUILDING, "610102004003-G1-Y32-001", "1号楼")
    [wrong] = problems(world, row(地点="1号楼"))
    assert "有 2 个地方叫“1号楼”" in str(wrong.message)
    places = ("31小区 1号楼", "东方社区 32小区 1号楼", world.building1.code)
    found = plan(sheet(*[row(地点=place, 什么事要解决=place) for place in places]), world.lin)
    assert found.problems == []
    assert [found.labels[one.place.id] for one in found.new] == [
        "东方社区 31小区 1号楼",
        "东方社区 32小区 1号楼",
        "东方社区 31小区 1号楼",
    ]


def test_the_ledger_is_imported_without_a_change(world, row, solved):
    store(world, row(**ticketed("610-2")), row(什么事要解决="又一件"))
    data = ledgers.NEEDS.workbook(world.lin, {"place": world.community.code}, place="东方社区")
    found = plan(take(data, "needs.xlsx"), world.lin)
    assert (found.problems, found.new, found.unchanged) == ([], [], 3)


def test_what_is_looked_at_holds_nothing_about_people(world, row):
    told = repr(look(plan(sheet(row(类别="维修便民", 公开的说法="楼道灯")), world.lin)))
    assert "东方社区 31小区 1号楼" in told
    assert not [secret for secret in ("老人晚上", "王阿姨", "李爷爷", "0000 0099", "10000000099") if secret in told]


def test_many_rows_are_looked_at_in_as_many_statements(world, row):
    few = sheet(*[row(什么事要解决=f"第{n}件") for n in range(3)])
    many = sheet(*[row(什么事要解决=f"第{n}件") for n in range(300)])
    with counted() as said_of_few:
        plan(few, world.lin)
    with counted() as said_of_many:
        assert len(plan(many, world.lin).new) == 300
    assert len(said_of_many) == len(said_of_few) <= 8


def test_more_rows_than_a_sheet_may_have_are_refused(row):
    with pytest.raises(TooManyRows):
        sheet(*[row() for _row in range(MOST + 1)])


def test_the_pages_lead_from_the_template_to_the_needs(world, enter, row):
    committee = enter("committee")
    book = load_workbook(BytesIO(committee.get("/need-imports/template.xlsx").data))
    assert [cell.value for cell in book.active[1]] == HEADS
    assert 'href="/need-imports/"' in committee.get("/needs/").text
    assert 'href="/need-imports/"' in committee.get("/ledgers/").text
    assert "导入需求" in committee.get("/need-imports/").text
    uploaded = committee.post("/need-imports/", **sent(csv_bytes(HEADS, [row(类别="维修便民")]), "a.csv"))
    page = committee.get(uploaded.location).text
    assert "东方社区 31小区 1号楼" in page
    assert "老人晚上" not in page
    assert needs() == []
    assert committee.post(f"{uploaded.location}/confirmation").status_code == 303
    [need] = needs()
    assert need.voice.words == WORDS
    for name in ("grid", "partner", "volunteer", "department"):
        assert enter(name).get("/need-imports/").status_code == 403, name
        assert 'href="/need-imports/"' not in enter(name).get("/needs/").text
    assert enter("other-committee").get(uploaded.location).status_code == 404


def test_two_imports_of_one_sheet_at_once_write_it_down_once(world, site, row):
    data, by = csv_bytes(HEADS, [row(), row(**ticketed("610-1"))]), world.lin.id

    def act():
        carry_out(take(data, "needs.csv"), db.session.get_one(Person, by))

    db.session.rollback()
    outcomes = rush(site, [act] * 4)
    assert set(outcomes) <= {"done", "Busy"}
    assert "done" in outcomes
    assert len(needs()) == 2
