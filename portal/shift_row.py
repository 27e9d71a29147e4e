"""A shift as a line of a list: plain values from one statement."""

from datetime import datetime
from typing import Any, NamedTuple

from kernel.i18n import _, language, span
from volunteers.duty import Danger

RINGS = (  # metres of walk, and the heading of the ring
    (330, _("步行 5 分钟以内")),
    (1000, _("步行 15 分钟以内")),
    (2000, _("步行半小时以内")),
)
FARTHER = _("更远一些")


class Skill(NamedTuple):
    """What a duty asks for, in two languages."""

    name: str
    name_en: str

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if language() == "en" and self.name_en else self.name


class Row(NamedTuple):
    """One shift of a list, with what its gates ask of shift and duty; `waiting` is the length of its queue."""

    id: int
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    least: int
    duty_id: int
    place_id: int
    activity: str
    role: str
    meeting_point: str
    danger: Danger
    insurance_policy: str
    capability_id: int | None
    opens_before: int | None
    closes_before: int | None
    late_join: bool
    confirms: bool
    least_age: int | None
    most_age: int | None
    needs_proof: bool
    fair_cap: int | None
    skill: str | None
    skill_en: str | None
    place: str
    lat: float | None
    lon: float | None
    rank: int
    total: int
    waiting: int
    door: str | None  # what the residents' door says, where there is one
    tickets: int | None
    given: int

    @property
    def tickets_left(self) -> int:
        """Places for residents that nobody holds."""
        return (self.tickets or 0) - self.given

    @property
    def is_cancelled(self) -> bool:
        """Never: the statement asks for planned ones only."""
        return False

    @property
    def title(self) -> str:
        """活动 · 岗位."""
        return f"{self.activity} · {self.role}" if self.role else self.activity

    @property
    def when(self) -> str:
        """Day and time in words."""
        return span(self.starts_at, self.ends_at)

    @property
    def address(self) -> str:
        """Its page; part of the public surface, so it needs no look-up for each of 25 rows."""
        return f"/shifts/{self.id}"

    @property
    def left(self) -> int:
        """Free seats."""
        return self.seats - self.taken

    @property
    def missing(self) -> int:
        """As `Shift.missing`."""
        return max(self.least - self.taken, 0)

    @property
    def is_insured(self) -> bool:
        """As `Duty.is_insured`."""
        return self.danger is not Danger.HIGH or bool(self.insurance_policy)

    @property
    def capability(self) -> Skill:
        """What it asks for."""
        return Skill(self.skill or "", self.skill_en or "")

    @property
    def point(self) -> "Row":
        """Where it is on the map."""
        return self

    @property
    def ring(self) -> int:
        """How far it is: the number of its ring."""
        return self.rank // 2

    @property
    def heading(self) -> Any:
        """How far the ring of this row is."""
        return RINGS[self.ring][1] if self.ring < len(RINGS) else FARTHER
