"""What the plan of partners is compared with: the best pair first, and first come first served."""

import numpy as np

from .partner_arcs import PartnerArcs, PartnerWeights
from .partner_plan import PartnerPlan, value_of
from .partner_rows import Partners, Projects
from .partner_rules import Role


def greedy_partners(
    partners: Partners, projects: Projects, arcs: PartnerArcs, *, weights: PartnerWeights | None = None
) -> PartnerPlan:
    """Leads before supporters, the most points first; whoever is taken stays."""
    weights = weights or PartnerWeights()
    urgency = np.where(arcs.role == Role.LEAD, projects.urgency[arcs.project], 0)
    keys = projects.keys[arcs.project], partners.keys[arcs.partner]
    order = np.lexsort((*keys, -(arcs.scores + urgency), arcs.role != Role.LEAD))
    return _taken(partners, projects, arcs, order, weights)


def first_come_partners(
    partners: Partners, projects: Projects, arcs: PartnerArcs, *, weights: PartnerWeights | None = None
) -> PartnerPlan:
    """Project by project, each with the lowest keys that fit."""
    weights = weights or PartnerWeights()
    order = np.lexsort((partners.keys[arcs.partner], arcs.role != Role.LEAD, projects.keys[arcs.project]))
    return _taken(partners, projects, arcs, order, weights)


def _taken(partners, projects, arcs: PartnerArcs, order: np.ndarray, weights: PartnerWeights) -> PartnerPlan:
    """Walk through the arcs in this order and take what is still allowed and wins something."""
    room, leads = partners.capacity.tolist(), partners.leads.tolist()
    led, seats = projects.led.tolist(), projects.supporters.tolist()
    urgency, scores, carried, filled = projects.urgency.tolist(), arcs.scores.tolist(), [0] * len(room), [0] * len(led)
    inside, taken = set(), []
    columns = (arcs.partner.tolist(), arcs.project.tolist(), (arcs.role == Role.LEAD).tolist())
    for arc in order.tolist():
        who, what, to_lead = (column[arc] for column in columns)
        fits = (not led[what] and leads[who] > 0) if to_lead else (led[what] and filled[what] < seats[what])
        if not fits or carried[who] >= room[who] or (who, what) in inside:
            continue
        place = weights.lead + urgency[what] if to_lead else weights.supporters[filled[what]]
        if place + scores[arc] <= weights.again * carried[who]:
            continue
        taken.append(arc)
        inside.add((who, what))
        carried[who] += 1
        if to_lead:
            leads[who], led[what] = leads[who] - 1, True
        else:
            filled[what] += 1
    rows = np.array(sorted(taken), np.int64)
    return PartnerPlan(rows, value_of(projects, arcs, rows, weights))
