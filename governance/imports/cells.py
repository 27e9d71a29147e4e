"""What the cells of a sheet of needs mean: each text becomes a fact, or a sentence that says what is wrong."""

import re
from datetime import date

from kernel import clock
from kernel.i18n import _, both
from kernel.text import ascii_digits
from partners.imports.cells import Wrong, day, line

from ..need_state import Source
from ..voice import DIVIDED, SEVEN

MATTER, HOUSEHOLDS = 120, 5000  # as in the form
SOURCES = {word.casefold(): one for one in Source for word in (*both(one.label), one.value)}


def said_on(text: str) -> date:
    """A day up to today."""
    if (found := day(text)) > clock.today():
        raise Wrong(_("这一天还没有到，请填已经过去的日期。"))
    return found


def source(text: str) -> Source:
    """How it came to be known, in words."""
    if text.casefold() not in SOURCES:
        raise Wrong(_("“%(word)s”不在“怎么来的”里，请从下拉列表里选。", word=text[:20]))
    return SOURCES[text.casefold()]


def matter(text: str) -> str:
    """What everybody may read, so no number of anybody."""
    if SEVEN.search(DIVIDED.sub("", ascii_digits(text))):
        raise Wrong(_("公开的说法里不能有电话和编号，人人都看得到。请改成“楼道灯不亮”这样的一句。"))
    return line(text, MATTER)


def households(text: str) -> int:
    """How many."""
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= HOUSEHOLDS:
        raise Wrong(_("请写 1 到 %(most)s 之间的整数。", most=HOUSEHOLDS))
    return int(text)


READERS = {"said_on": said_on, "source": source, "matter": matter, "households": households}
