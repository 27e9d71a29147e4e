"""From a raised firm to a partner: whose account it is, the application that carries everything over, the link."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.person import Person
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from ..kind import Kind
from ..member import Member, Role
from ..standing import PAST as NO_PARTNER
from .incubating import Incubating, Stage

if TYPE_CHECKING:
    from ..partner import Partner

KINDS = (Kind.INCUBATED_FIRM, Kind.FIRM)


class NotKnownHere(Refusal):
    """Whoever is to see it has joined the site first."""

    message = _("这个手机号还没有在这里登记过。请创办人先点“加入”，再用同一个手机号来连。")
    field = "phone"


class PartnerAlready(Refusal):
    """One firm becomes one partner."""

    message = _("“%(firm)s”已经是合伙人“%(partner)s”了，不用再申请。")


class NotGraduated(Refusal):
    """Whoever has not graduated is still raised, not missing."""

    message = _("“%(firm)s”还没有毕业，毕业以后再申请成为合伙人。")


class OthersPartner(Refusal):
    """A partner comes from one incubation, and is a firm."""

    message = _("“%(partner)s”不是企业，或者已经连着另一家孵化企业了，请重新选。")
    field = "partner_id"


class Becoming(Incubating):
    """The part of Incubation that is about its people and its partner."""

    if TYPE_CHECKING:
        place: Any
        founder: Any
        founder_id: Any
        partner: Any
        partner_id: Any

    def link_founder(self, phone: str, *, by) -> Person:
        """Let the account with this phone number see it. Refuses an unknown number (`NotKnownHere`)."""
        person = db.session.scalar(seen(select(Person).where(Person.phone == phone)))
        if person is None:
            raise NotKnownHere
        self.founder = person
        self._note("incubation.founder_linked", by, person=person.id)
        return person

    def become_partner(self, *, by, **facts) -> "Partner":
        """Apply as a partner with all that is known; the committee of the place verifies it as every other.

        Refuses before it graduated (`NotGraduated`), when it is a partner (`PartnerAlready`), and as `Partner.apply`.
        """
        self._can_become()
        model = type(self).partner.property.entity.class_
        partner = model.apply(Kind.INCUBATED_FIRM, place=self.place, by=by, **facts)
        self.partner = partner
        self._note("incubation.applied_as_partner", by, partner=partner.id)
        return partner

    def connect(self, partner: "Partner", *, by) -> None:
        """It is this partner, which registered by itself. Refuses one that is no firm or is taken (`OthersPartner`)."""
        self._can_become()
        model = type(self)
        taken = db.session.scalar(seen(select(model.id).where(model.partner_id == partner.id)))
        if partner.kind not in KINDS or taken:
            raise OthersPartner(partner=partner.name)
        self.partner = partner
        self._note("incubation.connected", by, partner=partner.id)

    @property
    def is_partner(self) -> bool:
        """Whether it has become a partner and is one still."""
        return self.partner is not None and bool(self.partner.active_since) and self.partner.stage not in NO_PARTNER

    @property
    def may_apply(self) -> bool:
        """Whether it has graduated and is neither a partner nor waiting for the answer."""
        return self.stage is Stage.GRADUATED and (self.partner is None or self.partner.stage in NO_PARTNER)

    def _can_become(self) -> None:
        if self.stage is not Stage.GRADUATED:
            raise NotGraduated(firm=self.name)
        if not self.may_apply:
            raise PartnerAlready(firm=self.name, partner=self.partner.name)

    def _people(self) -> list[Person]:
        """Its founder, and the managers of the partner that it became."""
        managers = Member.partner_id == self.partner_id, Member.role == Role.MANAGER, Member.until.is_(None)
        found = select(Person).join(Member, Member.person_id == Person.id).where(*managers) if self.partner_id else None
        people = list(db.session.scalars(seen(found))) if found is not None else []
        return [*people, self.founder] if self.founder is not None else people
