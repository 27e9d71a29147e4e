"""The fourth reader of our calendars: ical.js (Thunderbird's), run in the test browser."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

ICAL_JS = Path(__file__).with_name("ical.min.js")
READ = """
async ([source, text, first, last]) => {
  const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
  const ICAL = (await import(url)).default;
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const all = calendar.getAllSubcomponents("vevent").map(one => new ICAL.Event(one));
  const series = all.filter(one => !one.isRecurrenceException());
  for (const one of all.filter(one => one.isRecurrenceException())) {
    const master = series.find(other => other.uid === one.uid);
    if (master) master.relateException(one); else series.push(one);
  }
  const told = [];
  const tell = (one, from, to) => {
    const start = from.toUnixTime(), end = to.toUnixTime();
    if (end <= first || start >= last) return;
    const day = from.isDate ? [from.toString(), to.toString()] : null;
    const name = property => one.component.getFirstPropertyValue(property);
    told.push([day, start, end, one.uid, one.summary, one.location || "", name("status"), one.sequence]);
  };
  for (const event of series) {
    if (!event.isRecurring()) { tell(event, event.startDate, event.endDate); continue; }
    const dates = event.iterator();
    for (let next; (next = dates.next()) && next.toUnixTime() < last + 86400 * 3;) {
      const found = event.getOccurrenceDetails(next);
      tell(found.item, found.startDate, found.endDate);
    }
  }
  return told;
}
"""


class Read(NamedTuple):
    """One occurrence as ical.js understands it; moments in UTC, or days."""

    starts: datetime | date
    ends: datetime | date
    uid: str
    summary: str
    location: str
    status: str
    sequence: int


def read(page: Any, data: bytes, first: datetime, last: datetime) -> list[Read]:
    """The occurrences of a calendar between two moments, as ical.js reads them, in order.

    `page` is any page whose rules allow a script from a blob; about:blank does.
    """
    given = [ICAL_JS.read_text(), data.decode(), int(first.timestamp()), int(last.timestamp())]
    rows = sorted(page.evaluate(READ, given), key=lambda row: row[1:4])
    return [Read(*whole(days, starts, ends), *rest) for days, starts, ends, *rest in rows]


def whole(days: list[str] | None, starts: int, ends: int) -> tuple[datetime | date, datetime | date]:
    """Start and end: of whole days, or of hours."""
    if days:
        return date.fromisoformat(days[0]), date.fromisoformat(days[1])
    return datetime.fromtimestamp(starts, UTC), datetime.fromtimestamp(ends, UTC)
