"""Partners and projects: a plan, and the proof of how good it is.

One lead for each project and up to three supporters, none of them without a lead. That implication is what makes it
hard; without it the whole is a flow. So the implication gets a price: λ for each seat of supporters, which is charged
when the seat is filled and credited when the project is led; and μ for each pair that would lead and support the same
project. Whatever the prices, the priced flow is worth at least as much as the best plan: that is the bound. Each
round its leads are kept and the rest is found again by a flow, which is a plan; then the prices move (a subgradient
step after Polyak). What is small and still open in the end is solved as a whole (`program`).
"""

import numpy as np

from .partner_arcs import PartnerArcs, PartnerWeights
from .partner_flow import UNIT, Market, Offer, most_worth
from .partner_plan import Certificate, PartnerPlan, value_of
from .partner_rows import Partners, Projects
from .partner_whole import MOST_ARCS, best_whole

SHORTER = 0.9  # each step is so much of the one before
MEMORY = 0.3  # how much of the last direction stays in the next one, so that prices swing less


def match_partners(
    partners: Partners,
    projects: Projects,
    arcs: PartnerArcs,
    *,
    weights: PartnerWeights | None = None,
    rounds: int = 40,
    gap: float = 0.005,
) -> tuple[PartnerPlan, Certificate]:
    """The best plan found and its certificate; ends after `rounds`, or when no plan can be better by more than `gap`.

    The same values give the same plan, in whatever order the rows come: they are sorted by their keys first.
    """
    weights = weights or PartnerWeights()
    by_partner, by_project = np.argsort(partners.keys), np.argsort(projects.keys)
    rank_partner, rank_project = np.argsort(by_partner), np.argsort(by_project)
    order = np.lexsort((arcs.role, rank_partner[arcs.partner], rank_project[arcs.project]))
    ranked = PartnerArcs(rank_partner[arcs.partner], rank_project[arcs.project], arcs.role, arcs.points).take(order)
    market = Market(partners.take(by_partner), projects.take(by_project), ranked, weights)
    taken, certificate = _Search(market).search(rounds, gap)
    return PartnerPlan(np.sort(order[taken]), certificate.value), certificate


class _Search:
    """Prices, the best plan and the least bound so far."""

    def __init__(self, market: Market) -> None:
        self.market = market
        can_be_led = market.led(np.ones(len(market.arcs), bool))
        self.seats = market.seats & can_be_led[:, None]  # nobody can support what nobody leads
        self.priced = self.seats & ~market.projects.led[:, None]
        self.price = np.zeros(self.seats.shape, np.int64)
        self.once = np.zeros(len(market.twins[0]), np.int64)
        self.plan, self.value, self.bound = np.zeros(len(market.arcs), bool), 0, self._worth_of_all()
        self.step = 1.0
        self.slope, self.twice = np.zeros(self.seats.shape), np.zeros(len(self.once))

    def search(self, rounds: int, gap: float) -> tuple[np.ndarray, Certificate]:
        """Round after round until the gap is closed; what is small is then solved as a whole."""
        made = 0
        while made < rounds and self.bound - self.value > gap * self.bound:
            self._round()
            made += 1
        if self.value < self.bound and len(self.market.arcs) <= MOST_ARCS:
            self._keep(*best_whole(self.market, self.plan, self.bound))
        taken = np.flatnonzero(self.plan)
        return taken, Certificate(self.value, max(self.bound, self.value), made)

    def _round(self) -> None:
        """One priced flow, the plan that keeps its leads, and the prices of the next round."""
        taken, filled, worth = self._priced()
        self._keep(self._completed(taken), worth // UNIT)
        self._move(taken, filled, worth)

    def _priced(self) -> tuple[np.ndarray, np.ndarray, int]:
        """The dearest flow at these prices, worth at least as much as any plan."""
        market = self.market
        worth = market.worth.copy()
        for twin in market.twins:
            worth[twin] -= self.once
        offer = Offer(
            open=np.ones(len(market.arcs), bool),
            worth=worth,
            lead_worth=market.lead_worth + self.price.sum(axis=1),
            seat_worth=market.seat_worth - self.price,
            seats=self.seats,
            given=np.zeros(len(market.arcs), bool),
        )
        taken, filled, worth = most_worth(market, offer)
        return taken, filled, worth + int(self.once.sum())

    def _completed(self, taken: np.ndarray) -> np.ndarray:
        """A plan with the leads of this flow: supporters where there is a lead, leads where there is still none."""
        market = self.market
        given = taken & market.leads
        led = market.led(given)
        project = market.arcs.project
        fits = np.where(market.leads, ~led[project], led[project])
        fits[market.twins[0]] &= ~given[market.twins[1]]
        offer = Offer(fits, market.worth, market.lead_worth, market.seat_worth, self.seats & led[:, None], given)
        return given | most_worth(market, offer)[0]

    def _keep(self, plan: np.ndarray | None, bound: int | None) -> None:
        """The better plan, the smaller bound."""
        market = self.market
        if plan is not None:
            value = value_of(market.projects, market.arcs, np.flatnonzero(plan), market.weights)
            if value > self.value:
                self.plan, self.value = plan, value
        if bound is not None:
            self.bound = min(self.bound, bound)

    def _move(self, taken: np.ndarray, filled: np.ndarray, worth: int) -> None:
        """Dearer where the flow breaks the rule, cheaper where it could do more, further the wider the gap is."""
        market = self.market
        led = market.led(taken)
        slope = np.where(self.priced, filled.astype(float) - led[:, None], 0)
        twice = taken[market.twins[0]].astype(float) + taken[market.twins[1]] - 1
        slope[(slope < 0) & (self.price == 0)] = 0
        twice[(twice < 0) & (self.once == 0)] = 0
        self.slope, self.twice = slope + MEMORY * self.slope, twice + MEMORY * self.twice
        size = float((self.slope**2).sum() + (self.twice**2).sum())
        if size:
            far = self.step * max(worth - self.value * UNIT, UNIT) / size
            self.price = np.maximum(self.price + np.rint(far * self.slope).astype(np.int64), 0)
            self.once = np.maximum(self.once + np.rint(far * self.twice).astype(np.int64), 0)
            self.step *= SHORTER

    def _worth_of_all(self) -> int:
        """A bound without a round: every arc and every place taken."""
        market = self.market
        return int(np.maximum(market.worth, 0).sum() + market.lead_worth.sum() + market.seat_worth.sum()) // UNIT
