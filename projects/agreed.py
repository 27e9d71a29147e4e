"""Under which agreement an adoption stands: one that its partner has signed, read by its parties alone."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from communities.noted import Noted
from kernel.i18n import _
from kernel.work import Refusal
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party


class NotTheirs(Refusal):
    """An agreement binds those who signed it."""

    message = _("“%(agreement)s”不是“%(partner)s”签的，请从列表里重新选。")
    field = "agreement_id"


class Agreed(Noted):
    """The part of Adoption that is about its agreement."""

    if TYPE_CHECKING:
        partner_id: Any
        partner: Any
        agreement_id: Any
        _note: Any

    def stand_under(self, agreement: Agreement | None, *, by) -> None:
        """This agreement says what both sides owe; None takes it back. Refuses one of others (`NotTheirs`)."""
        if agreement is not None and all(party.partner_id != self.partner_id for party in agreement.parties):
            raise NotTheirs(agreement=agreement.title, partner=self.partner.name)
        self.agreement_id = agreement.id if agreement else None
        self._note("adoption.under" if agreement else "adoption.under_none", by)


def offered(adoption, person) -> Select:
    """The agreements that the partner of an adoption has signed, as far as this person may know of them."""
    signed = Agreement.id.in_(select(Party.agreement_id).where(Party.partner_id == adoption.partner_id))
    return Agreement.seen_by(person).where(signed).order_by(Agreement.signed_on.desc(), Agreement.id.desc())
