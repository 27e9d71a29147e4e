"""The page on which the lead opens a duty for residents, and changes the terms."""

from flask import g

from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ...duty import Duty
from ...tickets.counter import Counter
from .forms import CounterForm

NAMES = ("label", "tickets", "minutes", "most", "local", "is_open")
USUAL = {"most": 2, "is_open": True}


@permit("counter:set-up", of=Duty)
def show(duty) -> Page:
    """The terms as they are, or an empty form."""
    known = {name: getattr(duty.counter, name) for name in NAMES} if duty.counter else USUAL
    return Page("tickets/counter.html", duty=duty, counter=duty.counter, form=form_for(CounterForm, **known))


@permit("counter:set-up", of=Duty, form=CounterForm, back=("counters.show", "counter"))
def save(duty, form):
    """Open the door, or change it; dates with numbers given out keep their timetable."""
    Counter.set_up(duty, by=g.person, **{name: form[name].data for name in NAMES})
    say(_("存好了：居民点“%(label)s”取号，来帮忙的人照旧报名。", label=form.label.data))
    return Back("duties.show", id=duty.id)
