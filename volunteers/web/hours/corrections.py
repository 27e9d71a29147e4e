"""A wish for a correction, for the volunteer and for the unit that answers it."""

from flask import g
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kernel.db import db, seen
from kernel.fields import Count, Form, Line, Pick
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ...hours.correction import Correction, recorded
from ...hours.entry import Entry, Reason
from ...shift import Shift
from ...signup import Signup


class AskForm(Form):
    """What it should be, and why."""

    minutes = Count(_("应该是多少分钟"), least=0, most=1440, description=_("1 小时写 60，1 个半小时写 90。"))
    reason = Pick(_("哪里不对"), choices=Reason.pairs())
    words = Line(
        _("再说一句"), needed=False, most=200, description=_("比如“那天收摊晚，9 点半才走”。只给社区工作人员看。")
    )


@permit("correction:ask", of=Signup)
def new(signup) -> Page:
    """What is recorded, and the form."""
    whole = select(Signup).where(Signup.id == signup.id).options(joinedload(Signup.shift).joinedload(Shift.duty))
    db.session.scalar(seen(whole.execution_options(populate_existing=True)))
    known = recorded(signup)
    form = form_for(AskForm, minutes=known or (signup.shift.ends_at - signup.shift.starts_at).seconds // 60)
    return Page("hours/correction_new.html", signup=signup, shift=signup.shift, known=known, form=form)


@permit("correction:ask", of=Signup, form=AskForm, back=("hours.new_correction", None))
def ask(signup, form):
    """The unit answers within 10 working days."""
    facts = {"said": form.words.data or "", "by": g.person}
    wish = Correction.ask(signup, form.minutes.data, Reason(form.reason.data), **facts)
    say(_("申请交上去了，社区会答复您，不用再催。"))
    return Back("hours.correction", id=wish.id)


class AnswerForm(Form):
    """Why not."""

    answer = Line(_("为什么不更正"), most=200, description=_("申请的人会看到。"))


@permit("correction:see", of=Correction)
def correction(wish) -> Page:
    """One wish for a correction, for both sides."""
    loaded = (
        select(Correction)
        .where(Correction.id == wish.id)
        .options(
            joinedload(Correction.signup).joinedload(Signup.shift).joinedload(Shift.duty), joinedload(Correction.person)
        )
    )
    db.session.scalar(seen(loaded.execution_options(populate_existing=True)))
    entered = select(Entry).where(Entry.signup_id == wish.signup_id).order_by(Entry.number)
    known = list(db.session.scalars(seen(entered)))
    return Page("hours/correction.html", wish=wish, known=known, form=form_for(AnswerForm))


PAGES = ("hours.correction", "wish")


@permit("correction:answer", of=Correction, back=PAGES)
def grant(wish):
    """Yes."""
    wish.grant(by=g.person)
    say(_("更正好了，台账里多了一条更正，原来的那条还在。"))


@permit("correction:answer", of=Correction, form=AnswerForm, back=PAGES)
def decline(wish, form):
    """No, and why."""
    wish.decline(form.answer.data, by=g.person)
    say(_("答复好了，申请的人会看到原因。"))


@permit("correction:drop", of=Correction, back=PAGES)
def drop(wish):
    """Taken back."""
    wish.drop(by=g.person)
    say(_("申请撤回了。"))
