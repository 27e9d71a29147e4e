"""What a plan breaks, read off the inputs again, pair by pair: knows nothing of how plans are made."""

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from math import hypot, isnan

from .inputs import People, Places
from .plan import Plan


class Wrong(Enum):
    """What may be wrong with a plan."""

    UNKNOWN = "unknown"
    TWICE = "twice"
    CAPACITY = "capacity"
    SEATS = "seats"
    RESERVED = "reserved"
    WALK = "walk"
    AREA = "area"
    AWAY = "away"
    TIMES = "times"
    DECLINED = "declined"
    CONFLICT = "conflict"
    BANNED = "banned"
    MOVED = "moved"


@dataclass(frozen=True)
class Violation:
    """What is wrong with whom (key) and where (id); None where it is not about one of the two."""

    wrong: Wrong
    key: int | None
    place: int | None


def check(people: People, places: Places, plan: Plan) -> list[Violation]:
    """Everything that a plan breaks, nothing when it is right; what was accepted before may break today's rules."""
    person = {int(key): row for row, key in enumerate(people.keys)}
    place = {int(id): row for row, id in enumerate(places.ids)}
    pairs = [(int(one), int(other)) for one, other in plan.pairs]
    locked = {(int(one), int(other)) for one, other in plan.terms.locked}
    found = []
    for pair in pairs:
        if pair[0] not in person or pair[1] not in place:
            found.append(Violation(Wrong.UNKNOWN, *pair))
        elif pair not in locked:
            wrong = of_pair(people, places, plan, person[pair[0]], place[pair[1]], pair)
            found += [Violation(each, *pair) for each in wrong]
    found += [Violation(Wrong.TWICE, *pair) for pair, count in Counter(pairs).items() if count > 1]
    known = {pair for pair in locked if pair[0] in person and pair[1] in place}
    found += [Violation(Wrong.MOVED, *pair) for pair in sorted(known - set(pairs))]
    return found + too_many(people, places, pairs, locked)


def of_pair(people: People, places: Places, plan: Plan, person: int, place: int, pair: tuple) -> list[Wrong]:
    """What is wrong with one pair by itself."""
    rules = plan.terms.rules
    times, free = int(places.times[place]), int(people.free[person])
    listed = {Wrong.DECLINED: rules.declined, Wrong.CONFLICT: rules.conflicts, Wrong.BANNED: plan.terms.banned}
    found = [wrong for wrong, pairs in listed.items() if ((pairs[:, 0] == pair[0]) & (pairs[:, 1] == pair[1])).any()]
    if not free:
        found.append(Wrong.AWAY)
    elif times and not times & free:
        found.append(Wrong.TIMES)
    community = int(places.community[place])
    if people.partner[person]:
        if (pair[0], community) not in {(int(key), int(area)) for key, area in people.areas}:
            found.append(Wrong.AREA)
    elif not walkable(people, places, person, place, rules):
        found.append(Wrong.WALK)
    return found


def walkable(people: People, places: Places, person: int, place: int, rules) -> bool:
    """Near enough; the same neighbourhood where that cannot be said."""
    line = hypot(people.x[person] - places.x[place], people.y[person] - places.y[place])
    if isnan(line):
        return any(
            getattr(people, name)[person] == getattr(places, name)[place] >= 0 for name in ("compound", "community")
        )
    return round(line * rules.detour) <= rules.walk


def too_many(people: People, places: Places, pairs: list, locked: set) -> list[Violation]:
    """More buildings than somebody has room for; more people than seats; more without papers than unreserved seats."""
    found = []
    loads, held = Counter(key for key, _place in pairs), Counter(key for key, _place in locked)
    for key, most in zip(people.keys.tolist(), people.capacity.tolist(), strict=True):
        if loads[key] > max(most, held[key]):
            found.append(Violation(Wrong.CAPACITY, key, None))
    papers = dict(zip(people.keys.tolist(), people.papers.tolist(), strict=True))
    sitting: dict[int, set] = {}
    for key, place in set(pairs) | locked:
        sitting.setdefault(place, set()).add(key)
    for row, id in enumerate(places.ids.tolist()):
        here = sitting.get(id, set())
        kept = {key for key in here if (key, id) in locked}
        asked = int(places.papers[row])
        without = {key for key in here if key in papers and papers[key] & asked != asked}
        if len(here) > max(places.seats[row], len(kept)):
            found.append(Violation(Wrong.SEATS, None, id))
        if len(without) > max(places.seats[row] - places.reserved[row], len(without & kept)):
            found.append(Violation(Wrong.RESERVED, None, id))
    return found
