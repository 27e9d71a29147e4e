"""Plans to compare with: the best pair first, and first come first served. Both keep every rule, neither is best."""

from collections.abc import Iterator
from heapq import heappop, heappush

import numpy as np

from .buildings import offered
from .inputs import People, Places
from .lookup import as_pairs
from .plan import Plan, Terms, planned
from .points import Arcs
from .worth import first_costs, rises, seat_values


class State:
    """Seats and room that are left while pairs are taken one by one."""

    def __init__(self, people: People, places: Places, arcs: Arcs, locked, banned):
        self.people, self.places, self.arcs = people, places, arcs
        self.terms = Terms(arcs.weights, arcs.rules, locked=as_pairs(locked), banned=as_pairs(banned))
        self.usable, room = offered(people, places, arcs, self.terms)
        columns = (room.used, room.left, room.taken, room.seats, room.plain)
        self.used, self.left, self.taken, self.seats, self.plain = ([int(each) for each in one] for one in columns)
        self.first, self.rise = first_costs(people, arcs.weights).tolist(), rises(people, arcs.weights).tolist()
        self.values = seat_values(places, arcs.weights).tolist()
        self.chosen: list[int] = []

    def fits(self, person: int, place: int, open_only: bool) -> bool:
        """Whether there is room for this pair."""
        return bool(self.left[person] and (self.plain[place] if open_only else self.seats[place]))

    def more(self, person: int, place: int) -> int:
        """What the next seat of the place is worth, less what the next building costs the person."""
        return self.values[place][self.taken[place]] - self.first[person] - self.rise[person] * self.used[person]

    def take(self, arc: int, person: int, place: int, open_only: bool) -> None:
        """Put the person there."""
        self.chosen.append(arc)
        self.used[person], self.left[person] = self.used[person] + 1, self.left[person] - 1
        self.taken[place], self.seats[place] = self.taken[place] + 1, self.seats[place] - 1
        self.plain[place] = min(self.plain[place] - open_only, self.seats[place])

    def plan(self) -> Plan:
        """What was taken, as a plan without a proof."""
        return planned(self.people, self.places, self.arcs, np.array(self.chosen, np.int64), self.terms)


def greedy(people: People, places: Places, arcs: Arcs, *, locked=(), banned=()) -> Plan:
    """Take the pair that adds most, again and again.

    What a pair adds only ever falls, so a pair is looked at again only when it comes to the top (Minoux 1978).
    """
    state = State(people, places, arcs, locked, banned)
    usable = state.usable
    person, place = arcs.person[usable].tolist(), arcs.place[usable].tolist()
    points, open_only = arcs.score[usable].tolist(), arcs.open_only[usable].tolist()
    heap = Falling(points + np.array([state.more(*pair) for pair in zip(person, place, strict=True)]))
    while (top := heap.pop()) is not None:
        arc, gain = top
        one, other = person[arc], place[arc]
        if not state.fits(one, other, open_only[arc]):
            continue
        now = points[arc] + state.more(one, other)
        if now < gain:
            heap.push(arc, now)
        else:
            state.take(int(usable[arc]), one, other, open_only[arc])
    return state.plan()


class Falling:
    """Arcs by what they add, the best first, until nothing adds anything: one sorted list, and a heap of what fell."""

    def __init__(self, gains: np.ndarray):
        self.order = np.argsort(-gains, kind="stable").tolist()
        self.gains = gains[self.order].tolist()
        self.heap: list[tuple[int, int]] = []
        self.at = 0

    def pop(self) -> tuple[int, int] | None:
        """(arc, gain) of the best that is left."""
        listed = self.gains[self.at] if self.at < len(self.gains) else 0
        if self.heap and -self.heap[0][0] >= max(listed, 1):
            gain, arc = heappop(self.heap)
            return arc, -gain
        if listed <= 0:
            return None
        self.at += 1
        return self.order[self.at - 1], listed

    def push(self, arc: int, gain: int) -> None:
        """Put an arc back with what it adds now."""
        heappush(self.heap, (-gain, arc))


def first_come(people: People, places: Places, arcs: Arcs, *, locked=(), banned=()) -> Plan:
    """In the order of keys everybody takes what fits him best of what is left; then who has room, a second one."""
    state = State(people, places, arcs, locked, banned)
    usable = np.sort(state.usable)
    usable = usable[np.lexsort((-arcs.score[usable], arcs.person[usable]))]
    rows = np.argsort(people.keys)
    person = arcs.person[usable]
    wishes = {
        row: iter(usable[low:high].tolist())
        for row, low, high in zip(
            rows.tolist(),
            np.searchsorted(person, rows).tolist(),
            np.searchsorted(person, rows, "right").tolist(),
            strict=True,
        )
    }
    while wishes:
        wishes = {row: wish for row, wish in wishes.items() if state.left[row] and took(state, row, wish)}
    return state.plan()


def took(state: State, person: int, wishes: Iterator[int]) -> bool:
    """Take the first wish that is still free; whether there was one."""
    for arc in wishes:
        place, open_only = int(state.arcs.place[arc]), bool(state.arcs.open_only[arc])
        if state.fits(person, place, open_only):
            state.take(arc, person, place, open_only)
            return True
    return False
