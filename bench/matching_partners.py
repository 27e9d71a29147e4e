"""Partners and projects as there might be in a district, and how good and how fast the matching of them is."""

import resource
import time

import numpy as np

from matching.solvers.partner_arcs import PartnerArcs, PartnerWeights, partner_arcs
from matching.solvers.partner_rows import Partners, Projects
from matching.solvers.partner_rules import Standing
from matching.solvers.partners import match_partners

AREAS, CAPABILITIES, SIDE = 108, 24, 6_000  # communities, kinds of capability, metres


def market(partners: int, projects: int, *, seed: int = 1) -> tuple[Partners, Projects]:
    """So many made-up partners and projects in a district of `AREAS` communities; the same ones in every run."""
    dice = np.random.default_rng(seed)
    centres = dice.uniform(0, SIDE, (AREAS, 2))
    home, area = dice.integers(0, AREAS, partners), dice.integers(0, AREAS, projects)
    far = np.hypot(*(centres[home][:, None] - centres[None]).transpose(2, 0, 1))
    asks = np.where(dice.random((projects, CAPABILITIES)) < 0.08, dice.integers(1, 4, (projects, CAPABILITIES)), 0)
    main = dice.integers(0, CAPABILITIES, projects)
    asks[np.arange(projects), main] = dice.choice([1, 2, 3], projects, p=[0.5, 0.35, 0.15])
    able = dice.random((partners, CAPABILITIES)) < 0.15
    capacity = dice.integers(1, 6, partners)
    return Partners(
        np.arange(partners) * 7 + 3,
        capacity.astype(np.int16),
        np.minimum(capacity, dice.integers(0, 3, partners)).astype(np.int16),
        dice.integers(0, 4, partners).astype(np.int16),
        np.where(dice.random(partners) < 0.3, -1, dice.integers(50, 101, partners)).astype(np.int16),
        np.where(able, dice.integers(1, 4, able.shape), 0).astype(np.int8),
        far <= dice.choice([500, 1_500, 3_000], partners, p=[0.4, 0.4, 0.2])[:, None],
        home.astype(np.int32),
        centres[home] + dice.normal(0, 200, (partners, 2)),
    ), Projects(
        np.arange(projects) * 5 + 1,
        asks.astype(np.int8),
        main.astype(np.int16),
        area.astype(np.int32),
        centres[area] + dice.normal(0, 200, (projects, 2)),
        dice.random(projects) < 0.1,
        dice.integers(0, 4, projects).astype(np.int8),
        dice.integers(0, 301, projects).astype(np.int16),
    )


if __name__ == "__main__":
    import sys
    n, m = int(sys.argv[1]), int(sys.argv[2])
    t = time.time()
    a, b = market(n, m)
    arcs = partner_arcs(a, b, PartnerWeights(), Standing(projects=m))
    print(len(arcs), time.time() - t, np.bincount(arcs.role))
    t = time.time()
    import matching.solvers.partners as mp
    old = mp._Search._round
    def r(self):
        t = time.time()
        old(self)
        print(self.value, self.bound, round(self.value / self.bound, 5), self.step, round(time.time() - t, 2), flush=True)
    mp._Search._round = r
    plan, c = match_partners(a, b, arcs)
    print(c, c.share, time.time() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
