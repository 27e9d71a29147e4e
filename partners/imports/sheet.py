"""The sheet of partners: its columns, and a partner written in them; what an import reads is what a ledger writes."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kernel.i18n import _, both
from kernel.sheet_import import quiet
from kernel.sheets import Sheet, read, tidy
from kernel.text import ascii_digits

from .. import credit_code
from ..kind import Fact

MOST = 20_000  # rows of one upload
SEPARATOR = "、"
SPLIT = re.compile(r"[、,，;；\n]+")
COLUMNS: dict[str, Any] = {
    "id": _("编号"),
    "name": _("合伙人"),
    "kind": _("类别"),
    "stage": _("状态"),
    "place": _("所在"),
    **{fact.value: fact.label for fact in Fact},
    "address": _("地址"),
    "areas": _("服务范围"),
    "capabilities": _("会做什么"),
    "offers": _("能为社区做什么"),
    "about": _("介绍"),
    "contact_name": _("联系人"),
    "contact_phone": _("联系电话"),
    "active_since": _("加入日期"),
}
PHONES = "phones"  # only on the way in: a ledger shows no whole numbers of members
TAKEN = COLUMNS | {PHONES: _("成员手机号")}
CALLED = {
    "name": ["合伙人名称", "名称"],
    "place": ["所在社区"],
    "contact_phone": ["电话"],
}  # by those who made their own
LABELLED = {"kind", "stage"}
LISTED = {"areas": "name", "capabilities": "label", "compounds": "name", "functions": "label"}
DAYS = {"term_until", "incubated_since", "active_since"}


def cells(partner) -> dict[str, Any]:
    """One row: words, numbers and days by column."""
    return {key: cell(partner, key) for key in COLUMNS}


def cell(partner, key: str) -> Any:
    """What stands in one column."""
    if key == Fact.CONSENTING.value:
        return partner.consenting.name if partner.consenting else None
    value = getattr(partner, key)
    if key in LISTED:
        return SEPARATOR.join(getattr(row, LISTED[key]) for row in value)
    if key in LABELLED:
        return str(value.label)
    return value.name if key == "place" else value


def words(partner) -> dict[str, str]:
    """The same as it is read back from a file."""
    return {key: as_read(value) for key, value in cells(partner).items()}


def as_read(value) -> str:
    """The text of a cell once it went through a file."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else tidy(str(value))


@dataclass(frozen=True)
class Given:
    """One row as it was typed: its number in the sheet, its text by column."""

    number: int
    texts: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts.get(key, "")

    @property
    def id(self) -> int | None:
        """The number of the partner that is meant, where one was typed."""
        text = ascii_digits(self["id"])
        return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


@dataclass
class Partners:
    """A sheet of partners; what its rows name is not looked up yet."""

    sheet: Sheet
    rows: list[Given] = field(default_factory=list)


def take(data: bytes, filename: str, tick=quiet) -> Partners:
    """Read an upload; problems are in its `sheet`. No database. Raises `UnreadableSheet`."""
    known = {key: [*both(label), *CALLED.get(key, ())] for key, label in TAKEN.items()}
    partners = Partners(read(data, filename, columns=known, optional=known, rows_max=MOST))
    said: dict[tuple, int] = {}
    for done, row in enumerate(partners.sheet.rows):
        tick(done, len(partners.sheet.rows))
        given = Given(row.number, {key: TIDIED.get(key, str)(text) for key, text in row.values.items()})
        partners.rows.append(given)
        for key, sentence in TWICE.items():
            if given[key] and said.setdefault((key, given[key].casefold()), row.number) != row.number:
                first = said[key, given[key].casefold()]
                partners.sheet.problem(row.number, key, str(sentence) % {"row": first})
    return partners


def without_midnight(text: str) -> str:
    """A day that Excel took for a moment."""
    return re.sub(r"^(\d{4}-\d\d-\d\d) 00:00$", r"\1", text)


TIDIED = dict.fromkeys(DAYS, without_midnight) | {Fact.CREDIT_CODE.value: credit_code.plain}
TWICE = {"id": _("和第 %(row)s 行的编号一样。"), "credit_code": _("和第 %(row)s 行的统一社会信用代码一样。")}


def listed(text: str) -> list[str]:
    """What a cell lists, each once."""
    return list(dict.fromkeys(word.strip() for word in SPLIT.split(text) if word.strip()))
