"""账号与登录: where I am signed in, my password, how I want to be told, my calendar address."""

from flask import g, session
from wtforms.validators import Optional, Regexp, ValidationError

from kernel.db import db, seen
from kernel.fields import Form, Line, Pick, Secret
from kernel.i18n import _
from kernel.mail import is_configured
from kernel.passwords import fits, hashed
from kernel.request import Back, Page, checked, form_for, permit, say, then
from kernel.who import leave, sign_in_row
from kernel.work import Refusal

from ..account import SHORTEST, Account
from ..attempt import Attempt
from ..card import Card
from ..channel import Channel
from ..person import NoPhone
from ..sign_in import How, SignIn
from .entrance import sender
from .sign_in import bp


class WrongOld(Refusal):
    """Whoever finds an open browser does not take the account along."""

    message = _("现在的密码不对，请再试一次；记不清了可以请社区重新发登录卡或首次登录码。")
    field = "old"


class PasswordForm(Form):
    """A first password, or one after a first-use code."""

    new = Secret(_("新密码"))

    def validate_new(self, field):
        """Long enough; anything else is the person's own choice."""
        if len(field.data) < SHORTEST:
            raise ValidationError(_("请至少写 %(least)s 个字符，比如一句自己记得住的话。", least=SHORTEST))


class ChangeForm(PasswordForm):
    """The old password and the new one."""

    old = Secret(_("现在的密码"))


class ToldForm(Form):
    """How I want to be told."""

    told_by = Pick(_("怎么告诉我"), choices=Channel.pairs())
    email = Line(
        _("邮箱"),
        needed=False,
        most=120,
        checks=[Optional(), Regexp(r"[^@\s]+@[^@\s]+\.[^@\s]+$", message=_("请填完整的邮箱，比如 wu@example.com。"))],
    )


@bp.get("/me/account")
@permit("account:change-own")
def show():
    """Everything about how I get in and how I am told."""
    account = own_account()
    told = form_for(ToldForm, told_by=g.person.told_by.value, email=g.person.email)
    told.told_by.choices = [pair for pair in Channel.pairs() if pair[0] != Channel.MAIL or is_configured()]
    return Page(
        "communities/account.html",
        own=account,
        sign_ins=list(db.session.scalars(SignIn.living(g.person))),
        here=sign_in_row().id,
        cards=list(db.session.scalars(Card.kept_by([g.person]))),
        told=told,
        password=form_for(wanted_form(account)),
    )


def own_account() -> Account | None:
    """The account of who asks; somebody who was entered at the desk may have none yet."""
    return db.session.scalar(seen(Account.seen_by(g.person)))


def wanted_form(account: Account | None) -> type[PasswordForm]:
    """The old password is wanted where there is one, but not right after a first-use code."""
    known = account and account.password_hash and sign_in_row().how is not How.CODE
    return ChangeForm if known else PasswordForm


def password_form() -> PasswordForm:
    """The form as this person has to fill it in."""
    return wanted_form(own_account())()


def checked_password(form) -> tuple[str | None, str]:
    """The hash that was there and the new one. Raises `WrongOld` and `TooManyTries`."""
    checked("account:change-own")
    account = own_account()
    stored = account.password_hash if account else None
    if isinstance(form, ChangeForm):
        Attempt.count(f"old {g.person.id}", sender())
        if not fits(stored, form.old.data):
            raise WrongOld
    return stored, hashed(form.new.data)


@bp.post("/me/account/password")
@permit("account:change-own", form=password_form, before=checked_password, back=("accounts.show", None))
def change_password(form, hashes):
    """A new password: every other browser is signed out, and unused papers are worthless."""
    stored, fresh = hashes
    account = own_account() or Account.open(g.person, phone_of(g.person))
    if account.password_hash != stored:
        raise WrongOld
    account.password_hash = fresh
    SignIn.end_all(g.person, but=sign_in_row())
    Card.revoke_unused(g.person)
    say(_("密码已改好。别的手机和电脑上都已退出，要用新密码登录。"))


def phone_of(person) -> str:
    """The user name of whoever gets an account now."""
    if not person.phone:
        raise NoPhone
    return person.phone


@bp.post("/me/account/told")
@permit("account:change-own", form=ToldForm, back=("accounts.show", None))
def be_told(form):
    """Choose how messages are passed on."""
    g.person.be_told(Channel(form.told_by.data), form.email.data or "")
    say(_("记下了：以后的消息这样告诉您——%(way)s；站内消息照样有。", way=g.person.told_by.label))


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
