"""A city as many small runs: one for each cell of a grid, then once more on a grid that is shifted by half a cell.

People and places that are matched across the border of a cell stay as they are while that cell is solved.
"""

from dataclasses import replace

import numpy as np

from .buildings import assign
from .inputs import People, Places
from .lookup import NO_PAIRS, among, rows_of
from .pairs import walks
from .plan import Plan, Terms
from .points import arcs, components
from .rules import Rules
from .weights import Weights
from .worth import value

SIDE = 4000  # metres


def cells(people: People, places: Places, side: float = SIDE, shift: float = 0) -> tuple[np.ndarray, np.ndarray]:
    """The cell (a number) of each person and each place; who has no coordinates is where his community is."""
    at = [anchors(places, places.community, places), anchors(people, communities(people), places)]
    corner = np.nanmin(np.concatenate(at), axis=0, initial=0) - shift
    numbers = [np.floor(np.nan_to_num(each - corner) / side).astype(np.int64) + 1 for each in at]
    width = max(int(each[:, 0].max(initial=0)) for each in numbers) + 1
    place, person = (each[:, 1] * width + each[:, 0] for each in numbers)
    return person, place


def communities(people: People) -> np.ndarray:
    """The community of each row; for a partner the first that it serves."""
    found = people.community.copy()
    row = rows_of(people.keys, people.areas[::-1, 0])
    found[row[row >= 0]] = people.areas[::-1][row >= 0, 1]
    return found


def anchors(table: People | Places, community: np.ndarray, places: Places) -> np.ndarray:
    """(x, y) of each row; the middle of the places of its community where it has none."""
    there = np.flatnonzero(places.located)
    ids = np.unique(places.community[there])
    row = np.searchsorted(ids, places.community[there])
    count = np.bincount(row, minlength=len(ids))
    middles = [np.bincount(row, axis[there], len(ids)) / np.maximum(count, 1) for axis in (places.x, places.y)]
    at = rows_of(ids, community)
    known = (at >= 0)[:, None] & np.ones(2, bool)
    instead = np.where(known, np.stack(middles, axis=1)[at] if len(ids) else 0.0, np.nan)
    return np.where(table.located[:, None], np.stack((table.x, table.y), axis=1), instead)


def assign_in_cells(
    people: People, places: Places, weights: Weights, rules: Rules, *, side: float = SIDE, seed: int = 0
) -> Plan:
    """A plan of two passes over cells; each cell is a run of its own that holds what one process can."""
    pairs = NO_PAIRS
    for shift in (0, side / 2):
        person, place = cells(people, places, side, shift)
        for cell in np.unique(place):
            pairs = in_cell(people, places, person == cell, place == cell, pairs, weights, rules, seed)
    one, other = rows_of(people.keys, pairs[:, 0]), rows_of(places.ids, pairs[:, 1])
    order = np.lexsort((pairs[:, 0], pairs[:, 1]))
    one, other = one[order], other[order]
    walk = walks(people, places, one, other, rules)
    points = components(people, places, one, other, walk, weights, rules)
    worth = value(people, places, weights, one, other, points)
    return Plan(
        pairs[order, 0],
        pairs[order, 1],
        points,
        walk,
        np.zeros(len(one), bool),
        worth,
        Terms(weights, rules, seed=seed),
    )


def in_cell(
    people: People,
    places: Places,
    ours: np.ndarray,
    here: np.ndarray,
    pairs: np.ndarray,
    weights: Weights,
    rules: Rules,
    seed: int,
) -> np.ndarray:
    """The pairs after this cell was solved anew: those with an end outside of it stay."""
    inside = [among(pairs[:, 0], people.keys[ours]), among(pairs[:, 1], places.ids[here])]
    crossing = pairs[inside[0] ^ inside[1]]
    guests, hosts = among(people.keys, crossing[:, 0]) & ~ours, among(places.ids, crossing[:, 1]) & ~here
    some, where = np.flatnonzero(ours | guests), np.flatnonzero(here | hosts)
    # who is only here because of such a pair has room for that and for nothing else
    group, spots = people.take(some), places.take(where)
    group = replace(group, capacity=np.where(guests[some], 0, group.capacity))
    spots = replace(
        spots, seats=np.where(hosts[where], 0, spots.seats), reserved=np.where(hosts[where], 0, spots.reserved)
    )
    plan = assign(group, spots, arcs(group, spots, weights, rules), locked=crossing, seed=seed)
    return np.concatenate((pairs[~inside[0] & ~inside[1]], plan.pairs))
