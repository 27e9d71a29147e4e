"""Whether a plan of partners keeps every rule, and what it is worth: written again, without the solver's arrays."""

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from .partner_arcs import PartnerArcs, PartnerWeights
from .partner_plan import PartnerPlan
from .partner_rows import Partners, Projects
from .partner_rules import Barrier, Role, Standing


class Breach(IntEnum):
    """What a plan can do wrong beside taking a pair that does not fit."""

    UNFIT = 1  # see `Violation.barrier`
    TWICE = 2  # the same partner twice in a project
    TWO_LEADS = 3
    TOO_MANY_SUPPORTERS = 4
    SUPPORTED_ALONE = 5  # supporters without a lead
    OVER_CAPACITY = 6
    OVER_LEADS = 7
    WRONG_VALUE = 8


@dataclass(frozen=True)
class Violation:
    """One broken rule: rows of the partner and the project, -1 where the rule is not about one."""

    breach: Breach
    partner: int = -1
    project: int = -1
    barrier: Barrier = Barrier.NONE


def check_partners(
    partners: Partners,
    projects: Projects,
    arcs: PartnerArcs,
    plan: PartnerPlan,
    standing: Standing,
    weights: PartnerWeights | None = None,
) -> list[Violation]:
    """Every rule that the plan breaks; none for a plan that may be offered."""
    taken = [(int(arcs.partner[arc]), int(arcs.project[arc]), Role(int(arcs.role[arc]))) for arc in plan.arcs]
    found = [
        Violation(Breach.UNFIT, partner, project, barrier)
        for partner, project, role in taken
        if (barrier := _misfit(partners, projects, partner, project, role, standing)) is not Barrier.NONE
    ]
    found += _projects(projects, taken) + _partners(partners, taken)
    if plan.value != worth_of(projects, arcs, plan, weights or PartnerWeights()):
        found.append(Violation(Breach.WRONG_VALUE))
    return found


def worth_of(projects: Projects, arcs: PartnerArcs, plan: PartnerPlan, weights: PartnerWeights) -> int:
    """The value of the plan, added up one by one."""
    total, supporters, carried = 0, Counter[int](), Counter[int]()
    for arc in plan.arcs:
        partner, project = int(arcs.partner[arc]), int(arcs.project[arc])
        total += sum(int(points) for points in arcs.points[arc]) - weights.again * carried[partner]
        carried[partner] += 1
        if arcs.role[arc] == Role.LEAD:
            total += weights.lead + int(projects.urgency[project])
        else:
            seat = supporters[project]
            total += weights.supporters[seat] if seat < len(weights.supporters) else 0
            supporters[project] += 1
    return total


def _projects(projects: Projects, taken: list) -> list[Violation]:
    """What the projects suffer: two leads, too many supporters or supporters alone, somebody twice."""
    pairs = Counter((partner, project) for partner, project, _role in taken)
    leads = Counter(project for _partner, project, role in taken if role is Role.LEAD)
    supporters = Counter(project for _partner, project, role in taken if role is Role.SUPPORTER)
    found = [Violation(Breach.TWICE, partner, project) for (partner, project), times in pairs.items() if times > 1]
    found += [Violation(Breach.TWO_LEADS, project=project) for project, many in leads.items() if many > 1]
    for project, many in supporters.items():
        if many > projects.supporters[project]:
            found.append(Violation(Breach.TOO_MANY_SUPPORTERS, project=project))
        if not projects.led[project] and not leads[project]:
            found.append(Violation(Breach.SUPPORTED_ALONE, project=project))
    return found


def _partners(partners: Partners, taken: list) -> list[Violation]:
    """Who carries or leads more than there is room for."""
    carried = Counter(partner for partner, _project, _role in taken)
    leads = Counter(partner for partner, _project, role in taken if role is Role.LEAD)
    over = [Violation(Breach.OVER_CAPACITY, who) for who, many in carried.items() if many > partners.capacity[who]]
    return over + [Violation(Breach.OVER_LEADS, who) for who, many in leads.items() if many > partners.leads[who]]


def _misfit(partners, projects, partner: int, project: int, role: Role, standing: Standing) -> Barrier:
    """The first rule that one pair breaks, read from the rows one by one."""
    wanted = {number: int(level) for number, level in enumerate(projects.asks[project]) if level}
    main = int(projects.main[project])
    if role is Role.LEAD:
        wanted = {main: max(1, int(projects.asks[project][main]))} if main >= 0 else {}
    has = {number: int(partners.abilities[partner][number]) for number in wanted}
    together, refused = standing.pairs
    answers = [
        (Barrier.CAPABILITY, bool(wanted) and not any(has.values())),
        (Barrier.LEVEL, bool(wanted) and not any(has[number] >= level for number, level in wanted.items())),
        (Barrier.AREA, not partners.serves[partner][projects.area[project]]),
        (Barrier.CAPACITY, partners.capacity[partner] <= 0),
        (Barrier.LEAD_CAPACITY, role is Role.LEAD and partners.leads[partner] <= 0),
        (Barrier.ALREADY_IN, (partner, project) in together),
        (Barrier.DECLINED, (partner, project) in refused),
        (Barrier.LEAD_TAKEN, role is Role.LEAD and projects.led[project]),
        (Barrier.NO_SEAT, role is Role.SUPPORTER and projects.supporters[project] <= 0),
    ]
    return next((barrier for barrier, broken in answers if broken), Barrier.NONE)
