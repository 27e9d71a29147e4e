"""The page of one need: what is wrong, who deals with it by when, what the reader can do, and its record."""

from typing import Any

from flask import g, request

from communities import place_names
from communities.journal import Line, tell
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import whole_url
from kernel.permits import may
from kernel.request import Page, form_for, permit, say

from .. import alike
from ..answer_text import AnswerText, Use
from ..need import Need
from ..need_state import TO_ROUTE, State
from .choices import categories, partners_for
from .forms import (
    ByTableForm,
    DeclineForm,
    MergeForm,
    ReopenForm,
    ReturnForm,
    RouteForm,
    SolveForm,
    StillWrongForm,
    VerifyForm,
    WordingForm,
    named,
)

ENDED = (State.SOLVED, State.CONFIRMED)
CLOSED = (*ENDED, State.DECLINED, State.MERGED)
TO_TAKE = (*TO_ROUTE, State.ROUTED)


@permit("need:see", of=Need)
def show(need) -> Page:
    """Everything about it that this person may know."""
    return Page(
        "needs/show.html",
        need=need,
        into=need.merged_into if need.state is State.MERGED else None,
        theme=need.theme if may("need:list") else None,
        where=place_names.labels([need.place])[need.place_id],
        handles=may("need:handle", need),
        asked=may("need:return", need),
        blank=ByTableForm(formdata=None),
        told=tell(list(db.session.scalars(seen(Line.about(need))))),
        **forms_for(need),
    )


def forms_for(need) -> dict[str, Any]:
    """What this person can say to it now; the forms that are not his are None."""
    forms: dict[str, Any] = dict.fromkeys(("verify", "route", "back", "solve", "question", "reopen", "take", "wording"))
    forms |= {"rule": None, "texts": [], "link": None}
    if need.state is State.RECEIVED and may("need:verify", need):
        forms["verify"] = verify_form(need)
    elif may("need:reword", need):
        known = {"privacy": need.privacy.value, "matter": need.matter}
        forms["wording"] = named(form_for(WordingForm, **known), "wording")
    if need.state in TO_ROUTE and may("need:route", need):
        forms |= {"route": True, "rule": need.route}
    if need.state is State.ROUTED and may("need:return", need):
        forms["back"] = named(form_for(ReturnForm), "back")
    if need.state in TO_TAKE and may("need:take", need):
        forms["take"] = True
    if need.state is State.TAKEN and may("need:solve", need):
        forms |= solving(need)
    if need.state in ENDED and (may("need:answer", need) or may("need:call", need)):
        forms |= asking(need)
    if need.state in CLOSED and forms["question"] is None and may("need:reopen", need):
        forms["reopen"] = named(form_for(ReopenForm), "reopen")
    return forms


def verify_form(need) -> VerifyForm:
    """The form that says that it is so, with what is known."""
    known = {"category_id": need.category_id, "privacy": need.privacy.value, "matter": need.matter}
    form = named(form_for(VerifyForm, **known), "verify")
    form.category_id.choices = [("", _("请选择")), *categories()]
    return form


def solving(need) -> dict[str, Any]:
    """The form of the answer, with a text of the district in it where the address names one."""
    texts = AnswerText.offered(need.place, Use.SOLVED)
    chosen = next((one for one in texts if str(one.id) == request.args.get("text")), None)
    words = chosen.in_language(need.voice.language) if chosen else None
    return {"solve": named(form_for(SolveForm, answer=words), "solve"), "texts": texts}


def asking(need) -> dict[str, Any]:
    """The question that waits, and for staff the link that can be passed on."""
    question = need.question
    if question is None:
        return {}
    link = whole_url("need_links.recheck", token=question.token) if may("need:call", need) else None
    return {"question": named(form_for(StillWrongForm), "still"), "link": link}


@permit("need:route", of=Need)
def routing(need) -> Page:
    """Who else could deal with it: the table, and everybody who serves here."""
    form = named(form_for(RouteForm), "other")
    form.partner_id.choices = [("", _("请选择")), *partners_for(need.place)]
    return Page("needs/routing.html", need=need, rule=need.route, form=form)


@permit("need:decline", of=Need)
def refusal(need) -> Page:
    """Why nothing is done, with the texts of the district."""
    texts = AnswerText.offered(need.place, Use.DECLINED)
    chosen = next((one for one in texts if str(one.id) == request.args.get("text")), None)
    form = form_for(DeclineForm, reason=chosen.in_language(need.voice.language) if chosen else None)
    return Page("needs/refusal.html", need=need, form=form, texts=texts)


@permit("need:merge", of=Need)
def duplicates(need) -> Page:
    """What says the same, with enough to decide, and which one it goes with."""
    hints = alike.find(Need, need.place, need.said, need.category_id, but=need.id)
    hints = [hint for hint in hints if may("need:merge", hint.need)]
    form = form_for(MergeForm)
    form.into.choices = [(hint.need.id, f"{hint.need.shown_number} {hint.need.excerpt}") for hint in hints]
    merged = db.session.scalars(seen(Need.seen_by(g.person).where(Need.merged_into_id == need.id))).all()
    return Page("needs/duplicates.html", need=need, hints=hints, form=form, merged=merged)


@permit("need:see-contact", of=Need, back=("needs.show", "need"))
def reveal(need):
    """The whole number; the record says who looked."""
    need.reveal(by=g.person)
    said = _("%(name)s的电话：%(phone)s。已记下是您看的。", name=need.voice.name or _("反映人"), phone=need.voice.phone)
    say(said if need.voice.phone else _("没有留电话。"))
