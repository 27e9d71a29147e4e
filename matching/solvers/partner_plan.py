"""Plans of partners: which arcs are taken, what they are worth, and what no plan exceeds."""

from dataclasses import dataclass

import numpy as np

from .partner_arcs import PartnerArcs, PartnerWeights
from .partner_rows import Projects
from .partner_rules import Role


@dataclass(frozen=True)
class PartnerPlan:
    """The rows of the arcs that are taken, in order, and their `value` in points."""

    arcs: np.ndarray
    value: int


@dataclass(frozen=True)
class Certificate:
    """No plan is worth more than `bound`; `rounds` were made."""

    value: int
    bound: int
    rounds: int

    @property
    def share(self) -> float:
        """What part of the bound the plan is worth, 1 when it is proved to be the best."""
        return self.value / self.bound if self.bound > 0 else 1.0

    @property
    def is_exact(self) -> bool:
        """Whether no plan can be worth more."""
        return self.value == self.bound


def value_of(projects: Projects, arcs: PartnerArcs, taken: np.ndarray, weights: PartnerWeights) -> int:
    """What the taken arcs are worth: points, filled places, less what a second project of one partner costs."""
    partner, project, leads = arcs.partner[taken], arcs.project[taken], arcs.role[taken] == Role.LEAD
    total = int(arcs.scores[taken].sum())
    total += int((weights.lead + projects.urgency[project[leads]].astype(np.int64)).sum())
    filled = np.concatenate(([0], np.cumsum(weights.supporters)))
    total += int(filled[np.bincount(project[~leads])].sum())
    each = np.bincount(partner)
    return total - weights.again * int((each * (each - 1) // 2).sum())
