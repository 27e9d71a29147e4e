"""Small made-up markets and rotas, from a number that decides everything."""

import numpy as np

from matching.solvers.partner_arcs import PartnerWeights, partner_arcs
from matching.solvers.partner_rows import Partners, Projects
from matching.solvers.partner_rules import Standing
from matching.solvers.shift_arcs import Times, shift_arcs
from matching.solvers.shift_rows import People, Shifts, ShiftWeights


def market(seed, partners=3, projects=3):
    dice = np.random.default_rng(seed)
    asks = dice.integers(0, 3, (projects, 2)).astype(np.int8)
    who = Partners(
        dice.permutation(100)[:partners],
        dice.integers(0, 4, partners),
        dice.integers(0, 3, partners),
        dice.integers(0, 3, partners),
        dice.integers(-1, 101, partners),
        dice.integers(0, 4, (partners, 2)).astype(np.int8),
        dice.random((partners, 2)) < 0.8,
        dice.integers(-1, 2, partners),
        dice.uniform(0, 3_000, (partners, 2)),
    )
    what = Projects(
        dice.permutation(100)[:projects],
        asks,
        dice.integers(-1, 2, projects),
        dice.integers(0, 2, projects),
        dice.uniform(0, 3_000, (projects, 2)),
        dice.random(projects) < 0.2,
        dice.integers(0, 4, projects),
        dice.integers(0, 301, projects),
    )
    pairs = np.array([(p, j) for p in range(partners) for j in range(projects) if dice.random() < 0.15], np.int64)
    standing = Standing(pairs.reshape(-1, 2)[::2], pairs.reshape(-1, 2)[1::2], projects=projects)
    return who, what, partner_arcs(who, what, PartnerWeights(), standing), standing


def rota(seed, rules, people=3, shifts=5):
    dice = np.random.default_rng(seed)
    starts = dice.integers(8, 60, shifts) * 30 + (dice.random(shifts) < 0.2) * 10_080
    seats = dice.integers(0, 3, shifts)
    who = People(
        dice.permutation(100)[:people],
        dice.integers(0, 5, (people, 3)),
        dice.integers(90, 360, (people, 3)),
        dice.integers(0, 4_000, people),
        dice.integers(-1, 101, people),
        dice.random((people, 2)) < 0.5,
        dice.integers(-1, 2, people),
        dice.uniform(0, 1_500, (people, 2)),
    )
    skill = dice.integers(-1, 2, shifts)
    what = Shifts(
        dice.permutation(100)[:shifts],
        starts,
        starts + dice.integers(2, 8, shifts) * 30,
        seats,
        np.where(skill < 0, 0, dice.integers(0, 2, shifts)),
        skill,
        dice.integers(0, 2, shifts),
        dice.uniform(0, 1_500, (shifts, 2)),
        dice.integers(0, 301, shifts),
    )
    spans = [(p, w * 10_080 + a, w * 10_080 + a + 1_000) for p in range(people) for w in (0, 1) for a in (0, 1_001)]
    free = np.array([span for span in spans if dice.random() < 0.95], np.int64).reshape(-1, 3)
    times = Times(free, np.array([(0, 0)]))
    return who, what, shift_arcs(who, what, ShiftWeights(), times, rules), times
