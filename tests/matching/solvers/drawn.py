"""Tiny towns that hypothesis draws, and every plan that there is in one."""

from itertools import product

import numpy as np
from hypothesis import strategies as st

from matching.solvers.buildings import TIES
from matching.solvers.inputs import People, Places
from matching.solvers.lots import lots
from matching.solvers.points import arcs
from matching.solvers.rules import Rules
from matching.solvers.weights import Weights


@st.composite
def towns(draw, people=4, places=3):
    """(people, places, arcs) small enough to try everything; a team, reserved seats and declined pairs among them."""
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    count, spots = draw(st.integers(1, people)), draw(st.integers(1, places))
    partner = dice.random(count) < 0.2
    ids = dice.choice(50, count, replace=False)
    where = 300 + dice.choice(50, spots, replace=False)
    seats = dice.integers(0, 4, spots)
    keys = 2 * ids + partner
    group = People(
        ids=ids,
        partner=partner,
        x=np.where(dice.random(count) < 0.2, np.nan, dice.integers(0, 1600, count)),
        y=np.zeros(count),
        compound=dice.integers(-1, 3, count),
        community=dice.integers(-1, 2, count),
        home=dice.choice(where, count),
        capacity=dice.integers(0, 3, count),
        skills=dice.integers(0, 4, count),
        papers=dice.integers(0, 2, count),
        free=dice.integers(0, 4, count),
        hours=dice.integers(0, 80, count),
        kept=dice.integers(0, 101, count),
        areas=np.c_[keys, dice.integers(0, 2, count)],
        homes=np.c_[keys, dice.integers(0, 3, count), dice.integers(0, 101, count)],
    )
    town = Places(
        ids=where,
        x=np.where(dice.random(spots) < 0.2, np.nan, dice.integers(0, 1600, spots)),
        y=np.zeros(spots),
        compound=dice.integers(-1, 3, spots),
        community=dice.integers(-1, 2, spots),
        seats=seats,
        reserved=np.minimum(seats, dice.integers(0, 3, spots) // 2),
        papers=np.ones(spots, np.int64),
        skills=dice.integers(0, 4, spots),
        times=dice.integers(0, 4, spots) // 2,
        urgency=dice.integers(0, 301, spots),
    )
    some = np.c_[dice.choice(keys, 2), dice.choice(where, 2)]
    rules = Rules(declined=some[:1] if dice.random() < 0.3 else (), held=some[1:])
    weights = Weights(second=int(dice.choice([0, 150, 900])), seats=(int(dice.choice([900, 400])), 400, 100))
    return group, town, arcs(group, town, weights, rules)


def every_plan(people, places, offered, locked=(), banned=()):
    """(pairs of rows, value, sum of ties) of every plan that breaks no bound, found by trying all sets of arcs."""
    rows = {int(key): row for row, key in enumerate(people.keys)}
    spots = {int(id): row for row, id in enumerate(places.ids)}
    fixed = [(rows[one], spots[other]) for one, other in locked]
    shut = set(fixed) | {(rows[one], spots[other]) for one, other in banned}
    free = [(int(i), int(j)) for i, j in zip(offered.person, offered.place, strict=True)]
    score = dict(zip(free, offered.points.sum(axis=1).tolist(), strict=True))
    loose = [pair for pair in free if pair not in shut]
    little = {pair: int(lots(people.keys[[pair[0]]], places.ids[[pair[1]]], among=TIES)[0]) for pair in loose}
    for choice in product((False, True), repeat=len(loose)):
        chosen = [pair for pair, taken in zip(loose, choice, strict=True) if taken]
        if fits(people, places, fixed + chosen):
            yield (
                sorted(fixed + chosen),
                worth(people, places, offered, fixed + chosen, score),
                sum(map(little.get, chosen)),
            )


def fits(people, places, pairs):
    """Whether rooms, seats and reserved seats hold these pairs."""
    for row in range(len(people)):
        if sum(one == row for one, _other in pairs) > people.capacity[row]:
            return False
    for row in range(len(places)):
        there = [one for one, other in pairs if other == row]
        plain = [one for one in there if int(people.papers[one]) & int(places.papers[row]) != int(places.papers[row])]
        if len(there) > places.seats[row] or len(plain) > places.seats[row] - places.reserved[row]:
            return False
    return True


def worth(people, places, offered, pairs, score):
    """The value of these pairs, counted by hand."""
    weights, total = offered.weights, sum(score.get(pair, 0) for pair in pairs)
    for row in range(len(places)):
        there = sum(other == row for _one, other in pairs)
        total += sum(weights.seats[:there]) + (int(places.urgency[row]) if there else 0)
    for row in range(len(people)):
        first = round(min(people.hours[row], weights.busy_hours) / weights.busy_hours * weights.busy)
        rise = 0 if people.partner[row] else weights.second
        total -= sum(first + rise * number for number in range(sum(one == row for one, _other in pairs)))
    return total


def named_pairs(people, places, pairs):
    """(key, id) for pairs of rows."""
    return {(int(people.keys[one]), int(places.ids[other])) for one, other in pairs}
