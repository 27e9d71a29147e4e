"""Links without an account: the receipt that follows a need, and the one question four weeks later."""

from flask import abort
from sqlalchemy import select

from communities import place_names
from communities.deciding import offices
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Back, Page, form_for, locked, permit, say
from kernel.site import limiter
from kernel.tokens import token_hash

from .. import alike
from ..answering import NothingAsked
from ..need import Need
from ..recheck import Recheck, Way
from ..voice import Voice
from .forms import StillWrongForm

GUESSES = "60 per hour"  # wrong links from one address; right ones are not counted
slowed = limiter.limit(GUESSES, deduct_when=lambda answer: answer.status_code == 404)
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def need_of(token: str) -> Need:
    """The need of a follow-up link; 404 for a word that was never given out."""
    known = select(Need).join(Need.voice).where(Voice.token_hash == token_hash(token))
    return db.session.scalar(seen(known)) or abort(404)


def question_of(token: str) -> Recheck:
    """The question of a link, answered or not; 404 for a word that was never given out."""
    return Recheck.of_token(token) or abort(404)


def whose(need: Need) -> str:
    """Who has it now, as one says it."""
    return need.partner.name if need.partner else offices({id := place_names.community_of(need.place)})[id]


def page(template: str, need: Need, **names) -> Page:
    """What whoever said it may know: where it stands, who has it, by when, what was answered."""
    now = need.merged_into or need
    facts = {"need": need, "now": now, "where": place_names.labels([need.place])[need.place_id], "whose": whose(now)}
    shown = Page(template, **facts, form=form_for(StillWrongForm), **names)
    shown.headers |= PRIVATE
    return shown


@slowed
@permit("need:follow")
def follow(token) -> Page:
    """The receipt: number, where it stands, who has it, and the way back to this page."""
    need = need_of(token)
    address = whole_url("need_links.follow", token=token)
    said = alike.find(Need, need.place, need.said, need.category_id, but=need.id) if need.said else []
    words = {"token": token, "address": address, "code": qr(address), "hints": said}
    return page("needs/follow.html", need, **words)


@permit("need:follow", back=lambda token: Back("need_links.follow", "follow", token=token))
def confirm(token):
    """解决了."""
    locked(Need, need_of(token).id).confirm(way=Way.LINK, by=None)
    say(_("谢谢您告诉我们。"))


@permit("need:follow", form=StillWrongForm, back=lambda token: Back("need_links.follow", "follow", token=token))
def still_wrong(form, token):
    """没解决."""
    locked(Need, need_of(token).id).still_wrong(form.reason.data, way=Way.LINK, by=None)
    say(_("又打开了，社区会接着办。"))


@slowed
@permit("need:follow")
def recheck(token) -> Page:
    """The one question, or that it was answered."""
    question = question_of(token)
    return page("needs/recheck.html", question.need, token=token, question=question)


def open_question(token: str) -> Need:
    """The need of a question that nobody has answered, held. Raises `NothingAsked`."""
    need = locked(Need, question_of(token).need_id)
    if need.question is None or need.question.token_hash != token_hash(token):
        raise NothingAsked
    return need


@permit("need:follow", back=lambda token: Back("need_links.recheck", "recheck", token=token))
def recheck_yes(token):
    """解决了; the link is used."""
    open_question(token).confirm(way=Way.LINK, by=None)
    say(_("谢谢您告诉我们。"))


@permit("need:follow", form=StillWrongForm, back=lambda token: Back("need_links.recheck", "recheck", token=token))
def recheck_no(form, token):
    """没解决; the link is used."""
    open_question(token).still_wrong(form.reason.data, way=Way.LINK, by=None)
    say(_("又打开了，社区会接着办。"))
