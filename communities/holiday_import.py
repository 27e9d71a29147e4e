"""Importing the yearly holiday notice as a sheet: what it would do, and the table for its pages."""

from typing import Any

from kernel.i18n import _, day
from kernel.sheet_import import Table, shown

from .holiday_notice import Plan, carry_out, plan, take


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers: the days one by one."""
    counts = {name: len(getattr(found, name)) for name in ("new", "changed", "dropped")}
    days = sorted((*found.new, *found.changed, *found.dropped), key=lambda given: given.day)
    rows = [[day(given.day, year=True), given.is_working, given.name] for given in days]
    more = {"rows": rows, "unchanged": found.unchanged, "writes": sum(counts.values())}
    return counts | more | shown(found.problems)


def said(found: Plan):
    """What was taken over, in a sentence."""
    return _(
        "导入好了：新增 %(new)s 天，更新 %(changed)s 天，去掉 %(gone)s 天。",
        new=len(found.new),
        changed=len(found.changed),
        gone=len(found.dropped),
    )


NOTICES = Table(
    kind="calendar-days",
    action="calendar-day:edit",
    take=take,
    plan=lambda notice, _by: plan(notice),
    look=look,
    carry_out=lambda notice, _found, by: carry_out(notice, by=by),
    said=said,
)
