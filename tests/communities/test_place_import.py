"""Importing places: a sheet is compared row by row, then stored as a whole or not at all."""

from time import process_time

import pytest
from sqlalchemy import func, select

from communities.journal import Line
from communities.place import Kind, Place
from communities.place_import import NotImportable, carry_out
from communities.place_plan import plan
from communities.place_sheet import headers, rows, take
from communities.place_sheet import kinds as kind_words
from kernel import search
from kernel.db import db
from kernel.sheets import csv_bytes, template, write
from kernel.work import work
from tests.kernel.workbooks import book, text_file
from tests.support.machine import own

HEADERS = ["编码", "名称", "类别", "上级编码", "户数", "纬度", "经度", "顺序"]
COMPOUND = "610102004003-G1-Y31"
NEW = [
    ["Y32", "32小区", "小区", "610102004003", "120", "34.2521", "109.0150", ""],
    ["Y32-10", "10号楼", "楼栋", "Y32", "", "", "", ""],
    ["Y32-2", "2号楼", "楼栋", "Y32", "60", "", "", ""],
]


def sheet(*lines, header=HEADERS):
    """The rows of a CSV file as the import takes them."""
    return take(text_file(header, *([*line, *[""] * (8 - len(line))] for line in lines)), "地点.csv")


def bring(*lines, by=None):
    """Import these rows."""
    with work():
        return carry_out(sheet(*lines), by=by)


def problems(*lines):
    """(row, column, sentence) of what is wrong with these rows."""
    return [(problem.row, problem.column, str(problem.message)) for problem in plan(sheet(*lines)).problems]


def everything():
    """All that is stored of places."""
    columns = Place.code, Place.name, Place.parent_id, Place.path, Place.position, Place.households, Place.lat
    return db.session.execute(select(*columns).order_by(Place.id)).all()


class TestGood:
    def test_new_places_stand_under_their_parents_in_natural_order(self, world):
        done = bring(*NEW)
        assert [(kind, count) for kind, count in done.kinds] == [(Kind.COMPOUND, 1), (Kind.BUILDING, 2)]
        compound = Place.at("Y32")
        assert compound.path == f"{world.community.path}{compound.id}/"
        assert [building.code for building in compound.children] == ["Y32-2", "Y32-10"]
        assert all(compound.covers(building) for building in compound.children)
        assert (compound.lat, compound.lon, compound.households) == (34.2521, 109.015, 120)

    def test_parents_may_stand_below_their_children(self, world):
        bring(*reversed(NEW))
        assert Place.at("Y32-2").parent.parent.id == world.community.id

    def test_the_same_sheet_again_changes_nothing(self, world):
        bring(*NEW)
        before, lines = everything(), db.session.scalar(select(func.count(Line.id)))
        again = bring(*NEW)
        assert (again.new, again.changed, again.unchanged) == ([], [], 3)
        assert everything() == before
        assert db.session.scalar(select(func.count(Line.id))) == lines

    def test_one_line_in_the_journal(self, world):
        bring(*NEW, by=world.gao)
        (line,) = db.session.scalars(select(Line).where(Line.verb == "places.imported"))
        assert (line.by_id, line.place_id, line.ids) == (world.gao.id, world.district.id, {"new": 3, "changed": 0})

    def test_a_place_that_moves_takes_its_subtree_along(self, world):
        bring(["G9", "第九网格", "基础网格", "610102004001"], [COMPOUND, "31小区", "小区", "G9"])
        db.session.rollback()
        assert world.building2.path.startswith(world.other_community.path)
        assert world.other_community.covers(world.building2)
        assert not world.grid.covers(world.building2)

    def test_an_empty_cell_leaves_what_is_known(self, world):
        done = bring([COMPOUND, "31小区（东区）", "小区", "610102004003-G1"])
        assert [column for column, _old, _new in done.changed[0].shown] == ["名称"]
        assert (world.compound.name, world.compound.lat) == ("31小区（东区）", 34.2513)

    def test_an_order_that_somebody_chose_goes_before_the_natural_one(self, world):
        bring(*NEW[:2], [*NEW[2][:7], "9"], ["Y32-1", "1号楼", "楼栋", "Y32"])
        assert [building.name for building in Place.at("Y32").children] == ["2号楼", "1号楼", "10号楼"]

    def test_a_renamed_building_moves_to_its_place(self, world):
        bring(*NEW)
        bring(["Y32-2", "12号楼", "楼栋", "Y32"])
        db.session.rollback()
        assert [building.name for building in Place.at("Y32").children] == ["10号楼", "12号楼"]

    def test_what_was_imported_is_found(self, world):
        bring(*NEW)
        bring(["Y32", "三十二小区", "小区", "610102004003"])
        assert [place.name for _kind, place in search.find(world.wu, "三十二", kind="place")] == ["三十二小区"]
        assert search.find(world.wu, "32小区", kind="place") == []

    def test_what_is_written_reads_as_the_same(self, world):
        bring(*NEW)
        for data, name in ((csv_bytes(headers(), rows()), "a.csv"), (write("地点", headers(), rows()), "a.xlsx")):
            found = plan(take(data, name))
            assert (found.problems, found.new, found.changed) == ([], [], [])
            assert found.unchanged == db.session.scalar(select(func.count(Place.id)))

    def test_a_part_of_the_tree_is_written_with_the_codes_of_its_parents(self, world):
        written = list(rows(world.compound))
        assert [row[0] for row in written] == [COMPOUND, f"{COMPOUND}-001", f"{COMPOUND}-002"]
        assert [row[3] for row in written] == ["610102004003-G1", COMPOUND, COMPOUND]

    def test_gb18030_numbers_and_full_width_digits(self, world):
        data = text_file(
            HEADERS[:5], ["Ｙ３３", "𠮷祥小区", "小区、院落", "610102004003", "１２０"], encoding="gb18030"
        )
        with work():
            carry_out(take(data, "地点.csv"), by=None)
        assert (Place.at("Y33").name, Place.at("Y33").households) == ("𠮷祥小区", 120)

    def test_excel_turns_codes_into_numbers(self, world):
        data = book(HEADERS[:4], [610102004009, "示例社区-09", "社区", 610102004])
        with work():
            carry_out(take(data, "地点.xlsx"), by=None)
        assert Place.at("610102004009").parent.id == world.subdistrict.id

    def test_english_headers_and_kinds(self, world):
        data = text_file(["Code", "Name", "Kind", "Parent code"], ["Y33", "33", "Compound", "610102004003"])
        assert [given.kind for given in plan(take(data, "a.csv")).new] == [Kind.COMPOUND]

    def test_the_template_reads_as_an_empty_sheet(self, site):
        taken = take(template(headers(), {"类别": kind_words()}), "template.xlsx")
        assert (taken.rows, taken.sheet.problems) == ([], [])

    def test_into_an_empty_site(self, site):
        with work():
            carry_out(sheet(["1", "新城区", "区"], ["2", "西一路街道", "街道", "1"]), by=None)
        assert Place.at("2").path == f"{Place.at('1').path}{Place.at('2').id}/"


WRONG = [
    (["", "a", "小区", "610102004003"], "编码", "请写编码"),
    (["a/b", "a", "小区", "610102004003"], "编码", "请写编码"),
    (["a", "", "小区", "610102004003"], "名称", "请写名称"),
    (["a", "名" * 81, "小区", "610102004003"], "名称", "最多 80"),
    (["a", "a", "大楼", "610102004003"], "类别", "“大楼”"),
    (["a", "a", "小区", ""], "上级编码", "要写上级编码"),
    (["a", "a", "小区", "没有"], "上级编码", "没有编码“没有”"),
    (["a", "a", "小区", "a"], "上级编码", "不能放在小区"),
    (["a", "a", "楼栋", "610102004003"], "上级编码", "楼栋不能放在社区下面，应放在小区、院落下面"),
    (["a", "a", "区", "610102"], "上级编码", "要空着"),
    (["610102004003", "a", "小区", "610102004003-G1"], "类别", "已经是社区"),
    (["a", "a", "小区", "610102004003", "很多"], "户数", "整数"),
    (["a", "a", "小区", "610102004003", "-1"], "户数", "整数"),
    (["a", "a", "小区", "610102004003", "", "109.01", "34.25"], "纬度", "-90 到 90"),
    (["a", "a", "小区", "610102004003", "", "34.25", ""], "经度", "一起写"),
    (["a", "a", "小区", "610102004003", "", "", "", "1.5"], "顺序", "整数"),
]


class TestWrong:
    @pytest.mark.parametrize(("line", "column", "sentence"), WRONG, ids=range(len(WRONG)))
    def test_each_mistake_is_told_with_row_and_column(self, world, line, column, sentence):
        ((row, where, message),) = problems(NEW[0], line)
        assert (row, where) == (3, column)
        assert sentence in message

    def test_a_code_twice_in_the_file(self, world):
        ((row, column, message),) = problems(*NEW, NEW[0])
        assert (row, column) == (5, "编码")
        assert "第 2 行" in message

    def test_what_lies_in_a_wrong_place_is_not_told_too(self, world):
        wrong = [*NEW[0][:2], "大院", *NEW[0][3:]]
        assert [row for row, _column, _message in problems(wrong, *NEW[1:])] == [2]

    def test_one_wrong_row_and_nothing_is_stored(self, world):
        before = everything()
        with pytest.raises(NotImportable) as refused, work():
            carry_out(sheet(*NEW, ["a", "a", "楼栋", "没有"]), by=world.gao)
        assert "1 处" in str(refused.value)
        assert everything() == before

    def test_hostile_text_is_text(self, world):
        names = ["<script>alert(1)</script>", "=1+1", "'; DROP TABLE place; --", "\u202egnp.exe", "%s %(x)s"]
        bring(*([f"x{n}", name, "小区", "610102004003"] for n, name in enumerate(names)))
        assert [Place.at(f"x{n}").name for n in range(5)] == [*names[:3], "gnp.exe", names[4]]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows(world, kind):
    """Read before the lock, then stored within a second of our own time (0.3 s; others share the machine)."""
    compounds = [(f"C{n}", f"示例小区-{n}", "小区", "610102004003") for n in range(100)]
    lines = [*compounds, *((f"C{n % 100}-{n}", f"{n}号楼", "楼栋", f"C{n % 100}") for n in range(9_900))]
    data = csv_bytes(HEADERS[:4], lines) if kind == "csv" else write("地点", HEADERS[:4], lines)
    taken = take(data, f"a.{kind}")
    start = process_time()
    with work():
        done = carry_out(taken, by=world.gao)
    assert process_time() - start < own(1)
    assert len(done.new) == db.session.scalar(select(func.count(Place.id)).where(Place.code.like("C%"))) == 10_000
