"""The part of a shift that gives the number of its lead to those who look after the compound; each look is noted."""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from kernel.i18n import _
from kernel.work import Refusal


class NoNumber(Refusal):
    """There is nobody to ring."""

    message = _("这一场的负责人没有登记电话，请问社区前台，或打社区电话。")


class LeadNumber(Noted):
    """Who leads it can be rung."""

    if TYPE_CHECKING:
        id: Any
        duty: Any

    def reveal_lead(self, *, by):
        """The lead, whose whole number is read by somebody; that he did is known to the staff of the place.

        Refuses where there is no number (`NoNumber`).
        """
        lead = self.duty.lead
        if lead is None or not lead.phone:
            raise NoNumber
        self.note("shift.lead_seen", by, shift=self.id)
        return lead
