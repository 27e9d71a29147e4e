"""Which kinds of service a community counts."""

from flask import g

from communities.place import Place
from kernel.fields import Form, Tick
from kernel.i18n import _
from kernel.request import permit, say

from ...hours.unit import RecordingUnit
from .books import book_at


class KindsForm(Form):
    """Whether 党员报到 counts."""

    report_in = Tick(_("党员报到也计入服务时长"))


@permit("hours:choose-kinds", of=Place, by="code", form=KindsForm, back=("hours.review", "kinds"))
def choose_kinds(place, form):
    """Whether 党员报到 is recorded here."""
    RecordingUnit.hold(book_at(place).place).take_report_in(bool(form.report_in.data), by=g.person)
    say(_("记好了：以后确认的按这个来，已经记下的不变。"))
