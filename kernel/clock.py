"""The only module that asks for the time."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in Asia/Shanghai, whatever the zone of the server."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Asia/Shanghai."""
    return moment.astimezone(SHANGHAI)


def at(day: date, clock: time = time()) -> datetime:
    """The moment (UTC) at which a clock in Asia/Shanghai shows this day and time."""
    return datetime.combine(day, clock, SHANGHAI).astimezone(UTC)
