"""Saying what a partner can do: entered, changed, taken out, and certified by the committee."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from communities.catalogue import Capability
from communities.deciding import deciding_place
from communities.noted import Noted
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .ability import Ability, Level, Unit
from .impartial import impartial
from .standing import PAST, Stage


class CertificateNeeded(Refusal):
    """What is said to be certified names its certificate."""

    message = _("选了“有资质证书”，请写明证书的名称和编号，社区要核对。")
    field = "evidence"


class UnitNeeded(Refusal):
    """A number without its unit says nothing."""

    message = _("同时能做多少，数量和单位要一起填，比如 20 户。")
    field = "amount"


class NotOffered(Refusal):
    """Two managers had the same list open."""

    message = _("“%(capability)s”现在不在“%(partner)s”的清单上，请刷新后再看。")


class NothingToCertify(Refusal):
    """Only what is said to be certified, and only once."""

    message = _("“%(capability)s”没有等着核对的证书，请刷新后再看。")


class Capable(Noted):
    """The part of Partner that is about what it can do."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        place: Any
        managers: Any
        abilities: Any
        _start: Any

    @property
    def able(self) -> list[Ability]:
        """What it can do now, in the order of the catalogue."""
        living = (ability for ability in self.abilities if ability.until is None)
        return sorted(living, key=lambda ability: (ability.capability.position, ability.capability_id))

    def ability(self, capability: Capability) -> Ability:
        """What it says now of this capability. Raises `NotOffered`."""
        found = self._said_of(capability)
        if found is None:
            raise NotOffered(capability=capability.label, partner=self.name)
        return found

    def offer(
        self,
        capability: Capability,
        *,
        by,
        level: Level = Level.CAN,
        evidence: str = "",
        amount: int | None = None,
        unit: Unit | None = None,
    ) -> Ability:
        """It can do this so well, and so much of it at the same time; what was said before ends today.

        Refuses a certificate without its name (`CertificateNeeded`) and half an amount (`UnitNeeded`). Saying the same
        again is no change; a certificate that was looked at stays so while its words stay.
        """
        self._start(*set(Stage) - set(PAST))
        if level is Level.CERTIFIED and not evidence.strip():
            raise CertificateNeeded
        if (amount is None) != (unit is None):
            raise UnitNeeded
        old = self._said_of(capability)
        new = Ability(capability=capability, level=level, evidence=evidence, amount=amount, unit=unit)
        if old and old.facts == new.facts:
            return old
        if old and old.facts[:2] == new.facts[:2]:
            new.certified_on, new.certified_at_id = old.certified_on, old.certified_at_id
        self._replace(old, new)
        self.note("partner.offers", by, partner=self.id, capability=capability.id)
        return new

    def drop(self, capability: Capability, *, by) -> None:
        """It does this no longer."""
        self._start(*set(Stage) - set(PAST))
        self.ability(capability).until = clock.today()
        self.note("partner.offers_no_more", by, partner=self.id, capability=capability.id)

    def certify(self, capability: Capability, *, by) -> None:
        """The committee has looked at the certificate; never a manager at his own (`OwnPartner`)."""
        ability = self.ability(capability)
        if ability.level is not Level.CERTIFIED or ability.is_certified:
            raise NothingToCertify(capability=capability.label)
        impartial(self, by)
        office = deciding_place(self.place, by)
        ability.certified_on, ability.certified_at_id = clock.today(), office.id
        ids = {"partner": self.id, "capability": capability.id, "committee": office.id}
        self.note("partner.certified", by, tell=self.managers, **ids)

    def _tick(self, capabilities: Iterable[Capability]) -> None:
        """What was ticked in an application: new ticks begin plainly, those that are gone end."""
        wanted = {capability.id: capability for capability in capabilities}
        for ability in self.able:
            if wanted.pop(ability.capability_id, None) is None:
                ability.until = clock.today()
        for capability in wanted.values():
            self.abilities.append(Ability(capability=capability, level=Level.CAN, evidence=""))

    def _said_of(self, capability: Capability) -> Ability | None:
        return next((one for one in self.able if one.capability_id == capability.id), None)

    def _replace(self, old: Ability | None, new: Ability) -> None:
        if old:
            old.until = clock.today()
            db.session.flush()
        self.abilities.append(new)
        db.session.flush()
