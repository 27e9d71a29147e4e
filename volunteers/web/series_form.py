"""The form of a rule: on which days a duty is done."""

from datetime import timedelta

from wtforms import HiddenField

from kernel import clock
from kernel.fields import Clock, Count, Day, Form, Picks, Tick, row_id
from kernel.i18n import _

from ..pattern import Pattern
from ..ruled import DAYS_OF_THE_WEEK
from ..series import DutySeries

NEWCOMER_SEATS, NEWCOMER_DAYS = 1, 7


class PlanForm(Form):
    """A pattern such as “every Tuesday 07:00–08:00 until 31 December, except holidays”."""

    weekdays = Picks(
        _("星期几"),
        choices=list(enumerate(DAYS_OF_THE_WEEK)),
        coerce=row_id,
        description=_("只有一天时不用选。"),
    )
    first = Day(_("从哪天"), description=_("今天或以后。"))
    last = Day(_("到哪天"), needed=False, description=_("不填就一直办，总是排好以后 8 周；只办一场就填同一天。"))
    starts = Clock(_("几点开始"), description=_("北京时间。"))
    ends = Clock(_("几点结束"), description=_("比开始早，就算到第二天。"))
    seats = Count(_("每场几个人"), least=1, most=500)
    least = Count(
        _("至少几个人才办"),
        needed=False,
        most=500,
        description=_("不填就是来几个人都办。人不够也不会自动取消，开始前两天问负责人。"),
    )
    skip_holidays = Tick(_("法定节假日不办"))
    newcomer_seats = Count(
        _("每场给新来的人留几个名额"),
        needed=False,
        most=500,
        description=_("每周固定来的人不占这几个，谁先报是谁的。"),
    )
    newcomer_days = Count(_("留到开始前几天"), needed=False, most=60)

    def validate_first(self, field):
        """Work is planned ahead."""
        if field.data and field.data < clock.today():
            self.checked("first", _("这一天已经过去了，请从今天或以后开始。"))

    def validate_last(self, field):
        """The last day is not before the first."""
        if field.data and self.first.data and field.data < self.first.data:
            self.checked("last", _("“到哪天”比“从哪天”还早，请对调一下。"))

    def validate(self, extra_validators=None):
        """Over several days somebody says which."""
        fine = super().validate(extra_validators)
        several = self.first.data and self.first.data != self.last.data
        if several and not set(self.weekdays.data or []) & set(range(7)):
            self.checked("weekdays", _("请至少选一个星期几。"))
            return False
        return fine

    def pattern(self) -> Pattern:
        """What was typed, as a rule."""
        span = {"starts": self.starts.data, "ends": self.ends.data, "first": self.first.data, "last": self.last.data}
        return Pattern(frozenset(self.weekdays.data), **span, skip_holidays=self.skip_holidays.data)

    def people(self) -> dict[str, int]:
        """How many people at least, how many seats stay open, and until how many days before."""
        typed = (self.newcomer_seats.data, self.newcomer_days.data)
        seats, days = (
            usual if given is None else given
            for given, usual in zip(typed, (NEWCOMER_SEATS, NEWCOMER_DAYS), strict=True)
        )
        return {"least": self.least.data or 0, "newcomer_seats": seats, "newcomer_days": days}


class SeriesForm(PlanForm):
    """The same for a rule that is there: its first day may be over, and somebody else may change it meanwhile."""

    first = Day(_("从哪天"), description=_("过去的场次不改，从今天往后照新的办。"))
    sequence = HiddenField()

    def validate_first(self, field):
        """It may have begun long ago."""

    def shown_sequence(self) -> int:
        """What it was when the form was opened."""
        return int(self.sequence.data) if (self.sequence.data or "").isdecimal() else -1


class MoveForm(Form):
    """Another time for one date."""

    day = Day(_("改到哪天"))
    starts = Clock(_("几点开始"), id="move-starts")
    ends = Clock(_("几点结束"), id="move-ends", description=_("比开始早，就算到第二天。"))

    def moments(self):
        """Start and end in UTC."""
        over = timedelta(days=1) if self.ends.data < self.starts.data else timedelta()
        return clock.at(self.day.data, self.starts.data), clock.at(self.day.data + over, self.ends.data)


class EndForm(Form):
    """Whether the dates that are signed up for go as well."""

    leave = Tick(_("已经报好的那几场也不去了"))


def stored(series: DutySeries) -> dict:
    """What a rule is now, as the fields of its form."""
    names = ("starts", "ends", "first", "last", "seats", "least", "skip_holidays", "newcomer_seats", "newcomer_days")
    facts = {name: getattr(series, name) for name in names}
    return facts | {"weekdays": [int(digit) for digit in series.weekdays], "sequence": str(series.sequence)}
