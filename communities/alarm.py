"""When the phone rings before what stands in somebody's calendar, as he chose it."""

from datetime import date, datetime, time, timedelta

from kernel import clock
from kernel.choice import Choice
from kernel.i18n import _

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
EVENING = time(20)


class Alarm(Choice):
    """How long before. Who has chosen nothing hears what each kind of event suggests."""

    NONE = "none", _("不提醒")
    HALF_HOUR = "half_hour", _("提前 30 分钟")
    HOUR = "hour", _("提前 1 小时")
    TWO_HOURS = "two_hours", _("提前 2 小时")
    EVENING = "evening", _("前一天晚上 8 点")

    def minutes(self, starts: datetime | date, usual: int) -> int | None:
        """Minutes before the start of an event. What is due on a whole day is announced as early as `usual`."""
        if self is Alarm.NONE:
            return None
        if not isinstance(starts, datetime):
            return usual
        begins = clock.local(starts)
        return MINUTES.get(self) or (begins - clock.at(begins.date() - DAY, EVENING)) // MINUTE


MINUTES = {Alarm.HALF_HOUR: 30, Alarm.HOUR: 60, Alarm.TWO_HOURS: 120}
