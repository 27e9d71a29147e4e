"""Calendar files from outside, line by line: every bound is checked before what it bounds, and nothing calls itself."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .i18n import _
from .work import Refusal

MEGABYTE = 1_000_000
SIZE = 2 * MEGABYTE
EVENTS = 2_000
LINES = 400_000  # ends of lines: two where they are CR LF
LONGEST = 20_000  # characters of one property, unfolded; a text is cut, anything else is too long
DEPTH = 8
MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"B\0E\0", "utf-16-le"),
    (b"\0B\0E", "utf-16-be"),
)
FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
END = re.compile(r"\r\n|\n|\r")
# Atomic: what did not fit is not tried in another way, however long the line is.
NAME = re.compile(r'([A-Za-z0-9-]{1,60}+)((?>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*)):')
PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:,]*)')
WANTED = {
    "UID", "DTSTART", "DTEND", "DURATION", "SUMMARY", "LOCATION", "SEQUENCE", "STATUS", "RRULE",
    "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "TZID", "TZOFFSETTO", "METHOD",
}  # fmt: skip
TEXTS = {"SUMMARY", "LOCATION"}


class UnreadableCalendar(Refusal):
    """These bytes are no calendar."""

    message = _("这个文件读不出来。请在原来的日历里选“导出”，把导出的 .ics 文件传上来。")
    field = "file"


class CalendarTooBig(UnreadableCalendar):
    """More bytes than are read."""

    message = _("文件太大，日历文件最多 %(most)s MB。请只导出要用的那一个日历，或者短一点的日期。")

    def __init__(self):
        super().__init__(most=SIZE // MEGABYTE)


class TooManyEvents(UnreadableCalendar):
    """More events than anybody looks through."""

    message = _("文件里有 %(count)s 个活动，一次最多 %(most)s 个。请导出短一点的日期，分几次上传。")


class TornCalendar(UnreadableCalendar):
    """It ends in the middle."""

    message = _("文件不完整，像是没有传完。请重新导出，再传一次。")


@dataclass(frozen=True)
class Property:
    """One property: its parameters in capitals, and its value as it stands; `torn` where it was longer than is read."""

    value: str
    parameters: dict[str, str]
    torn: bool = False


@dataclass
class Component:
    """One VEVENT or VTIMEZONE, with the line on which it begins; of its parts only what is asked for."""

    kind: str
    line: int
    has: dict[str, list[Property]] = field(default_factory=dict)

    def first(self, name: str) -> Property | None:
        """The first property of this name."""
        return self.has.get(name, [None])[0]

    def text(self, name: str) -> str:
        """Its value; "" where there is none."""
        found = self.first(name)
        return found.value if found else ""


def components(data: bytes) -> Iterator[Component]:
    """The calendar's own properties, its events and its zones, in their order. Raises `UnreadableCalendar`.

    What is nested in an event (alarms, however many) is passed over; the offsets in a zone count as the zone's.
    """
    if len(data) > SIZE:
        raise CalendarTooBig
    stack: list[str] = []
    calendar = current = Component("VCALENDAR", 0)
    for number, (name, item) in enumerate(properties(text_of(data)), 1):
        word = item.value.strip().upper()
        if name == "BEGIN":
            if word == "VEVENT" in stack:
                raise TornCalendar
            stack.append(word)
            if len(stack) > DEPTH:
                raise UnreadableCalendar
            if len(stack) == 2:
                current = Component(word, number)
        elif name == "END":
            if word not in stack:
                continue
            if stack.index(word) == 1:
                yield current
            del stack[stack.index(word) :]
        elif name in WANTED and stack and (len(stack) < 3 or name == "TZOFFSETTO"):
            (calendar if len(stack) == 1 else current).has.setdefault(name, []).append(item)
    if stack:
        raise TornCalendar
    yield calendar


def properties(text: str) -> Iterator[tuple[str, Property]]:
    """Each property. A line that is none belongs to the text before it: some programs fold without a space."""
    name, parameters, pieces, length = "", "", [""], 0
    for line in END.split(text):
        found = NAME.match(line[:LONGEST])
        if found is None:
            if line.strip() and length < LONGEST:
                pieces.append(line.strip()[:LONGEST])
                length += len(pieces[-1])
            continue
        if name:
            yield name, made(name, parameters, pieces)
        name, parameters = found[1].upper(), found[2]
        pieces = [line[found.end() : found.end() + LONGEST + 1]]
        length = len(pieces[0])
    if name:
        yield name, made(name, parameters, pieces)


def made(name: str, parameters: str, pieces: list[str]) -> Property:
    """A property of its pieces."""
    value = " ".join(pieces) if name in TEXTS else "".join(pieces)
    given = {key.upper(): word.strip('"')[:200] for key, word in PARAMETER.findall(parameters[:2_000])}
    return Property(value[:LONGEST], given, torn=len(value) > LONGEST and name not in TEXTS)


def text_of(data: bytes) -> str:
    """The unfolded text; folds may cut a character in two, so they go first. Raises as `components` does."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n\t ")
    if not data[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        raise UnreadableCalendar
    count = data.upper().count(b"BEGIN:VEVENT")
    if count > EVENTS:
        raise TooManyEvents(count=f"{count:,}", most=f"{EVENTS:,}")
    if data.count(b"\n") + data.count(b"\r") > LINES:
        raise UnreadableCalendar
    return decoded(FOLD.sub(b"", data))


def decoded(data: bytes) -> str:
    """UTF-8, else what old Chinese Outlook writes."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableCalendar
