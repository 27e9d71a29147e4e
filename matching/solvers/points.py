"""How well a person fits a place: points by component, nothing else; their sum is the score."""

from dataclasses import dataclass

import numpy as np

from .inputs import People, Places
from .lookup import rows_of, sorted_once
from .pairs import candidates
from .rules import Rule, Rules, broken, named, qualified
from .weights import Component, Weights


@dataclass(frozen=True)
class Arcs:
    """The pairs that pass all hard rules, sorted by person and place.

    person, place: rows (int32). walk: metres (int32), -1 when not known. points: int16 (arcs, components).
    open_only: the place has reserved seats and the person none of the papers for them.
    """

    person: np.ndarray
    place: np.ndarray
    walk: np.ndarray
    points: np.ndarray
    open_only: np.ndarray
    weights: Weights
    rules: Rules

    def __len__(self) -> int:
        return len(self.person)

    @property
    def score(self) -> np.ndarray:
        """The sum of the components, int32."""
        return self.points.sum(axis=1, dtype=np.int32)


def arcs(people: People, places: Places, weights: Weights, rules: Rules) -> Arcs:
    """Every pair that may be, with its points."""
    person, place, walk = candidates(people, places, rules)
    right = broken(people, places, person, place, walk, rules) == Rule.NONE
    if not right.all():
        person, place, walk = person[right], place[right], walk[right]
    return Arcs(
        person,
        place,
        walk,
        components(people, places, person, place, walk, weights, rules),
        (places.reserved[place] > 0) & ~qualified(people, places, person, place),
        weights,
        rules,
    )


def components(
    people: People,
    places: Places,
    person: np.ndarray,
    place: np.ndarray,
    walk: np.ndarray,
    weights: Weights,
    rules: Rules,
) -> np.ndarray:
    """The points of pairs of rows, int16 (pairs, components)."""
    points = np.zeros((len(person), len(Component)), np.int16)
    same = {
        Component.COMPOUND: both(people.compound[person], places.compound[place]),
        Component.COMMUNITY: both(people.community[person], places.community[place]),
        Component.LANGUAGE: (people.languages[person] & places.languages[place]) != 0,
        Component.OWN: both(people.home[person], places.ids[place]),
        Component.KEPT: named(people, places, person, place, rules.held),
        Component.PREFERRED: people.member[person] & places.members[place],
    }
    for component, mask in same.items():
        points[mask, component] = weights.of(component)
    near = np.exp(-np.arange(max(int(walk.max(initial=0)), 0) + 1) / weights.near_metres)
    table = np.append(np.rint(weights.near * near), 0).astype(np.int16)  # the last is for unknown walks
    points[:, Component.NEAR] = table[walk]
    points[:, Component.SKILL] = skill(people.skills[person], places.skills[place], weights.skill)
    points[:, Component.RELIABLE] = share(people.kept, weights.reliable)[person]
    points[:, Component.TEAM] = share(at_home(people, places, person, place), weights.team)
    return points


def both(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where two ids are known and the same."""
    return (one >= 0) & (one == other)


def share(percent: np.ndarray, weight: int) -> np.ndarray:
    """That many percent of a weight, in whole points."""
    return np.rint(percent.astype(np.int32) * weight / 100).astype(np.int16)


def skill(offered: np.ndarray, asked: np.ndarray, weight: int) -> np.ndarray:
    """The weight × hits / asked; nothing where nothing is asked. Counts are uint8 and would wrap when multiplied."""
    hits = np.bitwise_count(offered & asked).astype(np.int32)
    wanted = np.bitwise_count(asked).astype(np.int32)
    return np.rint(hits * weight / np.maximum(wanted, 1)).astype(np.int16)


def at_home(people: People, places: Places, person: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Percent of a partner's team that lives in the compound of the place."""
    percent = np.zeros(len(person), np.int16)
    teams = np.flatnonzero(people.partner[person])
    if len(teams) and len(people.homes):
        row, known = rows_of(people.keys, people.homes[:, 0]), sorted_once(people.homes[:, 1])
        codes = row * len(known) + np.searchsorted(known, people.homes[:, 1])
        compound = places.compound[place[teams]]
        at = np.minimum(np.searchsorted(known, compound), len(known) - 1)
        found = rows_of(codes, person[teams].astype(np.int64) * len(known) + at)
        right = (found >= 0) & (known[at] == compound)
        percent[teams[right]] = people.homes[found[right], 2]
    return percent
