"""我的日历：什么时候提醒，换一个地址，关掉地址: what somebody decides about his own calendar."""

from flask import Blueprint, g

from communities.alarm import Alarm
from kernel.fields import Form, Pick
from kernel.i18n import _
from kernel.request import Page, form_for, permit, say

bp = Blueprint("calendar_address", __name__)
USUAL = _("照常：提前 1 到 2 小时")


class AlarmForm(Form):
    """When the phone is to ring."""

    alarm = Pick(_("什么时候提醒我"), choices=[("usual", USUAL), *Alarm.pairs()])


def alarm_form():
    """The form as it was sent, else with what was chosen last."""
    return form_for(AlarmForm, alarm=g.person.alarm.value if g.person.alarm else "usual")


@bp.get("/me/calendar")
@permit("account:change-own")
def show():
    """What the address is good for, and the buttons that end it: coming here is the question, pressing the answer."""
    return Page("portal/calendar_address.html", alarm=alarm_form(), closed=g.person.feed_closed_at)


@bp.post("/me/calendar/alarm")
@permit("account:change-own", form=AlarmForm, back=("calendar_address.show", "ringing"))
def be_rung(form):
    """Choose it; calendars hear of it when they ask next."""
    chosen = form.alarm.data
    g.person.be_rung(None if chosen == "usual" else Alarm(chosen))
    say(_("记下了：%(alarm)s。手机下次更新日历时生效。", alarm=dict(form.alarm.choices)[chosen]))


@bp.post("/me/calendar/closing")
@permit("account:change-own", form=Form, back=("calendar_address.show", None))
def close(_form):
    """关掉订阅地址."""
    g.person.close_feed()
    say(_("订阅地址关掉了，从现在起谁也打不开。以后想订阅，再开一个就行。"))
