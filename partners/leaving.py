"""Somebody leaves for good: what he is alone with keeps him here; his memberships and requests end."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import aliased

from communities.person import Person
from kernel.db import db, seen
from kernel.i18n import _
from kernel.leaving import LEAVING, stopper
from kernel.work import work

from .incubations.incubating import Stage as Incubating
from .incubations.incubation import Incubation
from .join_request import Answer, JoinRequest
from .member import Member, Role, living
from .partner import Partner
from .standing import Stage


def set_up() -> None:
    """Register what keeps somebody here, and how he leaves."""
    alone = _("“%(what)s”只有您一位管理员，请先交给另一位成员，或者请社区办退出。")
    stopper("last_manager", managed_alone, alone, "partners.show")
    going_on = _("“%(what)s”还在孵化，请先请社区办退出或毕业。")
    stopper("incubation", incubations, going_on, "incubations.show")
    if leave not in LEAVING:
        LEAVING.append(leave)


def managed_alone(person: int) -> Select:
    """A partner that goes on does not lose its last manager."""
    other = aliased(Member)
    manages = (other.partner_id == Member.partner_id) & (other.role == Role.MANAGER) & other.until.is_(None)
    alone = ~exists().where(manages, other.person_id != person)
    mine = (Member.role == Role.MANAGER) & living(person) & (Partner.stage != Stage.ENDED)
    return select(Partner.id, Partner.name).join(Member, Member.partner_id == Partner.id).where(mine, alone)


def incubations(person: int) -> Select:
    """The firm goes on with another contact, or leaves."""
    going_on = Incubation.stage.in_((Incubating.APPLIED, Incubating.INCUBATING))
    return select(Incubation.id, Incubation.name).where(Incubation.founder_id == person, going_on)


def leave(person: int) -> None:
    """His memberships end and his requests are withdrawn, each in a transaction of its own."""
    asked = select(JoinRequest.id).where(JoinRequest.person_id == person, JoinRequest.answer == Answer.OPEN)
    for id in db.session.scalars(seen(asked.order_by(JoinRequest.id))).all():
        with work() as session:
            JoinRequest.lock_owner(id)
            request = session.get_one(JoinRequest, id, populate_existing=True)
            if request.answer is Answer.OPEN:
                request.withdraw(by=request.person)
    theirs = select(Member.partner_id).where(Member.person_id == person, Member.until.is_(None))
    for id in db.session.scalars(seen(theirs.order_by(Member.partner_id))).all():
        with work() as session:
            partner = session.get_one(Partner, id, with_for_update={"of": Partner, "key_share": True})
            one = session.get_one(Person, person)
            if partner.managers != [one] and any(member.person_id == person for member in partner.living):
                partner.let_go(one, by=one)
