"""Why a partner suits a project, why it does not, and who would complete it; numbers and names of reasons only."""

from dataclasses import dataclass

import numpy as np

from .partner_arcs import Component, PartnerArcs, PartnerWeights, points_of
from .partner_plan import PartnerPlan
from .partner_rows import Partners, Projects
from .partner_rules import Barrier, Role, Standing, barriers


@dataclass(frozen=True)
class Explanation:
    """How a pair stands: the `barrier` that keeps it apart, and its points by component where it breaks no rule.

    `asked` and `has` are levels where the barrier is `CAPABILITY` or `LEVEL` (of `capability`), and room where it is
    `CAPACITY`. `short` is by how many points it is behind, mostly in `behind_in`, where it is `FEWER_POINTS`.
    """

    barrier: Barrier
    points: dict[Component, int]
    capability: int = -1
    asked: int = 0
    has: int = 0
    short: int = 0
    behind_in: Component | None = None


@dataclass(frozen=True)
class Ranked:
    """One partner (its row) for a project: points by component, and which capabilities asked it does not bring."""

    partner: int
    role: Role
    points: dict[Component, int]
    missing: tuple[int, ...]

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(self.points.values())


def rank(
    partners: Partners, projects: Projects, arcs: PartnerArcs, project: int, *, role: Role = Role.LEAD, top: int = 10
) -> list[Ranked]:
    """Who fits this project best in this role, the best first; equals by key."""
    rows = np.flatnonzero((arcs.project == project) & (arcs.role == role))
    order = np.lexsort((partners.keys[arcs.partner[rows]], -arcs.scores[rows]))
    return [_ranked(partners, projects, arcs, int(arc)) for arc in rows[order][:top]]


def completing(partners: Partners, projects: Projects, arcs: PartnerArcs, one: Ranked, project: int) -> list[Ranked]:
    """Supporters who would bring what this partner misses: the most of it first, then the most points."""
    sought = set(one.missing)
    others = rank(partners, projects, arcs, project, role=Role.SUPPORTER, top=len(arcs))
    brings = [(len(sought - set(other.missing)), other) for other in others if other.partner != one.partner]
    found = sorted((pair for pair in brings if pair[0]), key=lambda pair: (-pair[0], -pair[1].score))
    return [other for _many, other in found]


def why_partner(arcs: PartnerArcs, arc: int) -> Explanation:
    """What a pair gets its points for."""
    return Explanation(Barrier.NONE, _named(arcs.points[arc]))


def why_not_partner(
    partners: Partners,
    projects: Projects,
    pair: tuple[int, int],
    role: Role,
    standing: Standing,
    *,
    weights: PartnerWeights | None = None,
    arcs: PartnerArcs | None = None,
    plan: PartnerPlan | None = None,
) -> Explanation:
    """The first rule that this pair of rows (partner, project) breaks; with a plan, what else was in the way."""
    partner, project = (np.array([row]) for row in pair)
    barrier = Barrier(int(barriers(partners, projects, partner, project, role, standing)[0]))
    points = points_of(partners, projects, weights or PartnerWeights(), partner, project, np.array([role]))[0]
    if barrier in (Barrier.CAPABILITY, Barrier.LEVEL):
        return Explanation(barrier, {}, *_lacking(partners, projects, pair, role))
    if barrier is not Barrier.NONE:
        room = {Barrier.CAPACITY: partners.capacity, Barrier.LEAD_CAPACITY: partners.leads}.get(barrier)
        return Explanation(barrier, {}, has=0 if room is None else int(room[pair[0]]))
    if arcs is None or plan is None:
        return Explanation(barrier, _named(points))
    return _outdone(partners, projects, pair, role, points, arcs, plan)


def _outdone(partners, projects, pair, role: Role, points, arcs: PartnerArcs, plan: PartnerPlan) -> Explanation:
    """Why a pair that breaks no rule is not in the plan: it is in, full, nobody leads, or others had more points."""
    partner, project = pair
    mine, there = plan.arcs[arcs.partner[plan.arcs] == partner], plan.arcs[arcs.project[plan.arcs] == project]
    roles = arcs.role[there]
    if partner in arcs.partner[there]:
        return Explanation(Barrier.ALREADY_IN, _named(points))
    if len(mine) >= partners.capacity[partner]:
        return Explanation(Barrier.CAPACITY, _named(points))
    if role is Role.LEAD and (arcs.role[mine] == Role.LEAD).sum() >= partners.leads[partner]:
        return Explanation(Barrier.LEAD_CAPACITY, _named(points))
    if role is Role.SUPPORTER and not projects.led[project] and Role.LEAD not in roles:
        return Explanation(Barrier.NO_LEAD, _named(points))
    rivals = there[roles == role]
    full = len(rivals) >= (1 if role is Role.LEAD else projects.supporters[project])
    if not full:
        return Explanation(Barrier.NOT_NEEDED, _named(points))
    last = rivals[np.argmin(arcs.scores[rivals])]
    short = int(arcs.scores[last] - points.sum(dtype=np.int64))
    if short <= 0:
        return Explanation(Barrier.LEAD_TAKEN if role is Role.LEAD else Barrier.NO_SEAT, _named(points))
    behind = Component(int(np.argmax(arcs.points[last].astype(np.int64) - points)))
    return Explanation(Barrier.FEWER_POINTS, _named(points), short=short, behind_in=behind)


def _lacking(partners, projects, pair, role: Role) -> tuple[int, int, int]:
    """The capability that is nearest to enough, the level asked and the level there is."""
    partner, project = pair
    asks, have = projects.asks[project].astype(np.int64), partners.abilities[partner].astype(np.int64)
    if role is Role.LEAD:
        main = int(projects.main[project])
        return main, max(1, int(asks[main])), int(have[main])
    asked = np.flatnonzero(asks)
    nearest = int(asked[np.argmin(np.where(have[asked] > 0, asks[asked] - have[asked], 9))])
    return nearest, int(asks[nearest]), int(have[nearest])


def _ranked(partners, projects, arcs: PartnerArcs, arc: int) -> Ranked:
    """One arc as a line of the list."""
    partner, project = int(arcs.partner[arc]), int(arcs.project[arc])
    asks = projects.asks[project]
    missing = np.flatnonzero((asks > 0) & (partners.abilities[partner] < asks))
    return Ranked(partner, Role(int(arcs.role[arc])), _named(arcs.points[arc]), tuple(int(one) for one in missing))


def _named(points: np.ndarray) -> dict[Component, int]:
    """Points by the name of their component, those that are not zero."""
    return {component: int(points[component]) for component in Component if points[component]}
