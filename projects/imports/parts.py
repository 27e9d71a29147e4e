"""The parts of a project in one cell: “集中维修 43户（4人×3次×4小时）；上门维修 20户”, written and read."""

import re

from kernel.i18n import _, joined
from partners.imports.cells import Wrong, line

from ..part import UNITS

MARK = "；"
SPLIT = re.compile(r"[；;\n]+")
EFFORT = r"(?:\s*[（(]\s*(\d{1,4})\s*人\s*[×xX*]\s*(\d{1,4})\s*次\s*[×xX*]\s*(\d{1,2})\s*小时\s*[)）])?"
PART = re.compile(rf"(.+?)\s*(\d{{1,6}})\s*({'|'.join(UNITS)})" + EFFORT)
MOST = 20  # parts of one project
PEOPLE, TIMES, HOURS = 1000, 1000, 24


def written(parts) -> str:
    """What stands in the cell."""
    return MARK.join(one_written(part) for part in parts)


def one_written(part) -> str:
    """One part, with what it costs where that is known."""
    effort = f"（{part.people}人×{part.times}次×{part.hours}小时）" if part.person_hours else ""
    return f"{part.title} {part.quantity}{part.unit}{effort}"


def read(text: str) -> list[dict]:
    """The facts of each part. Raises `Wrong`."""
    words = [word.strip() for word in SPLIT.split(text) if word.strip()]
    if len(words) > MOST:
        raise Wrong(_("一个项目最多写 %(most)s 项要做的事，现在有 %(now)s 项。", most=MOST, now=len(words)))
    return [one_read(word) for word in words]


def one_read(text: str) -> dict:
    """The facts of one part. Raises `Wrong`."""
    found = PART.fullmatch(text)
    if found is None:
        example = _("“%(part)s”看不懂，请写成“上门维修 20户（2人×10次×2小时）”这样，单位用%(units)s。")
        raise Wrong(str(example) % {"part": text[:30], "units": joined(UNITS)})
    title, quantity, unit, *effort = found.groups()
    people, times, hours = (int(number) if number else None for number in effort)
    if int(quantity) < 1 or (people and not all(within(people, times, hours))):
        raise Wrong(_("“%(part)s”里的数不对：每个都要大于 0，一次最多 24 小时。", part=text[:30]))
    known = {"title": line(title, 120), "quantity": int(quantity), "unit": unit}
    return known | {"people": people, "times": times, "hours": hours}


def within(*numbers: int | None):
    """Whether each number can be."""
    return (number and 1 <= number <= most for number, most in zip(numbers, (PEOPLE, TIMES, HOURS), strict=True))
