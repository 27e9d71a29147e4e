"""A person's password: the first one, or another one."""

from flask import g
from wtforms.validators import ValidationError

from kernel.db import db, seen
from kernel.fields import Form, Secret
from kernel.i18n import _
from kernel.passwords import fits, hashed
from kernel.request import checked, permit, say
from kernel.who import sign_in_row
from kernel.work import Refusal

from ..account import SHORTEST, Account
from ..attempt import Attempt
from ..card import Card
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
