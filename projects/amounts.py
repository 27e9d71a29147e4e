"""Amounts: what parts come to by their units, in all and left, and how much of it is given away."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kernel.i18n import joined


def counted(amounts: Iterable[tuple[int, str]]) -> str:
    """Amounts added up by their unit, in the order of the units' first appearance: “43 户、2 场”; nothing for 0."""
    sums: dict[str, int] = {}
    for quantity, unit in amounts:
        sums[unit] = sums.get(unit, 0) + quantity
    return joined(f"{quantity} {unit}" for unit, quantity in sums.items() if quantity)


class Amount:
    """So many units of one thing to do, some of them given away."""

    if TYPE_CHECKING:
        title: Any
        unit: Any
        quantity: Any
        given: Any

    __slots__ = ()

    @property
    def left(self) -> int:
        """How many units nobody has taken on."""
        return self.quantity - self.given

    def __str__(self):
        return f"{self.title} {self.quantity} {self.unit}"


class Amounts:
    """Whatever has `parts`, and what these come to."""

    if TYPE_CHECKING:
        parts: Any

    __slots__ = ()

    @property
    def left(self) -> int:
        """How many parts still have something to adopt."""
        return sum(part.left > 0 for part in self.parts)

    @property
    def amount(self) -> str:
        """How much it is in all, by units: “63 户”."""
        return counted((part.quantity, part.unit) for part in self.parts)

    @property
    def remaining(self) -> str:
        """How much of it nobody has taken on, by units."""
        return counted((part.left, part.unit) for part in self.parts)

    @property
    def share(self) -> int:
        """How much is adopted, in per cent: of all units, or the mean of the parts where their units differ."""
        if not self.parts:
            return 0
        if len({part.unit for part in self.parts}) == 1:
            given, wanted = sum(part.given for part in self.parts), sum(part.quantity for part in self.parts)
            return 100 * given // wanted
        return int(sum(100 * part.given / part.quantity for part in self.parts) / len(self.parts))
