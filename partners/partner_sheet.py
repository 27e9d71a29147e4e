"""The sheet of partners: its columns, and a partner written in them; what an import reads is what a ledger writes."""

from typing import Any

from kernel.i18n import _

from .kind import Fact

SEPARATOR = "、"
COLUMNS: dict[str, Any] = {
    "id": _("编号"),
    "name": _("合伙人"),
    "kind": _("类别"),
    "stage": _("状态"),
    "place": _("所在"),
    **{fact.value: fact.label for fact in Fact},
    "areas": _("服务范围"),
    "capabilities": _("会做什么"),
    "offers": _("能为社区做什么"),
    "about": _("介绍"),
    "contact_name": _("联系人"),
    "contact_phone": _("联系电话"),
    "active_since": _("加入日期"),
}
LABELLED = {"kind", "stage"}
LISTED = {"areas": "name", "capabilities": "label", "compounds": "name", "functions": "label"}


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
