"""What of buildings without anybody is sent to a group: nobody's name is in it."""

from collections.abc import Sequence

from kernel.group_text import shortened, written
from kernel.i18n import _, joined

from .coverage import Cover, Pattern

SHORT = 60  # characters of each list
WANTED = {Pattern.NOBODY: _("没有人的：%(buildings)s"), Pattern.NO_LEAD: _("缺楼栋长：%(buildings)s")}
WANTED |= {Pattern.NO_HELPER: _("缺志愿者：%(buildings)s")}


def of_gaps(place, covers: Sequence[Cover], url: str) -> str:
    """Which buildings of a place have nobody, no steward, too few helpers."""
    lines: list[object] = []
    for pattern, words in WANTED.items():
        found = [cover for cover in covers if cover.pattern is pattern]
        names = joined(cover.name if cover.compound_id == place.id else cover.compound + cover.name for cover in found)
        lines.append(str(words) % {"buildings": shortened(names, SHORT)} if found else "")
    if not any(lines):
        return written([_("【%(place)s】每栋楼都有人照看，谢谢各位邻居", place=place.name)], url)
    head = _("【%(place)s】有楼栋还缺人照看", place=place.name)
    return written([head, *lines, _("就住这儿、愿意照应邻居的，点开看看，本人同意才算。")], url)
