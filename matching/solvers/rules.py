"""What no plan may break: the hard rules, each as a mask, in the order in which somebody is told."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from .inputs import People, Places
from .lookup import NO_PAIRS, among, as_pairs, rows_of


class Rule(IntEnum):
    """Why a pair cannot be; the first that is broken is told."""

    NONE = 0
    AWAY = 1  # free at no time, or has no room for a building
    NOBODY_WANTED = 2
    OUT_OF_AREA = 3  # a partner serves other communities
    TOO_FAR = 4
    OTHER_TIMES = 5
    DECLINED = 6  # before, by one of the two sides
    CONFLICT = 7
    RESERVED = 8  # all that is wanted is kept for people with papers
    BANNED = 9  # taken out of this run


@dataclass(frozen=True)
class Rules:
    """The bounds of a run. walk: the longest, in metres; a walk is the straight line × `detour`.

    declined, conflicts: pairs (key, place) that may not be again. held: pairs that were, which earns `kept`.
    """

    walk: int = 1500
    detour: float = 1.3
    declined: np.ndarray = field(default_factory=lambda: NO_PAIRS)
    conflicts: np.ndarray = field(default_factory=lambda: NO_PAIRS)
    held: np.ndarray = field(default_factory=lambda: NO_PAIRS)

    def __post_init__(self) -> None:
        for name in ("declined", "conflicts", "held"):
            object.__setattr__(self, name, as_pairs(getattr(self, name)))


def coded(people: People, places: Places, pairs: np.ndarray) -> np.ndarray:
    """The codes (row of a person × places + row of a place) of those pairs whose two ends are there."""
    person, place = rows_of(people.keys, pairs[:, 0]), rows_of(places.ids, pairs[:, 1])
    known = (person >= 0) & (place >= 0)
    return person[known] * len(places) + place[known]


def named(people: People, places: Places, person: np.ndarray, place: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Which of the rows are among the pairs that are named by key and id."""
    if not len(pairs):
        return np.zeros(len(person), bool)
    return among(person.astype(np.int64) * len(places) + place, coded(people, places, pairs))


def qualified(people: People, places: Places, person: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Who has all the papers that the reserved seats of the place ask for."""
    asked = places.papers[place]
    return (people.papers[person] & asked) == asked


def broken(
    people: People, places: Places, person: np.ndarray, place: np.ndarray, walk: np.ndarray, rules: Rules
) -> np.ndarray:
    """The first broken `Rule` of each pair of rows, uint8; 0 where none is. walk: metres, -1 when not known."""
    team, times = people.partner[person], places.times[place]
    masks = {
        Rule.AWAY: (people.free[person] == 0) | (people.capacity[person] == 0),
        Rule.NOBODY_WANTED: places.seats[place] == 0,
        Rule.OUT_OF_AREA: team & ~served(people, places, person, place),
        Rule.TOO_FAR: ~team & ((walk > rules.walk) | ((walk < 0) & ~neighbours(people, places, person, place))),
        Rule.OTHER_TIMES: (times != 0) & ((times & people.free[person]) == 0),
        Rule.DECLINED: named(people, places, person, place, rules.declined),
        Rule.CONFLICT: named(people, places, person, place, rules.conflicts),
        Rule.RESERVED: (places.seats[place] == places.reserved[place]) & ~qualified(people, places, person, place),
    }
    first = np.zeros(len(person), np.uint8)
    for rule in reversed(masks):
        first[masks[rule]] = rule
    return first


def neighbours(people: People, places: Places, person: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Who lives in the same compound or community, as far as that is known."""
    compound, community = people.compound[person], people.community[person]
    return ((compound >= 0) & (compound == places.compound[place])) | (
        (community >= 0) & (community == places.community[place])
    )


def served(people: People, places: Places, person: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Whether the community of the place is one that the partner serves."""
    inside = np.zeros(len(person), bool)
    teams = np.flatnonzero(people.partner[person])
    if len(teams) and len(people.areas):
        known = np.sort(people.areas[:, 1])
        row = rows_of(people.keys, people.areas[:, 0])
        area = np.searchsorted(known, people.areas[:, 1])
        community = places.community[place[teams]]
        at = np.minimum(np.searchsorted(known, community), len(known) - 1)
        right = known[at] == community
        codes = person[teams].astype(np.int64) * len(known) + at
        inside[teams] = right & among(codes, (row * len(known) + area)[row >= 0])
    return inside
