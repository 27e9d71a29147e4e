"""A community of the demo data while it is built: what is in it so far, by ids."""

from dataclasses import dataclass, field
from random import Random

from partners.kind import Kind

from .scale import Quota


@dataclass(frozen=True)
class Helper:
    """A volunteer: the person's id and what he can do."""

    id: int
    skills: frozenset[int]
    is_adult: bool = True


@dataclass(frozen=True)
class Taker:
    """A partner as those who give work see it."""

    id: int
    manager_id: int | None
    kind: Kind = Kind.FIRM
    name: str = ""


@dataclass
class Community:
    """One community and what was built in it so far, by ids."""

    code: str
    name: str
    id: int
    path: str
    subdistrict_id: int
    district_id: int
    quota: Quota
    rng: Random
    compounds: list[tuple[int, str]] = field(default_factory=list)
    buildings: list[int] = field(default_factory=list)
    grids: list[int] = field(default_factory=list)
    dedicated: list[int] = field(default_factory=list)
    lead_id: int = 0
    volunteers: list[Helper] = field(default_factory=list)
    takers: list[Taker] = field(default_factory=list)
    services: list = field(default_factory=list)

    @property
    def stem(self) -> str:
        """What names begin with: 东方 for 东方社区, 示例社区-07· for 示例社区-07."""
        return self.name.removesuffix("社区") + ("·" if self.name[-1].isdigit() else "")

    @property
    def compound_31(self) -> int:
        """Where the stories happen."""
        return next(id for id, name in self.compounds if name == "31小区")
