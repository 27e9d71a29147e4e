"""Who looks after which building: the best plan there is, as a cheapest flow, and the prices that prove it.

source → person (one arc for each building that he may take, dearer each time) → building → sink (one arc a seat, worth
less each time), and a bypass for whom no building is worth it. Who has no papers enters a building with reserved seats
by a door of its own, which lets as many in as are not reserved. One arc a pair: nobody sits twice in one building.
"""

from dataclasses import dataclass

import numpy as np

from .flow import Network, duals, solve
from .inputs import MOST_SEATS, People, Places
from .lookup import NO_PAIRS, among, as_pairs, rows_of
from .lots import lots
from .plan import Plan, Terms, planned
from .points import Arcs
from .rules import coded, qualified
from .worth import load_costs, seat_values, units

SOURCE, SINK, FIRST = 0, 1, 2
TIES = 1024


def assign(
    people: People,
    places: Places,
    arcs: Arcs,
    *,
    incumbent: Plan | np.ndarray | None = None,
    keep: int = 100,
    locked=(),
    banned=(),
    seed: int = 0,
) -> Plan:
    """The plan with the highest value.

    incumbent: yesterday's plan or its pairs, each of which gets `keep` points more. locked: pairs (key, place) that
    were accepted, which are never moved and take seats and room first. banned: pairs that are not used.
    The order of rows does not matter. Raises `NotSolved` when there is no proof that the plan is the best.
    """
    stays = incumbent.pairs if isinstance(incumbent, Plan) else as_pairs(NO_PAIRS if incumbent is None else incumbent)
    terms = Terms(arcs.weights, arcs.rules, stays, keep, as_pairs(locked), as_pairs(banned), seed)
    open_ones, room = offered(people, places, arcs, terms)
    drawn = Drawn(people, places, arcs, terms, open_ones, room)
    flow = solve(drawn.network)
    prices = drawn.prices(duals(drawn.network, flow))
    return planned(people, places, arcs, open_ones[flow[drawn.pairs] > 0], terms, prices)


@dataclass(frozen=True)
class Room:
    """What locked pairs have used, and what is left: of people, of seats, of seats that ask for no papers."""

    used: np.ndarray
    left: np.ndarray
    taken: np.ndarray
    seats: np.ndarray
    plain: np.ndarray


def room(people: People, places: Places, locked: np.ndarray) -> Room:
    """Count what the locked pairs use; a holder who is not among these people uses a seat all the same."""
    person, place = rows_of(people.keys, locked[:, 0]), rows_of(places.ids, locked[:, 1])
    used = np.bincount(person[person >= 0], minlength=len(people))
    taken = np.bincount(place[place >= 0], minlength=len(places))
    here = (person >= 0) & (place >= 0)
    without = place[here][~qualified(people, places, person[here], place[here])]
    plain = places.seats - places.reserved - np.bincount(without, minlength=len(places))
    seats = np.maximum(places.seats - taken, 0)
    return Room(used, np.maximum(people.capacity - used, 0), taken, seats, np.clip(plain, 0, seats))


def offered(people: People, places: Places, arcs: Arcs, terms: Terms) -> tuple[np.ndarray, Room]:
    """The arcs that may be used, in the order of keys and ids whatever that of the rows is; and the room there is."""
    here = room(people, places, terms.locked)
    codes = arcs.person.astype(np.int64) * len(places) + arcs.place
    shut = np.concatenate([coded(people, places, pairs) for pairs in (terms.locked, terms.banned)])
    seats = np.where(arcs.open_only, here.plain[arcs.place], here.seats[arcs.place])
    usable = np.flatnonzero((here.left[arcs.person] > 0) & (seats > 0) & ~among(codes, shut))
    if (people.keys[:-1] < people.keys[1:]).all() and (places.ids[:-1] < places.ids[1:]).all():
        return usable, here
    person, place = ranks(people.keys), ranks(places.ids)
    order = np.argsort(person[arcs.person[usable]] * len(places) + place[arcs.place[usable]])
    return usable[order], here


class Drawn:
    """The network of a run; `pairs` is where the arcs from people to buildings are in it."""

    def __init__(self, people: People, places: Places, arcs: Arcs, terms: Terms, usable: np.ndarray, room: Room):
        self.places, self.room, self.terms = places, room, terms
        self.values = seat_values(places, terms.weights)
        self.person = FIRST + ranks(people.keys)
        self.place = FIRST + len(people) + ranks(places.ids)
        self.doors = self.place + len(places)
        self.amount = int(min(room.left.sum(), room.seats.sum()))
        self.scale = TIES << self.amount.bit_length()  # all ties together weigh less than one point
        gates = np.flatnonzero(places.reserved)
        sections = [
            self.loads(people),
            self.fits(people, places, arcs, usable),
            self.seats(),
            (self.doors[gates], self.place[gates], room.plain[gates], np.zeros(len(gates), np.int64)),
            ([SOURCE], [SINK], [self.amount], [0]),
        ]
        start = len(sections[0][0])
        self.pairs = slice(start, start + len(usable))
        tails, heads, capacities, costs = (np.concatenate(each) for each in zip(*sections, strict=True))
        supplies = np.zeros(FIRST + len(people) + 2 * len(places), np.int64)
        supplies[[SOURCE, SINK]] = self.amount, -self.amount
        self.network = Network(
            tails.astype(np.int32), heads.astype(np.int32), capacities.astype(np.int64), costs, supplies
        )

    def loads(self, people: People):
        """One arc for each building that somebody may still take."""
        order = np.argsort(self.person)
        row, number = units(self.room.left[order], self.room.used[order])
        row = order[row]
        costs = load_costs(people, self.terms.weights, row, number) * self.scale
        return np.full(len(row), SOURCE), self.person[row], np.ones(len(row), np.int64), costs

    def fits(self, people: People, places: Places, arcs: Arcs, usable: np.ndarray):
        """One arc a pair: its points, more for what stays, and a little that breaks ties."""
        person, place = arcs.person[usable], arcs.place[usable]
        gain = arcs.score[usable] + self.terms.keep * stays(people, places, arcs, self.terms)[usable]
        little = lots(people.keys[person], places.ids[place], among=TIES, seed=self.terms.seed)
        heads = np.where(arcs.open_only[usable], self.doors[place], self.place[place])
        costs = -(gain.astype(np.int64) * self.scale + little)
        return self.person[person], heads, np.ones(len(usable), np.int64), costs

    def seats(self):
        """One arc a seat that is not locked."""
        order = np.argsort(self.place)
        row, number = units(self.room.seats[order], self.room.taken[order])
        row = order[row]
        costs = -self.values[row, number] * self.scale
        return self.place[row], np.full(len(row), SINK), np.ones(len(row), np.int64), costs

    def prices(self, potential: np.ndarray) -> np.ndarray:
        """What a further pair of hands is worth to each place, at most what its next seat can be worth."""
        following = np.minimum(self.room.taken, MOST_SEATS - 1)
        most = np.where(self.room.seats > 0, self.values[np.arange(len(self.places)), following], 0)
        each = np.stack([(potential[node] - potential[SINK]) / self.scale for node in (self.doors, self.place)])
        each[0] = np.where(self.places.reserved > 0, each[0], each[1])
        return np.minimum(each, most)


def stays(people: People, places: Places, arcs: Arcs, terms: Terms) -> np.ndarray:
    """Which arcs are in yesterday's plan."""
    codes = arcs.person.astype(np.int64) * len(places) + arcs.place
    return among(codes, coded(people, places, terms.incumbent))


def ranks(ids: np.ndarray) -> np.ndarray:
    """The place of each id when they are sorted."""
    order = np.empty(len(ids), np.int64)
    order[np.argsort(ids)] = np.arange(len(ids))
    return order
