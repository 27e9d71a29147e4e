"""Signing in with a password, signing out."""

from functools import partial

from flask import Blueprint, after_this_request, current_app, g, redirect, request, session

from kernel.db import db
from kernel.i18n import _
from kernel.look import known
from kernel.passwords import fits, hashed, outdated
from kernel.request import Page, form_for, permit, then
from kernel.who import leave, login_manager, sign_in_row
from kernel.work import Refusal, work

from ..account import Account, plain_name
from ..attempt import Attempt
from ..sign_in import How, NotSignedIn, SignIn
from .entrance import CardForm, SignInForm, admit, sender

bp = Blueprint("accounts", __name__)
login_manager.anonymous_user = NotSignedIn


class WrongWords(Refusal):
    """No such account, or another password: which of them is not said."""

    message = _("用户名或密码不对，请再试一次。忘了密码，可以到社区前台办一张登录卡。")
    field = "password"


@bp.get("/sign-in")
@permit("account:sign-in")
def sign_in():
    """The ways in: a password, or the digits of a card."""
    wanted = request.args.get("next")
    if g.person.id and request.method == "GET":
        return redirect(known(wanted), 303)
    return Page("communities/sign_in.html", form=form_for(SignInForm), card=form_for(CardForm), wanted=wanted)


def recognised(form) -> tuple[int, str, str | None]:
    """Whose password this is: the account's id, its hash, and a new hash where the old one is outdated.

    Raises `TooManyTries` and `WrongWords`, the latter as late for an unknown name as for a wrong password.
    """
    name, password = plain_name(form.username.data), form.password.data
    Attempt.count(name, sender())
    account = Account.named(name)
    stored = account.password_hash if account else None
    if not fits(stored, password) or account is None or stored is None:
        raise WrongWords
    return account.id, stored, hashed(password) if outdated(stored) else None


@bp.post("/sign-in")
@permit("account:sign-in", form=SignInForm, before=recognised, back=("accounts.sign_in", None))
def do_sign_in(form, known_account):
    """Open a sign-in by password, unless the password was changed meanwhile."""
    id, stored, fresh = known_account
    account = db.session.get_one(Account, id, with_for_update=True)
    if account.password_hash != stored:
        raise WrongWords
    account.password_hash = fresh or stored
    return admit(SignIn.open(account.person, How.PASSWORD), request.args.get("next"))


@bp.post("/sign-out")
@permit("account:sign-out", back=("portal.home", None))
def sign_out():
    """End this browser's sign-in."""
    sign_in_row().end()
    then(leave)
    then(session.clear)


@login_manager.user_loader
def of_cookie(token: str) -> SignIn | None:
    """The living sign-in of a cookie; a card's term begins anew, cookie and row."""
    row = SignIn.of_token(token)
    if row and row.wants_to_slide:
        session.modified = True
        after_this_request(partial(slide_later, row.id))
    return row


def slide_later(id: int, response):
    """Write the new term when the answer is on its way: reading a page writes nothing."""
    response.call_on_close(partial(slide, current_app.app_context(), id))
    return response


def slide(context, id: int) -> None:
    """Count the term of a card anew from today; the request is over, so it happens in a context of its own."""
    with context, work() as session:
        session.get_one(SignIn, id).slide()
