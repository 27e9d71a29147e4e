"""A partner asks for a place in a building and names who of it would come."""

from flask import g, request
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from communities.person import Person
from communities.place import Place
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, Page, form_for, locked, permit, say
from partners.member import Member, active_managed_by
from partners.partner import Partner

from ...assignments import people, placing
from ...assignments.chain import surroundings
from ...assignments.state import Role
from .buildings import a_building
from .forms import TeamForm
from .offers import ask


def members() -> list[Member]:
    """The members of the partners that one speaks for, with their names; one query."""
    ids = [partner.id for partner in active_managed_by(g.person)]
    found = Member.seen_by(g.person).join(Member.person).where(Member.partner_id.in_(ids), Member.until.is_(None))
    return list(db.session.scalars(seen(found.order_by(Member.partner_id, Member.id))))


@permit("building:claim-for-team", of=Place)
def show(place):
    """Which place, and who."""
    around = surroundings(a_building(place))
    form = form_for(TeamForm)
    partners = {partner.id: partner.name for partner in active_managed_by(g.person)}
    form.member.choices = [(str(one.id), f"{partners[one.partner_id]} · {one.person.called}") for one in members()]
    free = people.free_roles(people.of_building(place), around.helpers)
    form.role.choices = [(role.value, role.label) for role in free]
    return Page("assignments/team.html", place=place, around=around, free=free, form=form)


def lock_member(**_keys) -> None:
    """The person whom the form names, before the building."""
    id = request.form.get("member", "")
    if id.isdecimal() and len(id) < 10:
        theirs = select(Member.person_id).where(Member.id == int(id)).scalar_subquery()
        db.session.execute(select(Person.id).where(Person.id == theirs).with_for_update(key_share=True))


@permit("building:claim-for-team", of=Place, form=TeamForm, first=lock_member, back=("buildings.team", "team"))
def name_member(place, form):
    """Name a member; he is asked, and after his yes the committee answers."""
    member = next((one for one in members() if str(one.id) == form.member.data), None)
    if member is None:
        raise NotFound
    partner = locked(Partner, member.partner_id)
    role = Role(form.role.data)
    ask(member.person, lambda: placing.name_member(partner, place, role, member.person, by=g.person))
    say(_("本人同意以后，社区在 2 个工作日内答复。"))
    return Back("buildings.show", id=place.id)
