"""Series: all dates of one standing wish, answered, confirmed or given up at once."""

from flask import g

from kernel.i18n import _
from kernel.permits import may
from kernel.request import Page, form_for, permit, say

from ...resources.series import Series
from .booking_forms import ReasonForm

SERIES = ("series.show", "series")


@permit("booking:see", of=Series)
def show(series) -> Page:
    """The pattern, and every date with where it stands."""
    return Page(
        "resources/series.html",
        series=series,
        resource=series.resource,
        counts=series.counts,
        past=sum(date.has_begun and date.is_holding for date in series.dates),
        to_confirm=[date for date in series.dates if date.asks_to_confirm],
        lends=may("booking:answer", series),
        booked=may("booking:keep", series),
        form=form_for(ReasonForm),
    )


@permit("booking:answer", of=Series, back=SERIES)
def accept(series):
    """The owner says yes to all of it."""
    series.accept(by=g.person)
    granted, _asked, waiting = series.counts
    say(_("答应了：%(n)s 个日子约好，%(waiting)s 个在排队，空出来自动约上。", n=granted, waiting=waiting))


@permit("booking:answer", of=Series, form=ReasonForm, back=SERIES)
def refuse(series, form):
    """The owner says no to what is open of it."""
    series.refuse(form.reason.data or "", by=g.person)
    say(_("婉拒了，“%(booker)s”会看到原因。", booker=series.booker_name))


@permit("booking:keep", of=Series, back=SERIES)
def withdraw(series):
    """The booker needs none of it any more."""
    series.withdraw(by=g.person)
    say(_("以后的日子都取消了，时间让给排队的人。谢谢您提前说一声。"))


@permit("booking:keep", of=Series, back=SERIES)
def confirm(series):
    """The booker still needs the dates that he was asked about."""
    series.confirm(by=g.person)
    say(_("好的，这些日子都给您留着。"))
