"""The rules between partners and projects: which is the first one that a pair breaks."""

from enum import IntEnum

import numpy as np

from .partner_rows import Partners, Projects, among, codes

NO_PAIRS = np.empty((0, 2), np.int64)


class Role(IntEnum):
    """What a partner is in a project."""

    LEAD = 1
    SUPPORTER = 2


class Barrier(IntEnum):
    """The first broken rule, in this order; or what else was in the way of a pair that breaks none."""

    NONE = 0
    CAPABILITY = 1  # it has not said that it can do what is asked
    LEVEL = 2  # it can, but not at the level asked
    AREA = 3
    CAPACITY = 4  # it has no room for another project
    LEAD_CAPACITY = 5  # it has room, but leads as many as it may
    ALREADY_IN = 6
    DECLINED = 7
    LEAD_TAKEN = 8  # the project is led
    NO_SEAT = 9  # the project takes no more supporters
    NO_LEAD = 10  # a supporter needs somebody who leads
    FEWER_POINTS = 11
    NOT_NEEDED = 12  # it fits, but would win nothing, or its room is worth more elsewhere


class Standing:
    """Who is with whom already, and who declined what: pairs of rows (partner, project)."""

    def __init__(self, inside: np.ndarray = NO_PAIRS, declined: np.ndarray = NO_PAIRS, *, projects: int) -> None:
        self.projects = projects
        self.inside, self.declined = codes(inside, projects), codes(declined, projects)
        self.pairs = {tuple(pair) for pair in inside.tolist()}, {tuple(pair) for pair in declined.tolist()}

    def is_inside(self, partner: np.ndarray, project: np.ndarray) -> np.ndarray:
        """Which pairs are together already."""
        return among(partner.astype(np.int64) * self.projects + project, self.inside)

    def has_declined(self, partner: np.ndarray, project: np.ndarray) -> np.ndarray:
        """Which pairs were declined before."""
        return among(partner.astype(np.int64) * self.projects + project, self.declined)


def able(partners: Partners, projects: Projects, partner, project, role: Role) -> tuple[np.ndarray, np.ndarray]:
    """Whether each pair has the capability, and whether it has the level.

    A lead has the main capability, at the level asked; a supporter has at least one of those asked, at its level.
    Where nothing is asked everybody is able.
    """
    asks = projects.asks[project]
    have = partners.abilities[partner]
    if role is Role.LEAD:
        main = projects.main[project]
        only = (np.arange(asks.shape[1]) == main[:, None]) & (main >= 0)[:, None]
        asks = np.where(only, np.maximum(asks, 1), 0)
    asked = asks > 0
    free = ~asked.any(axis=1)
    return free | (asked & (have > 0)).any(axis=1), free | (asked & (have >= asks)).any(axis=1)


def barriers(partners: Partners, projects: Projects, partner, project, role: Role, standing: Standing) -> np.ndarray:
    """The first broken rule of each pair (int8 of `Barrier`); `partner` and `project` are rows."""
    can, well = able(partners, projects, partner, project, role)
    leads = role is Role.LEAD
    broken = {
        Barrier.CAPABILITY: ~can,
        Barrier.LEVEL: ~well,
        Barrier.AREA: ~partners.serves[partner, projects.area[project]],
        Barrier.CAPACITY: partners.capacity[partner] <= 0,
        Barrier.LEAD_CAPACITY: (partners.leads[partner] <= 0) & leads,
        Barrier.ALREADY_IN: standing.is_inside(partner, project),
        Barrier.DECLINED: standing.has_declined(partner, project),
        Barrier.LEAD_TAKEN: projects.led[project] & leads,
        Barrier.NO_SEAT: (projects.supporters[project] <= 0) & (not leads),
    }
    return np.select(list(broken.values()), [np.int8(barrier) for barrier in broken], np.int8(Barrier.NONE))
