"""The sheet of needs: the columns that come in, what a ledger of needs holds, and what is said about people."""

from typing import Any

from kernel.i18n import _, both
from kernel.sheet_import import quiet
from kernel.sheets import read
from partners.imports.sheet import Given, Partners, without_midnight

from ..ledgers import COLUMNS, UNTOLD

MOST = 1_000  # rows of one upload
LEDGER = ("number", "said_on", "place", "category", "source", "external_number", "matter", "households")
ON_THE_WAY_IN: dict[str, Any] = {
    "words": _("什么事要解决"),
    "name": _("反映人"),
    "phone": _("手机号"),
    "behalf_of": _("替谁说的"),
}  # about people: a ledger masks them, or does not hold them
TAKEN = {key: COLUMNS[key] for key in LEDGER} | ON_THE_WAY_IN
CALLED = {
    "said_on": ["日期", "反映日期", "反映时间"],
    "place": ["在哪里", "地址"],
    "source": ["来源"],
    "external_number": ["工单号", "工单编号"],
    "households": ["户数"],
    "words": ["什么事", "内容", "诉求内容", "反映内容"],
    "name": ["姓名", "称呼", "联系人"],
    "phone": ["电话", "联系电话"],
}  # by those who made their own


def take(data: bytes, filename: str, tick=quiet) -> Partners:
    """Read an upload; problems are in its `sheet`. No database. Raises `UnreadableSheet`."""
    known = {key: [*both(label), *CALLED.get(key, ())] for key, label in (COLUMNS | TAKEN).items()}
    taken = Partners(read(data, filename, columns=known, optional=known, rows_max=MOST))
    untold = both(UNTOLD)
    for done, row in enumerate(taken.sheet.rows):
        tick(done, len(taken.sheet.rows))
        texts = {key: row[key] for key in TAKEN}
        texts["said_on"] = without_midnight(texts["said_on"])
        texts["matter"] = "" if texts["matter"] in untold else texts["matter"]
        taken.rows.append(Given(row.number, texts))
    return taken
