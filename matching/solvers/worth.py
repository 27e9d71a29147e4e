"""What counts besides points: the falling value of seats, the rising cost of load; and the value of a whole plan."""

import numpy as np

from .inputs import MOST_SEATS, People, Places
from .weights import Weights


def seat_values(places: Places, weights: Weights) -> np.ndarray:
    """What the first, second … filled seat of each place is worth, int64 (places, seats)."""
    listed = (weights.seats + (0,) * MOST_SEATS)[:MOST_SEATS]
    values = np.tile(np.array(listed, np.int64), (len(places), 1))
    values[:, 0] += places.urgency
    return values


def first_costs(people: People, weights: Weights) -> np.ndarray:
    """What a first building costs by the hours of the last quarter, int64."""
    busy = np.minimum(people.hours, weights.busy_hours) / weights.busy_hours
    return np.rint(busy * weights.busy).astype(np.int64)


def rises(people: People, weights: Weights) -> np.ndarray:
    """What each further building costs more, int64; nothing for a partner, whose places are shared among members."""
    return np.where(people.partner, 0, weights.second).astype(np.int64)


def load_costs(people: People, weights: Weights, person: np.ndarray, number: np.ndarray) -> np.ndarray:
    """The cost of the building `number` (from 0) of each of these rows."""
    return first_costs(people, weights)[person] + rises(people, weights)[person] * number


def units(left: np.ndarray, used: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(row, number) for each of `left` units of a row, counted on from those that are used."""
    row = np.repeat(np.arange(len(left)), left)
    first = np.cumsum(left) - left
    return row, np.arange(len(row)) - first[row] + used[row]


def value(
    people: People, places: Places, weights: Weights, person: np.ndarray, place: np.ndarray, score, strangers=None
) -> int:
    """Points of all pairs (rows) + value of filled seats − cost of loads; strangers have the first seats, uncounted."""
    before = np.zeros(len(places), np.int64) if strangers is None else np.minimum(strangers, MOST_SEATS)
    seats = np.minimum(np.bincount(place, minlength=len(places)), MOST_SEATS - before)
    row, number = units(seats, before)
    loads = np.bincount(person, minlength=len(people))
    who, nth = units(loads, np.zeros_like(loads))
    filled = seat_values(places, weights)[row, number].sum()
    return int(np.sum(score, dtype=np.int64) + filled - load_costs(people, weights, who, nth).sum())
