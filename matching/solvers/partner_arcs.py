"""Arcs between partners and projects: every pair that breaks no rule, with its points by component."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from .partner_rows import Partners, Projects, Rows
from .partner_rules import Barrier, Role, Standing, barriers

TOP_LEVEL = 3
BLOCK = 512  # projects at a time, so that the table of partners × projects stays small


class Component(IntEnum):
    """What points are given for; the columns of `PartnerArcs.points`."""

    CAPABILITY = 0
    LEVEL = 1
    NEAR = 2
    HOME = 3
    KEPT = 4
    LOAD = 5
    NEWCOMER = 6


@dataclass(frozen=True)
class PartnerWeights:
    """Points: at most so many for each component; `lead` and `supporters` are what a filled place is worth.

    `near` halves about every 1,400 m (`near_metres` · ln 2). `load` is taken off for each project carried now, up to
    `load_most`; `again` is taken off for the second project of the same plan, twice that for the third.
    """

    capability: int = 200
    level: int = 100
    near: int = 150
    near_metres: int = 2_000
    home: int = 100
    kept: int = 80
    load: int = 30
    load_most: int = 150
    newcomer: int = 50
    lead: int = 1_000
    supporters: tuple[int, int, int] = (300, 200, 100)
    again: int = 40


@dataclass(frozen=True)
class PartnerArcs(Rows):
    """Rows of `partner` and `project` (int32), the `role`, and `points` (int16, arc × component)."""

    partner: np.ndarray
    project: np.ndarray
    role: np.ndarray
    points: np.ndarray

    @property
    def scores(self) -> np.ndarray:
        """The sum of the points of each arc, int64, and nothing else."""
        return self.points.sum(axis=1, dtype=np.int64)


def partner_arcs(partners: Partners, projects: Projects, weights: PartnerWeights, standing: Standing) -> PartnerArcs:
    """All pairs that break no rule, for each role, in the order of projects."""
    found = [_pairs(partners, projects, weights, standing, start) for start in range(0, len(projects), BLOCK)]
    nobody, nothing = np.empty(0, np.int32), np.empty((0, len(Component)), np.int16)
    found.append(PartnerArcs(nobody, nobody, np.empty(0, np.int8), nothing))
    columns = ("partner", "project", "role", "points")
    return PartnerArcs(*(np.concatenate([getattr(part, column) for part in found]) for column in columns))


def _pairs(partners, projects, weights, standing, start: int) -> PartnerArcs:
    """The arcs of one block of projects."""
    reach = partners.serves[:, projects.area[start : start + BLOCK]].T
    project, partner = (rows.astype(np.int32) for rows in np.nonzero(reach))
    project += start
    parts = []
    for role in Role:
        fits = barriers(partners, projects, partner, project, role, standing) == Barrier.NONE
        parts.append((partner[fits], project[fits], np.full(fits.sum(), role, np.int8)))
    partner, project, roles = (np.concatenate(column) for column in zip(*parts, strict=True))
    points = points_of(partners, projects, weights, partner, project, roles)
    return PartnerArcs(partner, project, roles, points)


def points_of(partners: Partners, projects: Projects, weights: PartnerWeights, partner, project, role) -> np.ndarray:
    """The points of each pair, int16 (pair × component)."""
    asks, have = projects.asks[project], partners.abilities[partner]
    asked = asks > 0
    hits, wanted = (asked & (have >= asks)).sum(axis=1), asked.sum(axis=1)
    main = projects.main[project]
    leading = np.take_along_axis(have, np.maximum(main, 0)[:, None].astype(np.int64), axis=1)[:, 0]
    level = np.where((role == Role.LEAD) & (main >= 0), leading, np.where(asked, have, 0).max(axis=1, initial=0))
    metres = np.hypot(*(partners.xy[partner] - projects.xy[project]).T)
    kept = partners.kept[partner].astype(np.int64)
    points = np.empty((len(partner), len(Component)), np.int16)
    points[:, Component.CAPABILITY] = weights.capability * np.where(wanted, hits, 1) // np.maximum(wanted, 1)
    points[:, Component.LEVEL] = weights.level * level.astype(np.int64) // TOP_LEVEL
    points[:, Component.NEAR] = np.rint(np.nan_to_num(weights.near * np.exp(-metres / weights.near_metres)))
    points[:, Component.HOME] = weights.home * (partners.home[partner] == projects.area[project])
    points[:, Component.KEPT] = np.where(kept < 0, weights.kept, weights.kept * kept // 100)
    carried = weights.load * partners.carried[partner].astype(np.int64)
    points[:, Component.LOAD] = -np.minimum(carried, weights.load_most)
    points[:, Component.NEWCOMER] = weights.newcomer * (kept < 0)
    return points
