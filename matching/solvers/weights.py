"""What counts how much: named components of points, values of seats, costs of load; a district edits them."""

from dataclasses import asdict, dataclass, fields
from enum import Enum, IntEnum
from typing import Self

MOST = 1000  # points; ten components of this size still fit into int16


class Component(IntEnum):
    """The columns of points, in the order in which they are shown."""

    NEAR = 0
    COMPOUND = 1
    COMMUNITY = 2
    SKILL = 3
    LANGUAGE = 4
    OWN = 5
    KEPT = 6
    RELIABLE = 7
    PREFERRED = 8
    TEAM = 9


SILENT = frozenset({Component.PREFERRED})  # counts where a duty names it, and is never given as a reason


class Fault(Enum):
    """What may be wrong with a weight."""

    NOT_WHOLE = "not whole"
    TOO_SMALL = "too small"
    TOO_BIG = "too big"
    RISES = "rises"


class WrongWeights(ValueError):
    """`faults` has (field, `Fault`, the bound that is broken or None) for each weight that cannot be."""

    def __init__(self, faults: list[tuple[str, Fault, int | None]]):
        super().__init__(", ".join(f"{name}: {fault.value}" for name, fault, _bound in faults))
        self.faults = faults


@dataclass(frozen=True)
class Weights:
    """Whole points, kept with every run.

    near: at the door, falls by e every `near_metres` of walk. skill: when all asked skills are there. reliable: when
    all shifts that were taken were kept or given back in time. team: when all of a team live in the compound.
    seats: what the first, second … helper of a building is worth. busy: cost of a first building for somebody with
    `busy_hours` in the last quarter; second: what each further building costs more.
    exposure: taken off in lists each time that a place was shown twice as often.
    """

    near: int = 300
    near_metres: int = 400
    compound: int = 200
    community: int = 120
    skill: int = 150
    language: int = 80
    own: int = 250
    kept: int = 150
    reliable: int = 40
    preferred: int = 0
    team: int = 200
    seats: tuple[int, ...] = (1000, 500, 300, 200)
    busy: int = 100
    busy_hours: int = 60
    second: int = 150
    exposure: int = 60

    def __post_init__(self) -> None:
        if faults := self._faults():
            raise WrongWeights(faults)

    def _faults(self) -> list[tuple[str, Fault, int | None]]:
        found = []
        for field in fields(self):
            value = getattr(self, field.name)
            for each in value if field.name == "seats" else (value,):
                if fault := wrong(each, LEAST.get(field.name, 0), LARGEST.get(field.name, MOST)):
                    found.append((field.name, *fault))
                    break
        if not found and any(later > earlier for earlier, later in zip(self.seats, self.seats[1:], strict=False)):
            found.append(("seats", Fault.RISES, None))
        if not self.seats:
            found.append(("seats", Fault.TOO_SMALL, 1))
        return found

    def of(self, component: Component) -> int:
        """The weight of this component."""
        return getattr(self, component.name.lower())

    def as_dict(self) -> dict:
        """Plain numbers and a list, as a run keeps them."""
        return asdict(self) | {"seats": list(self.seats)}

    @classmethod
    def from_dict(cls, kept: dict) -> Self:
        """The weights of a run; what it did not know yet has its default, what is not known any more is left."""
        known = {field.name for field in fields(cls)}
        facts = {name: value for name, value in kept.items() if name in known}
        return cls(**facts | ({"seats": tuple(facts["seats"])} if "seats" in facts else {}))


LEAST = {"near_metres": 50, "busy_hours": 1}
LARGEST = {"near_metres": 5000, "seats": 5000, "busy_hours": 1000}


def wrong(value: object, least: int, most: int) -> tuple[Fault, int | None] | None:
    """What is wrong with a number, and the bound; None when nothing is."""
    if not isinstance(value, int) or isinstance(value, bool):
        return Fault.NOT_WHOLE, None
    if value < least:
        return Fault.TOO_SMALL, least
    return (Fault.TOO_BIG, most) if value > most else None
