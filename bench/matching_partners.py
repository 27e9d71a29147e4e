"""Partners and projects as there might be in a district, and how good and how fast the matching of them is."""

import resource
import time

import numpy as np

from matching.solvers.partner_arcs import PartnerWeights, partner_arcs
from matching.solvers.partner_baselines import first_come_partners, greedy_partners
from matching.solvers.partner_check import check_partners
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


def report(sizes: tuple[tuple[int, int], ...] = ((200, 500), (2_000, 5_000))) -> list[dict]:
    """One line for each size: pairs, seconds, memory, what the plans are worth, and the certificate of ours."""
    return [_measured(*size) for size in sizes]


def _measured(many: int, wanted: int) -> dict:
    """Our plan, the best pair first, and first come first served, of one size."""
    partners, projects = market(many, wanted)
    began = time.perf_counter()
    arcs = partner_arcs(partners, projects, PartnerWeights(), Standing(projects=wanted))
    paired = time.perf_counter()
    plan, certificate = match_partners(partners, projects, arcs)
    matched = time.perf_counter()
    return {
        "partners": many,
        "projects": wanted,
        "arcs": len(arcs),
        "seconds for arcs": round(paired - began, 2),
        "seconds": round(matched - paired, 2),
        "rounds": certificate.rounds,
        "value": plan.value,
        "bound": certificate.bound,
        "share": round(certificate.share, 4),
        "greedy": round(greedy_partners(partners, projects, arcs).value / certificate.bound, 4),
        "first come": round(first_come_partners(partners, projects, arcs).value / certificate.bound, 4),
        "violations": len(check_partners(partners, projects, arcs, plan, Standing(projects=wanted))),
        "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    for line in report():
        print(line)
