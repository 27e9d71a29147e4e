"""The sheet of places: its columns in two languages, how a row is read, and the tree written in the same columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _, joined, language
from kernel.sheet_import import quiet
from kernel.sheets import Sheet, read
from kernel.text import ascii_digits, clean_line

from . import natural_order
from .place import Kind, Place, in_ranges

MOST = 20_000  # rows of one upload
COLUMNS = {
    "code": ["编码", "Code"],
    "name": ["名称", "Name"],
    "kind": ["类别", "Kind"],
    "parent": ["上级编码", "Parent code"],
    "households": ["户数", "Households"],
    "lat": ["纬度", "Latitude"],
    "lon": ["经度", "Longitude"],
    "position": ["顺序", "Order"],
}
OPTIONAL = {"households", "lat", "lon", "position"}
KINDS = {
    Kind.DISTRICT: ["区", "District"],
    Kind.SUBDISTRICT: ["街道", "Subdistrict"],
    Kind.COMMUNITY: ["社区", "Community"],
    Kind.GRID: ["基础网格", "Base grid", "网格"],
    Kind.DEDICATED_GRID: ["专属网格", "Dedicated grid"],
    Kind.COMPOUND: ["小区、院落", "Compound", "小区", "院落"],
    Kind.BUILDING: ["楼栋", "Building", "楼"],
    Kind.SITE: ["场所", "Site"],
}
WORDS = {word.casefold(): kind for kind, words in KINDS.items() for word in (*words, kind.value)}
CODE = re.compile(r"\w[\w.\-]{0,39}")
CHOSEN = 10**9  # an order that somebody chose is smaller than any that comes from a name
DIGITS = 7  # of a degree: one centimetre


@dataclass(frozen=True)
class Given:
    """One row, read: what is None was left empty; `natural` is the position that the name gives."""

    number: int
    code: str
    name: str
    kind: Kind
    parent: str
    households: int | None
    lat: float | None
    lon: float | None
    position: int | None
    natural: int


@dataclass
class Places:
    """A sheet of places whose rows were read one by one; what they name is not looked up yet."""

    sheet: Sheet
    rows: list[Given] = field(default_factory=list)
    kinds: dict[str, Kind | None] = field(default_factory=dict)  # by code; None where the row has a problem


def in_language(words: list[str]) -> str:
    """The word of a column or kind in the language of the reader."""
    return words[1] if language() == "en" else words[0]


def headers() -> list[str]:
    """The header row."""
    return [in_language(words) for words in COLUMNS.values()]


def word_of(kind: Kind) -> str:
    """How a kind is written in the sheet."""
    return in_language(KINDS[kind])


def kinds() -> list[str]:
    """The words for kinds that a template offers."""
    return [word_of(kind) for kind in Kind]


def take(data: bytes, filename: str, tick=quiet) -> Places:
    """Read an upload; problems are in its `sheet`. No database. Raises `UnreadableSheet`."""
    places = Places(read(data, filename, columns=COLUMNS, optional=OPTIONAL, rows_max=MOST))
    first: dict[str, int] = {}
    for number, row in enumerate(places.sheet.rows):
        tick(number, len(places.sheet.rows))
        code = ascii_digits(row["code"])
        if first.setdefault(code, row.number) != row.number:
            places.sheet.problem(row.number, "code", _("和第 %(row)s 行的编码一样。", row=first[code]))
        given = reading(places.sheet, row, code)
        places.kinds[code] = given.kind if given else None
        if given:
            places.rows.append(given)
    return places


def reading(sheet: Sheet, row, code: str) -> Given | None:
    """One row as values; None when one of its cells has a problem, which is noted."""
    before = len(sheet.problems)
    name, kind = clean_line(row["name"]), WORDS.get(row["kind"].casefold())
    if not CODE.fullmatch(code):
        sheet.problem(row.number, "code", _("请写编码：字母、数字、汉字、点和横线，最多 40 个字。"))
    if not 0 < len(name) <= 80:
        sheet.problem(row.number, "name", _("请写名称，最多 80 个字。"))
    if kind is None:
        known = joined(kinds())
        sheet.problem(
            row.number, "kind", _("没有“%(word)s”这个类别，可以写：%(known)s。", word=row["kind"][:20], known=known)
        )
    households = number(sheet, row, "households", int, 0, 1_000_000)
    lat, lon = number(sheet, row, "lat", float, -90, 90), number(sheet, row, "lon", float, -180, 180)
    if bool(row["lat"]) != bool(row["lon"]):
        sheet.problem(row.number, "lon" if row["lat"] else "lat", _("纬度和经度要一起写。"))
    position = number(sheet, row, "position", int, 0, CHOSEN)
    if kind is None or len(sheet.problems) > before:
        return None
    parent, natural = ascii_digits(row["parent"]), natural_order.position(name)
    return Given(row.number, code, name, kind, parent, households, lat, lon, position, natural)


def number(sheet: Sheet, row, key: str, kind: type, least: int, most: int):
    """The number in a cell, None for an empty one or a problem, which is noted."""
    text = row[key]
    if not text:
        return None
    if re.fullmatch(r"-?\d{1,10}" if kind is int else r"-?\d{1,3}(\.\d{1,20})?", text) and least <= float(text) <= most:
        return kind(text) if kind is int else round(float(text), DIGITS)
    what = _("请写 %(least)s 到 %(most)s 之间的整数。") if kind is int else _("请写 %(least)s 到 %(most)s 之间的度数。")
    sheet.problem(row.number, key, str(what) % {"least": least, "most": most})
    return None


def rows(under: Place | None = None) -> Iterator[tuple]:
    """The tree, or what is in one place and itself, in these columns and in order: parents before what lies in them."""
    wanted = select(Place).order_by(Place.position, Place.id)
    if under:
        wanted = wanted.where(in_ranges(Place.path, [under.path]))
    places = list(db.session.scalars(wanted))
    codes: dict[int | None, str] = {place.id: place.code for place in places}
    if under and under.parent:
        codes[under.parent_id] = under.parent.code
    for place in sorted(places, key=lambda place: list(Kind).index(place.kind)):
        chosen = None if place.position == natural_order.position(place.name) else place.position
        yield (
            place.code, place.name, word_of(place.kind), codes.get(place.parent_id, ""),
            place.households, place.lat, place.lon, chosen,
        )  # fmt: skip
