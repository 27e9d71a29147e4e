"""The cheapest flow through a network, and the prices that prove it.

The solver is imported when it is first needed: the pages of the site never need it, and it takes 40 ms.
"""

from dataclasses import dataclass

import numpy as np

MOST_ROUNDS = 10_000


class NotSolved(RuntimeError):
    """The network has no flow, or a flow that was taken for the best one is not."""


@dataclass(frozen=True)
class Network:
    """Arcs from `tails` to `heads` (int32) with whole `capacities` and `costs` (int64) for each unit.

    `supplies` has a number for each node: what it gives, or takes where it is negative; they sum to nothing.
    """

    tails: np.ndarray
    heads: np.ndarray
    capacities: np.ndarray
    costs: np.ndarray
    supplies: np.ndarray

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.supplies)


def solve(network: Network) -> np.ndarray:
    """How much flows through each arc at least cost, int64. Raises `NotSolved` when the supplies find no way."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(network.tails, network.heads, network.capacities, network.costs)
    solver.set_nodes_supplies(np.arange(network.nodes, dtype=np.int32), network.supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise NotSolved(f"the flow solver says {status}")
    return np.asarray(solver.flows(arcs), dtype=np.int64)


def duals(network: Network, flow: np.ndarray) -> np.ndarray:
    """A price for each node: no unit can be moved to more advantage, so the flow is the best one.

    With prices p, `cost + p[tail] - p[head]` is not negative where an arc has room left, and not positive where
    something flows. Raises `NotSolved` when there are no such prices, which is when the flow is not the cheapest.
    """
    more, less = flow < network.capacities, flow > 0
    tails = np.concatenate((network.tails[more], network.heads[less]))
    heads = np.concatenate((network.heads[more], network.tails[less]))
    costs = np.concatenate((network.costs[more], -network.costs[less]))
    order = np.argsort(heads, kind="stable")
    tails, heads, costs = tails[order], heads[order], costs[order]
    starts = np.flatnonzero(np.r_[True, heads[1:] != heads[:-1]]) if len(heads) else np.empty(0, np.int64)
    reached = heads[starts]
    price = np.zeros(network.nodes, np.int64)
    for _round in range(min(network.nodes, MOST_ROUNDS) + 1):
        if not len(reached):
            return price
        best = np.minimum(np.minimum.reduceat(price[tails] + costs, starts), price[reached])
        if np.array_equal(best, price[reached]):
            return price
        price[reached] = best
    raise NotSolved("a cheaper flow exists")
