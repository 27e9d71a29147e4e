"""A print at the desk for somebody who has no phone: a line of the journal about him, for the staff of his home."""

from dataclasses import dataclass
from datetime import date

from communities.noted import note_all


@dataclass(frozen=True)
class Printing:
    """A print of the month of one person."""

    id: int
    home_id: int | None
    __tablename__ = "person"

    def journal_place_id(self) -> int | None:
        """Where he lives."""
        return self.home_id


def note_month(neighbour, month: date, *, by) -> None:
    """Somebody at the desk printed this month of a neighbour."""
    ids = {"person": neighbour.id, "month": f"{month:%Y-%m}"}
    note_all(
        "month.printed", [Printing(neighbour.id, neighbour.home_id)], by, tell=lambda _one: [], ids=lambda _one: ids
    )
