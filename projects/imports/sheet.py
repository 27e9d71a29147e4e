"""The sheet of projects: its columns, and a project written in them; what an import reads is what a ledger writes."""

from datetime import date
from typing import Any

from kernel import clock
from kernel.i18n import _, both
from kernel.sheet_import import quiet
from kernel.sheets import read
from partners.imports.sheet import SEPARATOR, Given, Partners, as_read, without_midnight

from . import parts

MOST = 1_000  # rows of one upload
COLUMNS: dict[str, Any] = {
    "id": _("编号"),
    "title": _("项目"),
    "place": _("地点"),
    "category": _("类别"),
    "stage": _("状态"),
    "starts_on": _("开始"),
    "ends_on": _("结束"),
    "parts": _("要做的事"),
    "about": _("项目说明"),
    "done_means": _("做到什么算完成"),
    "capabilities": _("需要会什么"),
    "provides": _("社区提供"),
    "risk_note": _("安全提示"),
    "contact_name": _("有问题找谁"),
    "contact_phone": _("联系电话"),
    "posted_on": _("发布日期"),
    "share": _("已认领百分比"),
    "partners": _("认领的合伙人"),
    "closed_on": _("结项日期"),
}
FOLLOWS = ("stage", "posted_on", "share", "partners", "closed_on")  # from what was done: an import leaves them alone
TAKEN = {key: label for key, label in COLUMNS.items() if key not in FOLLOWS}
CALLED = {
    "title": ["项目名称", "名称"],
    "place": ["所在社区", "社区"],
    "starts_on": ["开始日期"],
    "ends_on": ["结束日期"],
}
DAYS = ("starts_on", "ends_on")


def cells(project) -> dict[str, Any]:
    """One row: words, numbers and days by column."""
    return {key: cell(project, key) for key in COLUMNS}


def cell(project, key: str) -> Any:
    """What stands in one column."""
    if key in MADE:
        return MADE[key](project)
    return getattr(project, key)


def day_of(moment) -> date | None:
    """The day of a moment in Beijing."""
    return clock.local(moment).date() if moment else None


MADE = {
    "place": lambda project: project.place.name,
    "category": lambda project: project.category.label,
    "stage": lambda project: str(project.stage.label),
    "parts": lambda project: parts.written(project.parts),
    "capabilities": lambda project: SEPARATOR.join(one.label for one in project.capabilities),
    "posted_on": lambda project: day_of(project.posted_at),
    "partners": lambda project: SEPARATOR.join(dict.fromkeys(one.partner.name for one in project.living_adoptions)),
}


def words(project) -> dict[str, str]:
    """What an import takes of it, as it is read back from a file."""
    return {key: as_read(cell(project, key)) for key in TAKEN}


def take(data: bytes, filename: str, tick=quiet) -> Partners:
    """Read an upload; problems are in its `sheet`. No database. Raises `UnreadableSheet`."""
    known = {key: [*both(label), *CALLED.get(key, ())] for key, label in COLUMNS.items()}
    taken = Partners(read(data, filename, columns=known, optional=known, rows_max=MOST))
    for done, row in enumerate(taken.sheet.rows):
        tick(done, len(taken.sheet.rows))
        texts = {key: without_midnight(row[key]) if key in DAYS else row[key] for key in TAKEN}
        taken.rows.append(Given(row.number, texts))
    return taken
