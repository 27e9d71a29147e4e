"""The projects of the demo data: posted, adopted whole or in part, delivered, closed."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from kernel import clock
from projects.adoption import LIVING, Adoption, State
from projects.part import Part
from projects.project import Project, Stage, project_capability
from projects.standing import GONE

from . import steps
from .community import Community, Taker
from .ideas import Idea, ideas
from .town import Town

STAGES = (Stage.CLOSED, Stage.OPEN, Stage.ADOPTED, Stage.DELIVERED, Stage.DRAFT, Stage.WITHDRAWN)
OFTEN = (34, 31, 22, 5, 5, 3)
AGES = {  # days since it was posted
    Stage.CLOSED: (150, 420),
    Stage.DELIVERED: (80, 130),
    Stage.ADOPTED: (30, 75),
    Stage.OPEN: (1, 28),
    Stage.DRAFT: (1, 9),
    Stage.WITHDRAWN: (40, 200),
}
REASONS = {State.DECLINED: "这个时段已有别的合伙人在做，下次再请您。", State.LEFT: "人手临时抽不开，抱歉。"}
RELEASED = "21 个工作日没有动静，提醒后 5 个工作日仍没有动静，按约定放出。"
VERBS = {State.DECLINED: "adoption.declined", State.LEFT: "adoption.left", State.RELEASED: "adoption.released"}
LASTED = 70  # days
IDLE = timedelta(days=38)  # from the answer to the release


@dataclass(frozen=True)
class Share:
    """What one partner takes on of a part; `ago` is when it asked, in days, where a story says so."""

    taker: Taker
    quantity: int
    state: State
    ago: int | None = None


def post(town: Town) -> None:
    """The projects of each community."""
    for community in town.communities:
        rng = community.rng
        for idea in rng.sample(ideas(), community.quota.projects):
            stage = rng.choices(STAGES, OFTEN)[0]
            parts = [(part, rng.randint(part[2], part[3])) for part in idea.parts]
            shares = [adopted(rng, community.takers, quantity, stage) for _, quantity in parts]
            if stage is Stage.OPEN:
                shares[-1] = []  # something is left to adopt
            if stage is Stage.ADOPTED:
                shares[0] = [replace(share, state=State.RUNNING) for share in shares[0] if share.state in LIVING]
            place, name = community.id, community.stem
            if rng.random() < 0.35:
                place, name = rng.choice(community.compounds)
            days = rng.randint(*AGES[stage])
            write(town, community, idea, name + idea.title, stage, days, parts, shares, place=place)
        town.tick()


def adopted(rng: Random, takers: list[Taker], quantity: int, stage: Stage) -> list[Share]:
    """Who took on how much of a part, at this stage of the project."""
    if stage in (Stage.DRAFT, Stage.WITHDRAWN) or (stage is Stage.OPEN and rng.random() < 0.4):
        return []
    first, second, third = rng.sample(takers, 3)
    whole = quantity < 4 or rng.random() < 0.6
    kept = quantity if whole else rng.randint(1, quantity - 1)
    pieces = [(first, kept)] + ([] if whole else [(second, quantity - kept)])
    states = {
        Stage.OPEN: [State.RUNNING, State.ASKED],
        Stage.ADOPTED: [State.RUNNING, State.RUNNING, State.DELIVERED],
    }.get(stage, [State.DELIVERED])
    shares = [Share(taker, some, rng.choice(states)) for taker, some in pieces]
    if rng.random() < 0.2:
        shares.append(Share(third, rng.randint(1, quantity), rng.choice(list(REASONS))))
    return shares


def write(
    town: Town, community: Community, idea: Idea, title, stage, days, parts, shares, *, place,
    lasted: int = LASTED, looked: int | None = None,
) -> int:  # fmt: skip
    """One project with its parts and adoptions and their lines; `days` ago it was posted.

    It was done `lasted` days later, and closed `looked` days after that, where that is so.
    """
    rng, rows, lead = community.rng, town.rows, community.lead_id
    day = town.today - timedelta(days=days)
    posted = min(clock.at(day) + timedelta(hours=rng.uniform(9, 17.5)), town.now)
    written = posted - timedelta(hours=rng.uniform(1, 60))
    done = day + timedelta(days=min(days - 1, lasted)) if stage in (Stage.DELIVERED, Stage.CLOSED) else None
    closed = min(done + timedelta(days=looked or rng.randint(1, 9)), town.today) if stage is Stage.CLOSED else None
    served = sum(quantity for _, quantity in parts) * 2 if closed else None
    public = stage not in (Stage.DRAFT, Stage.WITHDRAWN)
    id = rows.add(
        Project, place_id=place, category_id=town.categories[idea.category], title=title, about=idea.about,
        provides="社区提供场地、水电和通知，党群服务中心可存放工具。", risk_note=idea.risk, stage=stage,
        starts_on=day + timedelta(days=14), ends_on=day + timedelta(days=75), posted_by_id=lead, written_at=written,
        posted_at=posted if public else None, delivered_on=done, closed_on=closed,
        outcome=idea.outcome if closed else "", people_served=served,
    )  # fmt: skip
    if idea.skill:
        rows.add(project_capability, project_id=id, capability_id=town.capabilities[idea.skill])
    if public:
        town.index("project", id, title, idea.about, idea.outcome if closed else "")
    tell(town, "project.written", written, id, lead, place)
    if public:
        tell(town, "project.published", posted, id, lead, place, public=True, committee=place)
    led = False
    for ((what, unit, _, _, people, times, hours), quantity), taken in zip(parts, shares, strict=True):
        given = sum(share.quantity for share in taken if share.state in LIVING)
        effort = {"people": people, "times": times, "hours": hours, "latest_start": day + timedelta(days=40)}
        part = rows.add(Part, project_id=id, title=what, unit=unit, quantity=quantity, given=given, **effort)
        for share in taken:
            leads, led = not led and share.state in LIVING, led or share.state in LIVING
            adopt(town, community, share, id, part, place, posted, done, leads)
    if done:
        tell(town, "project.delivered", clock.at(done) + timedelta(hours=17.5), id, None, place)
    if closed:
        ended = clock.at(closed) + timedelta(hours=17.8)
        tell(town, "project.concluded", ended, id, lead, place, public=True, committee=place)
    return id


def adopt(
    town: Town, community: Community, share: Share, project, part, place, posted: datetime, done, leads: bool
) -> None:
    """One adoption with the lines of its way."""
    rng, taker, state = community.rng, share.taker, share.state
    since = max(posted, town.now - timedelta(hours=20)) if state is State.ASKED else posted
    asked = since + (town.now - since) * rng.uniform(0.02, 0.15)
    if share.ago is not None:
        asked = max(town.now - timedelta(days=share.ago), posted)
    answered = min(asked + timedelta(hours=rng.uniform(3, 30)), town.now)
    day: date = clock.local(answered).date()
    running = day if state in (State.RUNNING, State.DELIVERED) or state in GONE else None
    delivered = (done or max(day, town.today - timedelta(days=rng.randint(0, 6)))) if state is State.DELIVERED else None
    id = town.rows.add(
        Adoption, project_id=project, part_id=part, partner_id=taker.id, quantity=share.quantity, state=state,
        pledge="我们出人出工具，时间听社区安排。", asked_at=asked, running_since=running, delivered_on=delivered,
        answer_due=town.due(clock.local(asked).date()) if state is State.ASKED else None,
        report="已按约定完成，现场拍照留存。" if delivered else "", leads=leads,
        reason=RELEASED if state is State.RELEASED else REASONS.get(state, ""),
        active_on=steps.last_sign(town, day) if state is State.RUNNING else delivered or day,
    )  # fmt: skip
    ids = {"project": project, "partner": taker.id, "part": part, "quantity": share.quantity, "unit": part}
    facts = {"place": place, **ids}
    lead, theirs = community.lead_id, [taker.manager_id]
    town.note(asked, "adoption.asked", "adoption", id, by=taker.manager_id, tell=[lead], **facts)
    if running:
        town.note(answered, "adoption.accepted", "adoption", id, by=lead, public=True, tell=theirs, **facts)
    if state in VERBS:
        by = lead if state is State.DECLINED else taker.manager_id
        later = answered + (town.now - answered) * 0.2
        if state is State.RELEASED:
            later, by = min(answered + IDLE, town.now), None
        town.note(later, VERBS[state], "adoption", id, by=by, public=by is None, **facts)
    if state is State.RUNNING:
        steps.walk(town, id, day, taker, place=place, project=project)
    if delivered:
        at = max(answered, min(clock.at(delivered) + timedelta(hours=17), town.now))
        town.note(at, "adoption.delivered", "adoption", id, by=taker.manager_id, **facts)


def tell(town: Town, verb: str, at: datetime, project: int, by, place: int, *, public: bool = False, **ids) -> None:
    """A line about a project, not later than now."""
    town.note(min(at, town.now), verb, "project", project, by=by, place=place, public=public, project=project, **ids)
