"""The forms of bookings: a single time, the same time every week, and why not."""

from datetime import timedelta

from flask import g, request

from kernel import clock
from kernel.fields import Clock, Count, Day, Form, Line, Lines, Pick, Picks, Tick, row_id
from kernel.i18n import _
from kernel.request import form_for

from ...resources.booker import Booker, bookers_of
from ...resources.hours import WEEKDAYS
from ...resources.lending import MOST_UNITS
from .resource_forms import named

DAYS_OF_WEEK = list(enumerate(WEEKDAYS))
DAY = timedelta(days=1)


class WantedForm(Form):
    """What is common to both: who, how many, what for."""

    booker = Pick(_("以哪家的名义"))
    units = Count(_("要几个"), needed=False, least=1, most=MOST_UNITS, description=_("不填就是 1 个。"))
    people = Count(_("大约多少人"), needed=False, least=1, most=100_000)
    purpose = Line(_("用来做什么"), needed=False, most=120, description=_("比如“合唱排练”。只有提供方和您这边看得到。"))

    @property
    def facts(self) -> dict:
        """The plain facts as the model calls them."""
        return {"units": self.units.data or 1, "people": self.people.data, "purpose": self.purpose.data or ""}


class BookingForm(WantedForm):
    """A single time."""

    day = Day(_("哪一天"))
    starts = Clock(_("几点开始"), description=_("按刻钟算，不足一刻算一刻。"))
    ends = Clock(_("几点结束"), description=_("比开始早，就算到第二天。"))
    wait = Tick(_("约不上就排队等，空出来自动约给我"))

    @property
    def span(self):
        """From which moment to which; an end before the start is on the next day."""
        start, end = clock.at(self.day.data, self.starts.data), clock.at(self.day.data, self.ends.data)
        return (start, end) if end > start else (start, clock.at(self.day.data + DAY, self.ends.data))


class SeriesForm(WantedForm):
    """The same time every week."""

    weekdays = Picks(_("每周的哪几天"), choices=DAYS_OF_WEEK, coerce=row_id, needed=True)
    starts = Clock(_("几点开始"))
    ends = Clock(_("几点结束"))
    first = Day(_("从哪天"))
    last = Day(_("到哪天"))
    skip_holidays = Tick(_("法定节假日不约"))

    def validate(self, extra_validators=None):
        """Every field by itself, then the two days."""
        good = super().validate(extra_validators)
        if not set(self.weekdays.data or []) & set(range(7)):
            self.checked("weekdays", _("请至少选一个星期几。"))
        if self.first.data and self.last.data and self.last.data < self.first.data:
            self.checked("last", _("“到哪天”比“从哪天”还早，请对调一下。"))
        return good and not self.errors

    @property
    def pattern(self) -> dict:
        """The pattern as the model calls it."""
        names = ("starts", "ends", "first", "last", "skip_holidays")
        return {name: self[name].data for name in names} | {"weekdays": sorted(set(self.weekdays.data))}


class ReasonForm(Form):
    """Why somebody does not get a time, or does not keep it."""

    reason = Lines(_("原因"), needed=False, most=500, description=_("一句话就够，对方会看到。"))


def wanted_forms(resource) -> tuple[BookingForm | None, SeriesForm | None]:
    """Both forms for whoever may book this; prefilled with the time that a link to this page names."""
    bookers = [booker for booker in bookers_of(g.person) if resource.is_welcome(booker)]
    if not bookers or resource.why_not_lent:
        return None, None
    single = named(form_for(BookingForm, **asked_time()), "book")
    weekly = named(form_for(SeriesForm, skip_holidays=True, first=clock.today() + DAY), "weekly")
    for form in (single, weekly):
        form.booker.choices = [(booker.key, booker.name) for booker in bookers]
    return single, weekly


def asked_time() -> dict:
    """The day and the times in the address, as typed values; what cannot be read is left out."""
    form = BookingForm(request.args)
    return {name: form[name].data for name in ("day", "starts", "ends") if form[name].data}


def chosen(form) -> Booker | None:
    """In whose name; None for one that is not this person's to speak for."""
    return next((booker for booker in bookers_of(g.person) if booker.key == form.booker.data), None)
