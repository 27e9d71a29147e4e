"""登录卡: printed at the desk, used once, revoked by its owner or the desk."""

from flask import Blueprint, g, request, url_for

from kernel.db import db
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Back, Page, permit, say, then
from kernel.text import ascii_digits
from kernel.tokens import token_hash

from ..attempt import Attempt
from ..card import Card, Paper
from ..person import Person
from ..sign_in import How, SignIn
from .entrance import CardForm, admit, sender

bp = Blueprint("cards", __name__)


def slips(papers: list[Paper], title, back_url: str, posts=None):
    """The papers to print, one slip each: the only time that token and digits are seen."""
    drawn = [(paper, qr(whole_url("cards.show", token=paper.token))) for paper in papers]
    return Page("communities/slips.html", title=title, slips=drawn, posts=posts or {}, back_url=back_url).answer()


@bp.post("/people/<int:id>/cards")
@permit("card:print", of=Person, back=lambda id: Back("people.index", "people"))
def make(person):
    """Print a card for a neighbour."""
    paper = Card.print(person, by=g.person)
    db.session.flush()
    return slips([paper], _("登录卡"), url_for("people.index"))


@bp.get("/card/<string:token>")
@permit("card:use")
def show(token):
    """Where the QR code leads: a button, since looking at a page signs nobody in."""
    return Page("communities/card.html", token=token)


def count_token(_form) -> None:
    """Count a try with a QR code. Raises `TooManyTries`."""
    Attempt.count(f"card {token_hash((request.view_args or {})['token'])}", sender())


@bp.post("/card/<string:token>")
@permit("card:use", before=count_token, back=("cards.show", None))
def use(_counted, token):
    """Sign in by the QR code."""
    return come_in(Card.use_token(token))


def count_digits(form) -> None:
    """Count a try at the digits, for the phone number and for its cards. Raises `TooManyTries`."""
    Attempt.count(f"card {form.phone.data}", sender())
    Card.count_try(form.phone.data)


@bp.post("/card")
@permit("card:use", form=CardForm, before=count_digits, back=("accounts.sign_in", None))
def use_digits(form, _counted):
    """Sign in by phone number and digits."""
    digits = "".join(sign for sign in ascii_digits(form.code.data) if sign.isdigit())
    return come_in(Card.use_digits(form.phone.data, digits))


def come_in(row: SignIn):
    """Let the holder in; whoever came with a first-use code chooses a password now."""
    if row.how is not How.CODE:
        return admit(row)
    answer = admit(row, url_for("accounts.show"))
    then(lambda: say(_("已登录。首次登录码不能再用了，请现在给自己设一个密码。")))
    return answer


@bp.post("/cards/<int:id>/revoke")
@permit("card:revoke", of=Card, back=lambda id: Back("accounts.show"), backs={"people": ("people.index", "people")})
def revoke(card):
    """Make a card worthless, and sign out what it opened."""
    card.revoke(by=g.person)
    say(_("登录卡已作废，用它登录的手机也已退出。"))
