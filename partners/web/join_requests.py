"""Asking to be taken in, and the answer of the managers."""

from flask import abort, g, redirect, url_for
from sqlalchemy import select

from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, permit, say

from ..join_request import JoinRequest
from ..partner import Partner
from .answer_forms import JoinRequestForm


@permit("partner:ask-to-join", of=Partner, form=JoinRequestForm, back=("partners.show", "partner"))
def ask(partner, form):
    """Tell the managers who would like to belong to it."""
    JoinRequest.ask(partner, form.words.data or "", by=g.person)
    say(_("已告诉“%(partner)s”的管理员，答复会出现在“消息”里。", partner=partner.name))
    return Back("partners.show", "partner", id=partner.id)


@permit("join-request:see", of=JoinRequest)
def show(request):
    """Where it is answered, and for whoever asked the partner's page."""
    own = request.person_id == g.person.id
    return redirect(url_for("partners.show" if own else "members.index", id=request.partner_id))


def partner_of(id) -> int:
    """The partner that a request is addressed to."""
    wanted = seen(select(JoinRequest.partner_id).where(JoinRequest.id == id))
    return db.session.scalar(wanted) or abort(404)


def to_members(id) -> Back:
    """The members of that partner."""
    return Back("members.index", "members", id=partner_of(id))


def to_partner(id) -> Back:
    """The page of that partner."""
    return Back("partners.show", "partner", id=partner_of(id))


@permit("join-request:answer", of=JoinRequest, back=to_members)
def accept(request):
    """One more member."""
    request.accept(by=g.person)
    say(_("%(person)s 现在是成员了，会收到消息。", person=request.person.called))


@permit("join-request:answer", of=JoinRequest, back=to_members)
def decline(request):
    """Not in this partner."""
    request.decline(by=g.person)
    say(_("已婉拒，%(person)s 会收到消息。", person=request.person.called))


@permit("join-request:withdraw", of=JoinRequest, back=to_partner)
def withdraw(request):
    """Not any more."""
    request.withdraw(by=g.person)
    say(_("已撤回，管理员不用再答复。"))
