"""The ledgers as pages: a community's at its place, a partner's at its own address; the pages of both are the same."""

from dataclasses import dataclass

from flask import abort, url_for

from communities.place import Place
from kernel.permits import may

from ...hours.unit import RecordingUnit, recorder_of


@dataclass(frozen=True)
class Book:
    """A ledger: of a place, or (`unit` with a partner) of a partner there. A place may have none yet (`unit` None)."""

    place: Place
    unit: RecordingUnit | None

    @property
    def partner(self):
        """Whose it is, where it is a partner's."""
        return self.unit.partner if self.unit else None

    @property
    def name(self) -> str:
        """As its pages are called."""
        return self.unit.name if self.unit else self.place.name

    @property
    def confirms(self) -> bool:
        """Whether the one who asks confirms here; staff only looks into a partner's."""
        return may("hours:run-unit", self.unit) if self.partner else may("hours:review", self.place)

    @property
    def above(self) -> tuple[str, str]:
        """The page to which it belongs, as a crumb."""
        if self.partner:
            return self.partner.name, url_for("partners.show", id=self.partner.id)
        return self.place.name, url_for("places.show", code=self.place.code)

    def url(self, name: str, /, **query) -> str:
        """The address of one of its pages: review, confirm, ledger, proof, mark."""
        if self.unit and self.unit.partner_id:
            return url_for(f"hours.unit_{name}", id=self.unit.id, **query)
        return url_for(f"hours.{name}", code=self.place.code, **query)


def recorded_at(place: Place) -> Place:
    """Only who keeps a ledger has its pages: 404 for a building."""
    return place if recorder_of(place).id == place.id else abort(404)


def book_at(place: Place) -> Book:
    """The ledger of a place."""
    return Book(recorded_at(place), RecordingUnit.of(place))


def book_of(unit: RecordingUnit) -> Book:
    """The ledger of a partner; 404 for a community's, which is at its place."""
    return Book(unit.place, unit) if unit.partner_id else abort(404)
