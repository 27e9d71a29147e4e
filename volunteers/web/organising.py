"""What the organiser does with one date: cancel and restore it, move it, more or fewer seats, go ahead with few."""

from flask import g

from kernel.fields import Form
from kernel.i18n import _, n_, span
from kernel.request import permit, say

from ..shift import Shift
from .series_form import MoveForm
from .shift_forms import CancelForm, SeatsForm
from .shifts import bp


@bp.post("/shifts/<int:id>/cancellation")
@permit("shift:cancel", of=Shift, form=CancelForm, back=("shifts.show", "manage"))
def cancel(shift, form):
    """Call it off; everybody is told."""
    shift.cancel(form.reason.data, by=g.person)
    say(_("这一场取消了，报了名的人都会收到通知。"))


@bp.post("/shifts/<int:id>/going-ahead")
@permit("shift:go-ahead", of=Shift, form=Form, back=("shifts.show", "manage"))
def go_ahead(shift, _form):
    """It takes place though people are missing."""
    shift.go_ahead(by=g.person)
    say(_("定好了，这一场照常办，报了名的人都会收到通知。"))


@bp.post("/shifts/<int:id>/move")
@permit("shift:move", of=Shift, form=MoveForm, back=("shifts.show", "manage"))
def move(shift, form):
    """Another time for this date."""
    shift.move_to(*form.moments(), by=g.person)
    say(_("改到 %(when)s 了，报了名的人都会收到通知。", when=span(shift.starts_at, shift.ends_at)))


@bp.post("/shifts/<int:id>/restoration")
@permit("shift:restore", of=Shift, form=Form, back=("shifts.show", "manage"))
def restore(shift, _form):
    """It takes place after all."""
    shift.restore(by=g.person)
    say(_("这一场恢复了，报过名的人都会收到通知。"))


@bp.post("/shifts/<int:id>/seats")
@permit("shift:resize", of=Shift, form=SeatsForm, back=("shifts.show", "manage"))
def resize(shift, form):
    """More or fewer seats, and how many people at least."""
    shift.resize(form.seats.data, by=g.person, least=form.least.data or 0)
    say(n_("改成 %(num)s 人了。", "改成 %(num)s 人了。", shift.seats))
