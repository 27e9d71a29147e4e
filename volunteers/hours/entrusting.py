"""Entrusting: a community lets a team or a social organisation record the hours of what it leads (67号令 art. 2).

67号令 lets volunteer organisations record and certify. The community agrees first, since its shifts are recorded, and
may end that; what is in the partner's ledger stays there.
"""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from kernel.i18n import _
from kernel.work import Refusal
from partners.kind import Kind
from partners.partner import Partner

if TYPE_CHECKING:
    from communities.place import Place

    from .unit import RecordingUnit

RECORDERS = (Kind.TEAM, Kind.SOCIAL_ORGANISATION)


class AlreadySo(Refusal):
    """Said twice."""

    message = _("现在就是这样记的，不用再改。")


class NoRecorder(Refusal):
    """Volunteer organisations record; a firm does not, and who is not active does nothing."""

    message = _("“%(partner)s”不能自己记时长：要是在册的志愿服务队或者社会组织。时长由社区记。")
    field = "partner_id"


class Entrusting(Noted):
    """The part of RecordingUnit that is about partners."""

    if TYPE_CHECKING:
        place_id: Any
        partner_id: Any
        partner: Any
        entrusted: Any
        hold: Any

    @classmethod
    def entrust(cls, partner: Partner, place: "Place", *, by) -> "RecordingUnit":
        """From now on this partner records, in a ledger of its own, what it leads at this place.

        Refuses other kinds of partners and those that are not active (`NoRecorder`), and what is so (`AlreadySo`).
        """
        if partner.kind not in RECORDERS or not partner.is_active:
            raise NoRecorder(partner=partner.name)
        unit = cls.hold(place, partner)
        if unit.entrusted:
            raise AlreadySo
        unit.entrusted = True
        unit._told("hours.entrusted", by)
        return unit

    def end_trust(self, *, by) -> None:
        """The community records again; what stands in this ledger stays. Refuses what has ended (`AlreadySo`)."""
        if self.partner_id is None or not self.entrusted:
            raise AlreadySo
        self.entrusted = False
        self._told("hours.not_entrusted", by)

    def _told(self, verb: str, by) -> None:
        self.note(verb, by, tell=self.partner.managers, partner=self.partner_id, place=self.place_id)
