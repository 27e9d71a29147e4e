"""Staff from a sheet: its columns, and what each row says before anything is looked up."""

import re
from dataclasses import dataclass, field
from datetime import date

from kernel import clock
from kernel.i18n import _
from kernel.sheet_import import quiet
from kernel.sheets import Sheet, read

from .office import Office
from .place_sheet import in_language

MOST = 20_000  # rows of one upload
COLUMNS = {
    "name": ["姓名", "Name"],
    "phone": ["手机号", "Mobile"],
    "office": ["岗位", "Office"],
    "place": ["地点编码或名称", "Place code or name", "地点", "地点编码"],
    "since": ["从哪天", "Since"],
}
OPTIONAL = {"since"}
OFFICES = {
    Office.DISTRICT_OFFICE: ["区级管理", "District office"],
    Office.LINKED_LEADER: ["联系领导", "Linked leader"],
    Office.SUBDISTRICT_OFFICE: ["街道管理", "Subdistrict office"],
    Office.COMMITTEE: ["社区党委", "Party committee"],
    Office.RESIDENTS_COMMITTEE: ["居委会", "Residents' committee"],
    Office.PAIRED_LEADER: ["包抓领导", "Paired leader"],
    Office.GRID_WORKER: ["网格员", "Grid worker"],
    Office.CADRE: ["下沉干部", "Seconded cadre"],
}
WORDS = {word.casefold(): office for office, words in OFFICES.items() for word in (*words, office.value)}


@dataclass(frozen=True)
class Wanted:
    """One row, read: who serves in which office at which place (as written), from when."""

    number: int
    name: str
    phone: str
    office: Office
    place: str
    since: date


@dataclass
class Staff:
    """A sheet of staff whose rows were read one by one; what they name is not looked up yet."""

    sheet: Sheet
    rows: list[Wanted] = field(default_factory=list)


def headers() -> list[str]:
    """The header row in the language of the reader."""
    return [in_language(words) for words in COLUMNS.values()]


def offices() -> list[str]:
    """The offices as they are offered in the template."""
    return [in_language(words) for words in OFFICES.values()]


def take(data: bytes, filename: str, tick=quiet) -> Staff:
    """Read an upload. Raises `UnreadableSheet`; what is wrong in a row is a problem of the sheet."""
    staff = Staff(read(data, filename, columns=COLUMNS, optional=OPTIONAL, rows_max=MOST))
    if any(key not in OPTIONAL and staff.sheet.headers[key] in missing(staff.sheet) for key in COLUMNS):
        return staff
    for number, row in enumerate(staff.sheet.rows):
        tick(number, len(staff.sheet.rows))
        if wanted := reading(staff.sheet, row):
            staff.rows.append(wanted)
    return staff


def missing(sheet: Sheet) -> set[str]:
    """The columns that the file lacks: then its rows say nothing."""
    numbers = {row.number for row in sheet.rows}
    return {problem.column for problem in sheet.problems if problem.row not in numbers}


def reading(sheet: Sheet, row) -> Wanted | None:
    """One row, or None when something in it is wrong."""
    before = len(sheet.problems)
    name, phone = row["name"], re.sub(r"[\s-]", "", row["phone"])
    office = WORDS.get(row["office"].casefold())
    since = day(row["since"])
    if not 1 <= len(name) <= 40:
        sheet.problem(row.number, "name", _("请写姓名，最多 40 个字。"))
    if not re.fullmatch(r"1\d{10}", phone):
        sheet.problem(row.number, "phone", _("请写 11 位手机号，它就是登录用的用户名。"))
    if office is None:
        sheet.problem(row.number, "office", _("没有这个岗位，请从模板的下拉列表里选。"))
    if not row["place"]:
        sheet.problem(row.number, "place", _("请写地点的编码或名称。"))
    if since is None:
        sheet.problem(row.number, "since", _("这个日期看不懂，请写成 2026-12-01 这样；空着就从今天起。"))
    if len(sheet.problems) > before or office is None or since is None:
        return None
    return Wanted(row.number, name, phone, office, row["place"], since)


def day(text: str) -> date | None:
    """A day as people write it, 2026-12-01, 2026/12/1 or 2026年12月1日; today for nothing, None for anything else."""
    if not text:
        return clock.today()
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?( 00:00)?", text)
    try:
        return date(*map(int, parts.groups()[:3])) if parts else None
    except ValueError:
        return None
