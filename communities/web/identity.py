"""Asking again who sits there, before a copy of everything leaves or everything goes."""

from datetime import timedelta

from flask import g

from kernel import clock
from kernel.fields import Form, Secret
from kernel.i18n import _
from kernel.passwords import fits
from kernel.who import sign_in_row
from kernel.work import Refusal

from ..attempt import Attempt
from .entrance import sender
from .password import own_account

FRESH = timedelta(minutes=15)


class WrongPassword(Refusal):
    """Whoever finds an open browser takes nothing along."""

    message = _("密码不对，请再试一次；记不清了可以请社区重新发登录卡或首次登录码。")
    field = "password"


class SignInAfresh(Refusal):
    """Without a password a sign-in of a moment ago shows who it is."""

    message = _(
        "您没有设密码，要刚登录 15 分钟内才能办。请到社区前台拿一张新登录卡再登录，或者先在“账号与登录”里设一个密码。"
    )


class PasswordForm(Form):
    """The password once more. Without a key: each sending is a try of its own."""

    key = None
    password = Secret(_("您的密码"))


class FreshForm(Form):
    """Nothing to fill in for whoever has no password."""

    key = None


def identity_form() -> Form:
    """The form as this person has to fill it in."""
    account = own_account() if g.person.id else None
    return PasswordForm() if account is None or account.password_hash else FreshForm()


def check_identity(form) -> None:
    """Raises `WrongPassword` and `TooManyTries`, and `SignInAfresh` for whoever has no password."""
    account = own_account()
    if account is not None and account.password_hash:
        Attempt.count(f"old {g.person.id}", sender())
        if not fits(account.password_hash, form.password.data):
            raise WrongPassword
    elif clock.now() - sign_in_row().at > FRESH:
        raise SignInAfresh
