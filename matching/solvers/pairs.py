"""Who is near enough to what: candidate pairs by a grid as wide as the walk, or by the same neighbourhood.

Buildings are sorted by cell. The three cells of one row round a person are neighbours in that order, so all near
buildings are three slices; the distance is tested on these alone. Memory is bounded by blocks of people.
"""

from collections.abc import Iterator

import numpy as np

from .inputs import People, Places
from .lookup import equal, rows_of, sorted_once, spread
from .rules import Rules

BLOCK = 1 << 20  # pairs that are tested at once


def walks(people: People, places: Places, person: np.ndarray, place: np.ndarray, rules: Rules) -> np.ndarray:
    """Metres on foot for pairs of rows, int32; -1 for partners, and where one of the two has no coordinates."""
    line = np.hypot(people.x[person] - places.x[place], people.y[person] - places.y[place])
    known = ~(np.isnan(line) | people.partner[person])
    return np.where(known, np.rint(np.nan_to_num(line) * rules.detour), -1).astype(np.int32)


def candidates(people: People, places: Places, rules: Rules) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(person, place, walk): rows sorted by person and place, no pair twice; every pair that may be is among them."""
    alike = np.concatenate([in_neighbourhood(people, places), in_area(people, places)])
    found = [*on_grid(people, places, rules), sorted_once(alike)]
    codes = np.sort(np.concatenate(found))  # the two kinds have no pair in common
    person, place = np.divmod(codes, max(len(places), 1))
    person, place = person.astype(np.int32), place.astype(np.int32)
    return person, place, walks(people, places, person, place, rules)


def on_grid(people: People, places: Places, rules: Rules) -> Iterator[np.ndarray]:
    """Codes (person × places + place) of persons and places within the walk, where both have coordinates."""
    person = np.flatnonzero(people.located & ~people.partner)
    place = np.flatnonzero(places.located)
    if not len(person) or not len(place):
        return
    radius = (rules.walk + 0.5) / rules.detour
    place, low, high = slices(people, places, person, place, radius)
    for block in blocks((high - low).sum(axis=1)):
        owner, at = spread(low[block].ravel(), high[block].ravel())
        one, other = person[block][owner // 3], place[at]
        dx, dy = people.x[one] - places.x[other], people.y[one] - places.y[other]
        near = dx * dx + dy * dy <= radius * radius
        yield one[near] * len(places) + other[near]


def slices(
    people: People, places: Places, person: np.ndarray, place: np.ndarray, radius: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places sorted by cell, and for each person the three slices [low, high) of them that are round him."""
    left = min(people.x[person].min(), places.x[place].min())
    top = min(people.y[person].min(), places.y[place].min())
    column = [np.floor((table.x[rows] - left) / radius).astype(np.int64) + 1 for table, rows in
              ((people, person), (places, place))]  # fmt: skip
    row = [np.floor((table.y[rows] - top) / radius).astype(np.int64) + 1 for table, rows in
           ((people, person), (places, place))]  # fmt: skip
    width = max(column[0].max(), column[1].max()) + 2  # an empty column at both sides keeps rows apart
    cells = row[1] * width + column[1]
    order = np.argsort(cells, kind="stable")
    middle = (row[0][:, None] + np.array([-1, 0, 1])) * width + column[0][:, None]
    cells = cells[order]
    return place[order], np.searchsorted(cells, middle - 1, "left"), np.searchsorted(cells, middle + 1, "right")


def blocks(counts: np.ndarray) -> Iterator[slice]:
    """Slices of people with about `BLOCK` pairs each."""
    ends = np.cumsum(counts)
    at = 0
    while at < len(counts):
        end = max(at + 1, int(np.searchsorted(ends, (ends[at - 1] if at else 0) + BLOCK, "right")))
        yield slice(at, end)
        at = end


def in_neighbourhood(people: People, places: Places) -> np.ndarray:
    """Codes of the same compound or community where one of the two has no coordinates."""
    found = [np.empty(0, np.int64)]
    ours, theirs = people.located, places.located
    for rows, others in ((~ours, np.ones_like(theirs)), (ours, ~theirs)):
        person, place = np.flatnonzero(rows & ~people.partner), np.flatnonzero(others)
        for name in ("compound", "community"):
            one, other = equal(getattr(people, name)[person], getattr(places, name)[place])
            found.append(person[one] * len(places) + place[other])
    return np.concatenate(found)


def in_area(people: People, places: Places) -> np.ndarray:
    """Codes of partners and the places in the communities that they serve."""
    row = rows_of(people.keys, people.areas[:, 0])
    known = row >= 0
    known[known] = people.partner[row[known]]
    area, place = equal(people.areas[known, 1], places.community)
    return row[known][area] * len(places) + place
