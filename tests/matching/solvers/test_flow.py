"""The cheapest flow is the cheapest, and its prices prove it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.solvers.flow import Network, NotSolved, duals, solve

NODES = 4


def network(arcs, supplies):
    tails, heads, capacities, costs = zip(*arcs, strict=True)
    return Network(
        np.array(tails, np.int32),
        np.array(heads, np.int32),
        np.array(capacities, np.int64),
        np.array(costs, np.int64),
        np.array(supplies, np.int64),
    )


def all_flows(arcs, supplies):
    """Every flow that there is."""
    for flow in product(*(range(capacity + 1) for _tail, _head, capacity, _cost in arcs)):
        rest = list(supplies)
        for (tail, head, _capacity, _cost), amount in zip(arcs, flow, strict=True):
            rest[tail] -= amount
            rest[head] += amount
        if not any(rest):
            yield np.array(flow)


def cost(arcs, flow):
    return sum(amount * arc[3] for arc, amount in zip(arcs, flow, strict=True))


node = st.integers(0, NODES - 1)
arc = st.tuples(node, node, st.integers(1, 2), st.integers(-5, 9)).filter(lambda arc: arc[0] != arc[1])


@given(st.lists(arc, min_size=1, max_size=7), st.integers(0, 3))
@settings(max_examples=200)
def test_it_costs_what_the_cheapest_of_all_flows_costs(arcs, amount):
    supplies = [amount, *[0] * (NODES - 2), -amount]
    flows = list(all_flows(arcs, supplies))
    given_one = network(arcs, supplies)
    if not flows:
        with pytest.raises(NotSolved):
            solve(given_one)
        return
    found = solve(given_one)
    assert cost(arcs, found) == min(cost(arcs, flow) for flow in flows)


@given(st.lists(arc, min_size=1, max_size=7), st.integers(0, 3))
@settings(max_examples=200)
def test_prices_exist_for_the_cheapest_flows_and_for_no_other(arcs, amount):
    supplies = [amount, *[0] * (NODES - 2), -amount]
    flows = list(all_flows(arcs, supplies))
    least = min((cost(arcs, flow) for flow in flows), default=0)
    for flow in flows:
        if cost(arcs, flow) > least:
            with pytest.raises(NotSolved):
                duals(network(arcs, supplies), flow)
            continue
        price = duals(network(arcs, supplies), flow)
        for (tail, head, capacity, each), amount_there in zip(arcs, flow, strict=True):
            reduced = each + price[tail] - price[head]
            assert reduced >= 0 or amount_there == capacity
            assert reduced <= 0 or amount_there == 0
