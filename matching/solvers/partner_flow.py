"""Partners and projects as a network: from the source through partners to places for leads and supporters.

Source → partner (one arc for each further project, dearer each time) → lead room of the partner → lead place of the
project → sink, and partner → supporters of the project → one arc for each seat → sink. What finds no way goes past.
"""

from dataclasses import dataclass

import numpy as np

from .flow import Network, solve
from .lots import lots
from .partner_arcs import PartnerArcs, PartnerWeights
from .partner_rows import MOST_SUPPORTERS, Partners, Projects
from .partner_rules import Role

UNIT = 1024  # of cost for one point, so that prices can be finer than points
LOTS = 32  # less than a thirtieth of a point for each arc, to break ties


class Market:
    """Who takes part and what is the same in every round; all worths in units of 1/`UNIT` point."""

    def __init__(self, partners: Partners, projects: Projects, arcs: PartnerArcs, weights: PartnerWeights) -> None:
        self.partners, self.projects, self.arcs, self.weights = partners, projects, arcs, weights
        self.leads = arcs.role == Role.LEAD
        keys = partners.keys[arcs.partner] * 2 + self.leads, projects.keys[arcs.project]
        self.worth = arcs.scores * UNIT + lots(*keys, among=LOTS)
        self.lead_worth = (weights.lead + projects.urgency.astype(np.int64)) * UNIT
        self.seats = np.arange(MOST_SUPPORTERS) < projects.supporters[:, None]
        self.seat_worth = np.array(weights.supporters, np.int64) * UNIT * self.seats
        order = np.lexsort((self.leads, arcs.project, arcs.partner))
        same = (np.diff(arcs.partner[order]) == 0) & (np.diff(arcs.project[order]) == 0)
        self.twins = order[:-1][same], order[1:][same]  # the same pair as supporter and as lead

    def count(self, taken: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """How many projects each partner has in these arcs (bool for each), and how many of them it leads."""
        partner, partners = self.arcs.partner, len(self.partners)
        leading = np.bincount(partner[taken & self.leads], minlength=partners)
        return np.bincount(partner[taken], minlength=partners), leading

    def led(self, taken: np.ndarray) -> np.ndarray:
        """Which projects have a lead: from before, or by these arcs."""
        return self.projects.led | (
            np.bincount(self.arcs.project[taken & self.leads], minlength=len(self.projects)) > 0
        )


@dataclass(frozen=True)
class Offer:
    """What a flow may use: arcs that are `open` (bool) at their `worth`, places at theirs, and what is `given` already.

    `lead_worth` for each project, `seat_worth` and `seats` (bool) for each project × seat; `given` are arcs (bool)
    that are taken beforehand: they use up room, and their projects need no other lead.
    """

    open: np.ndarray
    worth: np.ndarray
    lead_worth: np.ndarray
    seat_worth: np.ndarray
    seats: np.ndarray
    given: np.ndarray


def most_worth(market: Market, offer: Offer) -> tuple[np.ndarray, np.ndarray, int]:
    """The arcs (bool) and the seats (bool) of the dearest flow, and what it is worth, in units."""
    partners, projects = len(market.partners), len(market.projects)
    had, led = market.count(offer.given)
    partner, room, lead, support = 0, partners, 2 * partners, 2 * partners + projects
    source, sink = support + projects, support + projects + 1
    more = np.maximum(market.partners.capacity - had, 0)
    steps = np.repeat(had, more) + np.arange(more.sum()) - np.repeat(np.cumsum(more) - more, more)
    arcs = np.flatnonzero(offer.open)
    to_lead = market.leads[arcs]
    target = np.where(to_lead, lead, support) + market.arcs.project[arcs]
    needs = np.flatnonzero(~market.led(offer.given))
    seat_rows, seat_columns = np.nonzero(offer.seats)
    tails_heads_rooms_worths = [
        (np.full(len(steps), source), np.repeat(np.arange(partners), more), 1, -market.weights.again * UNIT * steps),
        (np.arange(partners), room + np.arange(partners), np.maximum(market.partners.leads - led, 0), 0),
        (np.where(to_lead, room, partner) + market.arcs.partner[arcs], target, 1, offer.worth[arcs]),
        (lead + needs, np.full(len(needs), sink), 1, offer.lead_worth[needs]),
        (support + seat_rows, np.full(len(seat_rows), sink), 1, offer.seat_worth[seat_rows, seat_columns]),
        (np.array([source]), np.array([sink]), more.sum(), 0),
    ]
    network = network_of(tails_heads_rooms_worths, source, sink, int(more.sum()))
    flow = solve(network)
    first = len(steps) + partners
    taken = np.zeros(len(market.arcs), bool)
    taken[arcs] = flow[first : first + len(arcs)] > 0
    filled = np.zeros_like(offer.seats)
    filled[seat_rows, seat_columns] = flow[len(flow) - 1 - len(seat_rows) : len(flow) - 1] > 0
    return taken, filled, -int((flow * network.costs).sum())


def network_of(parts: list, source: int, sink: int, supply: int) -> Network:
    """The network of some groups of arcs, each (tails, heads, capacities, worths)."""
    tails, heads = (np.concatenate([part[n] for part in parts]).astype(np.int32) for n in (0, 1))
    rooms, worths = (
        np.concatenate([np.broadcast_to(part[n], len(part[0])) for part in parts]).astype(np.int64) for n in (2, 3)
    )
    supplies = np.zeros(sink + 1, np.int64)
    supplies[source], supplies[sink] = supply, -supply
    return Network(tails, heads, rooms, -worths, supplies)
