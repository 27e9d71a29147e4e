"""What a run is given: people and partners' teams on one side, places on the other, as columns of numbers."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

import numpy as np

from .lookup import NO_PAIRS, as_pairs

UNKNOWN = -1
ALWAYS = np.uint64(2**64 - 1)
EARTH = 6_371_000  # metres
MOST_SEATS = 4
MOST_URGENT = 300  # points


class WrongInput(ValueError):
    """Columns of different lengths, an id that comes twice, or a number out of its bounds."""


def key(id: int, partner: bool = False) -> int:
    """One number for a person's or partner's id, so that both live in one column."""
    return 2 * id + partner


def column(kind: Any, missing: Any) -> Any:
    """A column of this type; where it is not given every row has what stands for missing."""
    return field(default=None, metadata={"kind": kind, "missing": missing})


class Table:
    """Columns of one length with an `ids` column that no two rows share."""

    ids: np.ndarray

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]
            if not each.metadata:
                continue
            given, kind = getattr(self, each.name), each.metadata["kind"]
            values = (
                np.full(len(self.ids), each.metadata["missing"], kind) if given is None else np.asarray(given, kind)
            )
            if values.shape != (len(self.ids),):
                raise WrongInput(f"{each.name}: {values.shape} for {len(self.ids)} rows")
            object.__setattr__(self, each.name, values)
        self._check()

    def _check(self) -> None:
        """Raise `WrongInput` where a column cannot be."""

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: np.ndarray) -> Self:
        """These rows, in this order."""
        columns = {each.name: getattr(self, each.name)[rows] for each in fields(self) if each.metadata}  # type: ignore[arg-type]
        return replace(self, **columns)  # type: ignore[type-var]

    @property
    def located(self) -> np.ndarray:
        """Which rows have coordinates."""
        return ~(np.isnan(self.x) | np.isnan(self.y))  # type: ignore[attr-defined]


def bounded(name: str, values: np.ndarray, least: float, most: np.ndarray | float) -> None:
    """Raise `WrongInput` unless all values lie between the two."""
    if not ((values >= least) & (values <= most)).all():
        raise WrongInput(f"{name}: out of bounds")


def different(name: str, values: np.ndarray) -> None:
    """Raise `WrongInput` when one comes twice."""
    ordered = np.sort(values)
    if (ordered[1:] == ordered[:-1]).any():
        raise WrongInput(f"{name}: one comes twice")


@dataclass(frozen=True)
class People(Table):
    """Persons and partners' teams.

    x, y: metres on a plane, NaN when not known. compound, community, home (building): ids, -1 when not known.
    capacity: buildings that a person may look after; places that a partner's members can man. skills, languages, papers
    (qualifications): bits. free: bits of half days in a week, none when away. hours: of the last quarter.
    kept: percent of taken shifts that were kept or given back in time, 100 for newcomers. member: of the party, only
    with the consent that it may be used for posts.
    areas: (key, community) for each community that a partner serves. homes: (key, compound, percent of the team).
    """

    ids: np.ndarray = column(np.int64, 0)
    partner: np.ndarray = column(bool, False)
    x: np.ndarray = column(np.float64, np.nan)
    y: np.ndarray = column(np.float64, np.nan)
    compound: np.ndarray = column(np.int64, UNKNOWN)
    community: np.ndarray = column(np.int64, UNKNOWN)
    home: np.ndarray = column(np.int64, UNKNOWN)
    capacity: np.ndarray = column(np.int32, 1)
    skills: np.ndarray = column(np.uint64, 0)
    languages: np.ndarray = column(np.uint64, 0)
    papers: np.ndarray = column(np.uint64, 0)
    free: np.ndarray = column(np.uint64, ALWAYS)
    hours: np.ndarray = column(np.float64, 0)
    kept: np.ndarray = column(np.int16, 100)
    member: np.ndarray = column(bool, False)
    areas: np.ndarray = field(default_factory=lambda: NO_PAIRS)
    homes: np.ndarray = field(default_factory=lambda: np.empty((0, 3), np.int64))

    def _check(self) -> None:
        different("ids", self.keys)
        bounded("capacity", self.capacity, 0, 10_000)
        bounded("kept", self.kept, 0, 100)
        bounded("hours", self.hours, 0, 24 * 92)
        object.__setattr__(self, "areas", as_pairs(self.areas))
        object.__setattr__(self, "homes", np.asarray(self.homes, np.int64).reshape(-1, 3))
        bounded("homes", self.homes[:, 2], 0, 100)

    @property
    def keys(self) -> np.ndarray:
        """One number for each row that no person and partner share."""
        return 2 * self.ids + self.partner


@dataclass(frozen=True)
class Places(Table):
    """Buildings that look for somebody.

    seats: 0–4, how many are wanted. reserved: how many of these only for those with all `papers`. skills, languages:
    asked for, bits. times: half days of a week of which one has to be free, none when any time will do.
    urgency: 0–300 points on top of the first seat. members: the duty names party members as preferred.
    """

    ids: np.ndarray = column(np.int64, 0)
    x: np.ndarray = column(np.float64, np.nan)
    y: np.ndarray = column(np.float64, np.nan)
    compound: np.ndarray = column(np.int64, UNKNOWN)
    community: np.ndarray = column(np.int64, UNKNOWN)
    seats: np.ndarray = column(np.int32, 1)
    reserved: np.ndarray = column(np.int32, 0)
    papers: np.ndarray = column(np.uint64, 0)
    skills: np.ndarray = column(np.uint64, 0)
    languages: np.ndarray = column(np.uint64, 0)
    times: np.ndarray = column(np.uint64, 0)
    urgency: np.ndarray = column(np.int32, 0)
    members: np.ndarray = column(bool, False)

    def _check(self) -> None:
        different("ids", self.ids)
        bounded("seats", self.seats, 0, MOST_SEATS)
        bounded("reserved", self.reserved, 0, self.seats)
        bounded("urgency", self.urgency, 0, MOST_URGENT)


def on_plane(longitudes: np.ndarray, latitudes: np.ndarray, middle: float) -> tuple[np.ndarray, np.ndarray]:
    """Metres east and north for degrees (WGS-84) round the latitude `middle`; right to 0.1 % within a city."""
    x = np.radians(np.asarray(longitudes, float)) * EARTH * np.cos(np.radians(middle))
    return x, np.radians(np.asarray(latitudes, float)) * EARTH
