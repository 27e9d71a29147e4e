"""One row of the second confirmation: as it is, with other minutes, or not at all; and where lines of it lead."""

from flask import abort, g, redirect
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kernel import clock
from kernel.db import db
from kernel.fields import Count, Form, Pick
from kernel.i18n import _
from kernel.request import Back, permit, say

from ...hours.entry import Reason, unit_of
from ...hours.following import follow, stay
from ...hours.review import settle
from ...hours.unit import RecordingUnit, keeper
from ...shift import Shift
from ...signup import Signup
from .books import Book

REASONS = [("", _("照签到记的")), *Reason.pairs()]


class SettleForm(Form):
    """Other minutes, and why."""

    minutes = Count(_("记多少分钟"), least=0, most=1440, description=_("不计入就填 0。"))
    reason = Pick(_("为什么和签到不一样"), choices=REASONS, needed=False)


def settle_form():
    """The form of one row as it was sent, and of which row."""
    sent = g.get("form")
    return sent if isinstance(sent, SettleForm) else None


def to_review(id: int) -> Back:
    """The page on which the row of this sign-up stands."""
    signup = db.session.scalar(Signup.seen_by(g.person).where(Signup.id == id)) or abort(404)
    place, partner = unit_of(signup)
    unit = RecordingUnit.of(place, partner) if partner else None
    return Back("hours.unit_review", "sheet", id=unit.id) if unit else Back("hours.review", "sheet", code=place.code)


@permit("hours:settle", of=Signup, form=SettleForm, back=to_review)
def settle_one(signup, form):
    """One that differs: as it is, with other minutes, or not at all."""
    reason = Reason(form.reason.data) if form.reason.data else None
    entry = settle(signup, form.minutes.data, reason, by=g.person)
    said = (
        _("%(person)s的时长确认好了。")
        if entry.minutes
        else _("%(person)s这一场记为不计入，他在“我的时长”里看得到原因。")
    )
    say(str(said) % {"person": signup.person.called})


@permit("hours:settle", of=Signup, back=to_review)
def follow_list(signup):
    """The list was corrected after confirmation: one more entry with the difference."""
    entry = follow(signup, by=g.person)
    facts = {"person": signup.person.called, "minutes": f"{entry.minutes:+}"}
    say(_("更正好了，%(person)s的台账里多了一条更正（%(minutes)s 分钟），原来的那条还在。", **facts))


@permit("hours:settle", of=Signup, back=to_review)
def let_stay(signup):
    """Somebody looked, and what was confirmed stays."""
    stay(signup, by=g.person)
    say(_("记好了：%(person)s的时长不变，台账里写着看过了。", person=signup.person.called))


@permit("hours:settle", of=Signup)
def of_signup(signup):
    """Where a line about a corrected list leads: the review of the ledger in which it stands."""
    place, partner = unit_of(signup)
    return redirect(Book(place, RecordingUnit.of(place, partner) if partner else None).url("review"))


@permit("shift:see", of=Shift)
def of_shift(shift):
    """Where a line of 今天要办 leads: the sheets of its day."""
    whole = select(Shift).where(Shift.id == shift.id).options(joinedload(Shift.place), joinedload(Shift.duty))
    shift = db.session.scalars(whole.execution_options(populate_existing=True)).one()
    place, partner = keeper(shift)
    book = Book(place, RecordingUnit.of(place, partner) if partner else None)
    return redirect(book.url("review", day=clock.local(shift.starts_at).date().isoformat()))
