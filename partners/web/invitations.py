"""Invitations by link: made and shown once by a manager, opened by whoever is to join."""

from flask import abort, g, request, url_for
from sqlalchemy import select

from communities.attempt import Attempt
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Back, Page, permit, say
from kernel.tokens import token_hash

from ..invitation import Invitation
from ..partner import Partner
from .answer_forms import InvitationForm


@permit("partner:members", of=Partner, form=InvitationForm, back=("members.index", "members"))
def make(partner, form):
    """A link, with its QR code and the words to send along: the only time that it is seen."""
    slip = Invitation.make(partner, role=form.role.data, by=g.person)
    db.session.flush()
    url = whole_url("invitations.show", token=slip.token)
    shown = {"slip": slip, "url": url, "code": qr(url), "words": words(slip, url)}
    return Page("partners/invited.html", partner=partner, **shown).answer()


def words(slip, url: str) -> str:
    """What is sent along, under 300 characters."""
    return str(
        _(
            "“%(partner)s”请您一起为社区出力。点开链接就能加入（只能用一次，7 天内有效，请不要转给别人）：%(url)s",
            partner=slip.invitation.partner.name,
            url=url,
        )
    )


@permit("invitation:see")
def show(token) -> Page:
    """Where the link leads: a button, since looking at a page changes nothing. A dead one says what to do."""
    invitation = Invitation.of_token(token)
    here = url_for("invitations.show", token=token)
    page = Page("partners/invitation.html", invitation=invitation, token=token, here=here)
    page.status = 200 if invitation else 404
    return page


def count_link(_form) -> None:
    """Count a try at a link. Raises `TooManyTries`."""
    Attempt.count(f"invitation {token_hash((request.view_args or {})['token'])}", f"person {g.person.id}")


@permit("invitation:use", before=count_link, back=("invitations.show", None))
def use(_counted, token) -> Back:
    """Join."""
    member = Invitation.use(token, by=g.person)
    say(_("您现在是“%(partner)s”的%(role)s了。", partner=member.partner.name, role=member.role.label))
    return Back("partners.show", id=member.partner_id)


def page_of(id) -> Back:
    """The members of the partner that it leads into."""
    partner = db.session.scalar(seen(select(Invitation.partner_id).where(Invitation.id == id)))
    return Back("members.index", "members", id=partner or abort(404))


@permit("invitation:revoke", of=Invitation, back=page_of)
def revoke(invitation):
    """The link is worthless from now on."""
    invitation.revoke(by=g.person)
    say(_("这个邀请链接已经收回，不能再用。"))
