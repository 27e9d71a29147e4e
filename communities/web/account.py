"""账号与登录: where I am signed in, how I want to be told, my calendar address, what I agreed to."""

from flask import g, session
from sqlalchemy.orm import joinedload
from wtforms.validators import Optional, Regexp

from kernel.db import db
from kernel.fields import Form, Line, Pick, Tick
from kernel.i18n import _
from kernel.mail import is_configured
from kernel.request import Back, Page, form_for, permit, say, then
from kernel.who import leave, sign_in_row

from ..card import Card
from ..channel import Channel
from ..consent import Consent
from ..sign_in import SignIn
from .language import LanguageForm
from .password import own_account, wanted_form
from .sign_in import bp


class ToldForm(Form):
    """How I want to be told."""

    told_by = Pick(_("怎么告诉我"), choices=Channel.pairs())
    email = Line(
        _("邮箱"),
        needed=False,
        most=120,
        checks=[Optional(), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_("请填完整的邮箱，比如 wu@example.com。"))],
    )
    calendar_mail = Tick(_("我报名的活动，也发到这个邮箱的日历里"))


@bp.get("/me/account")
@permit("account:change-own")
def show():
    """Everything about how I get in and how I am told."""
    account = own_account()
    stored = {"email": g.person.email, "calendar_mail": g.person.calendar_mail}
    told = form_for(ToldForm, told_by=g.person.told_by.value, **stored)
    told.told_by.choices = [pair for pair in Channel.pairs() if pair[0] != Channel.MAIL or is_configured()]
    return Page(
        "communities/account.html",
        own=account,
        sign_ins=list(db.session.scalars(SignIn.living(g.person))),
        here=sign_in_row().id,
        cards=list(db.session.scalars(Card.kept_by([g.person]))),
        told=told,
        mails=is_configured(),
        language=form_for(LanguageForm, language=g.person.language or "zh"),
        consents=list(db.session.scalars(Consent.of(g.person).options(joinedload(Consent.asked_by)))),
        password=form_for(wanted_form(account)),
    )


@bp.post("/me/account/told")
@permit("account:change-own", form=ToldForm, back=("accounts.show", None))
def be_told(form):
    """Choose how messages are passed on."""
    wanted = form.calendar_mail.data if is_configured() else g.person.calendar_mail and bool(form.email.data)
    had = g.person.calendar_mail
    g.person.be_told(Channel(form.told_by.data), form.email.data or "", calendar_mail=wanted)
    say(_("记下了：以后的消息这样告诉您——%(way)s；站内消息照样有。", way=g.person.told_by.label))
    if wanted:
        say(_("您报名的活动，也发到 %(email)s 的日历里。", email=g.person.email))
    elif had:
        say(_("活动不再发到您邮箱的日历里了；已经在里面的，以后不会跟着变。"))


@bp.post("/me/account/feed")
@permit("account:change-own", back=("accounts.show", None))
def renew_feed():
    """Give the calendar a new address."""
    g.person.renew_feed()
    say(_("日历地址已换新，旧地址从现在起打不开。请用新地址重新订阅。"))


@bp.post("/me/sign-ins/<int:id>/end")
@permit("account:end-sign-in", of=SignIn, back=lambda id: Back("accounts.show"))
def end_sign_in(row):
    """Sign one browser out."""
    row.end()
    if row.id == sign_in_row().id:
        then(leave)
        then(session.clear)


@bp.post("/me/sign-ins/end-others")
@permit("account:change-own", back=("accounts.show", None))
def end_others():
    """Sign all other browsers out."""
    SignIn.end_all(g.person, but=sign_in_row())
    say(_("别的手机和电脑上都已退出。"))
