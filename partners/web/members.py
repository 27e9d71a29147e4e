"""The people of a partner."""

from flask import abort, g

from communities.attempt import Attempt
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ..invitation import Invitation
from ..join_request import JoinRequest
from ..member import Member, Role
from ..membership import TooManyNumbers
from ..partner import Partner
from .answer_forms import InvitationForm, MemberForm

BACK = ("members.index", "members")
NUMBERS_AN_HOUR = 20  # of one person, for all that he manages


@permit("partner:members", of=Partner)
def index(partner) -> Page:
    """Who acts for it now, and who did."""
    members = Member.of(partner, g.person)
    return Page(
        "partners/members.html",
        partner=partner,
        living=[member for member in members if member.until is None],
        past=[member for member in members if member.until],
        form=form_for(MemberForm),
        invitation=form_for(InvitationForm, role=Role.MEMBER),
        links=list(db.session.scalars(seen(Invitation.waiting(partner, g.person)))),
        requests=list(db.session.scalars(seen(JoinRequest.waiting(partner, g.person)))),
    )


def person_of(partner, id: int):
    """Somebody who is or was in this partner; nobody else is known here."""
    return next((member.person for member in partner.members if member.person_id == id), None) or abort(404)


def count_number(_form) -> None:
    """Count the number before anybody looks whose it is. Raises `TooManyNumbers`."""
    if g.person.id and not Attempt.count_hourly("member", g.person, NUMBERS_AN_HOUR):
        raise TooManyNumbers


@permit("partner:members", of=Partner, form=MemberForm, before=count_number, back=BACK)
def add(partner, form, _counted):
    """One more, by the phone number that he is known by here."""
    member = partner.invite(form.phone.data, by=g.person)
    say(_("%(person)s 现在是成员了，会收到消息。", person=member.person.called))


def to_members(id, person) -> Back:
    """The page of the members."""
    return Back("members.index", "members", id=id)


@permit("partner:members", of=Partner, back=to_members)
def make_manager(partner, person):
    """A member may speak for the partner."""
    member = partner.make_manager(person_of(partner, person), by=g.person)
    say(_("%(person)s 现在也是管理员。", person=member.person.called))


@permit("partner:members", of=Partner, back=to_members)
def make_member(partner, person):
    """A manager stays a member; one who steps down himself is led to the page of the partner."""
    member = partner.make_member(person_of(partner, person), by=g.person)
    say(_("%(person)s 现在是普通成员，不再管理。", person=member.person.called))
    return Back("partners.show", id=partner.id) if member.person_id == g.person.id else None


@permit("partner:members", of=Partner, back=to_members)
def hand_over(partner, person):
    """Another member takes it over; whoever handed it over stays a member."""
    successor = person_of(partner, person)
    partner.hand_over(successor, by=g.person)
    say(_("“%(partner)s”已经交给 %(person)s 来管，您还是成员。", partner=partner.name, person=successor.called))
    return Back("partners.show", id=partner.id)


@permit("partner:members", of=Partner, back=to_members)
def let_go(partner, person):
    """A membership ends; a manager who ends his own is led to the register."""
    gone = person_of(partner, person)
    partner.let_go(gone, by=g.person)
    say(_("%(person)s 不再是成员。", person=gone.called))
    return Back("partners.index") if gone.id == g.person.id else None


@permit("partner:leave", of=Partner, back=("partners.show", "partner"))
def leave(partner):
    """A member goes; a page that only members see is closed to him from now on."""
    partner.let_go(g.person, by=g.person)
    say(_("您已离开“%(partner)s”。", partner=partner.name))
    return None if partner.is_active else Back("partners.index")
