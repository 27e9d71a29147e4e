"""What every way into the site has in common."""

from ipaddress import IPv6Address, ip_address

from flask import redirect, request, session

from kernel.fields import Form, Line, Phone, Secret
from kernel.i18n import _
from kernel.look import known
from kernel.request import then
from kernel.who import enter, sign_in_row

from ..sign_in import SignIn

HOUSEHOLD = 64  # bits of an IPv6 address that its owner does not choose


class SignInForm(Form):
    """User name and password. Without a key: each sending is a try of its own, and is answered with a cookie."""

    key = None
    username = Line(_("手机号或用户名"))
    password = Secret(_("密码"))


class CardForm(Form):
    """The digits of a card, for those who cannot scan."""

    key = None
    phone = Phone()
    code = Line(_("卡上的 8 位数字"), most=20)


def sender() -> str:
    """The network address that tries are counted for; of IPv6 the part that a household shares."""
    address = ip_address(request.remote_addr or "0.0.0.0")
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address) >> 128 - HOUSEHOLD << 128 - HOUSEHOLD)
    return str(address)


def admit(row: SignIn, wanted: str | None = None):
    """Let this browser in as this person once the row is stored; what it was before has ended."""
    if sign_in_row().id:
        sign_in_row().end()
    then(lambda: renew_cookie(row))
    return redirect(known(wanted), 303)


def renew_cookie(row: SignIn) -> None:
    """A fresh cookie, without anything of the visit before."""
    session.clear()
    session.permanent = True
    enter(row)
