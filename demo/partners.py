"""The partners of the demo data: of every kind in every community, and the departments."""

from datetime import timedelta
from random import Random

from kernel import clock
from partners.alike import key_of
from partners.kind import Kind
from partners.member import Member, Role
from partners.partner import Partner, Stage, partner_area, partner_compound, partner_function

from . import abilities, departments, names, years
from .community import Community, Taker
from .names import marked
from .organisations import ABOUT, SKILLED, TITLES, USUALLY, facts_of, names_for
from .town import Town

STAGES = (Stage.ACTIVE, Stage.APPLIED, Stage.SUSPENDED, Stage.REFUSED, Stage.ENDED, Stage.LAPSED)
OFTEN = (90, 4, 2, 1, 2, 1)
REASONS = {
    Stage.SUSPENDED: "店面装修，三个月后恢复。",
    Stage.REFUSED: "备案材料还缺一份，补齐后欢迎再申请。",
    Stage.ENDED: "已搬离本区。",
}


def register(town: Town) -> None:
    """All departments, then the partners of each community."""
    rng = town.rng("departments")
    for district, _ in town.districts:
        bodies = departments.of_the_district()
        for name, above in town.subdistricts.values():
            if above == district:
                bodies += departments.of_a_subdistrict(name)
        for name, category in bodies:
            manager = town.cast.pop(name, None) or town.person(names.officer(rng, "科长"))
            facts = {"about": "职能部门，请办事项按职能受理。", "functions": functions(town, category, rng)}
            enter(town, rng, Kind.DEPARTMENT, marked(name), district, manager, days=rng.randint(200, 700), **facts)
    for community in town.communities:
        for kind, usual in USUALLY.items():
            count = int(usual) + (community.rng.random() < usual % 1)
            for number, name in enumerate(names_for(community, kind, count)):
                some(town, community, kind, name, number)
        town.tick()


def functions(town: Town, category: str, rng: Random) -> list[int]:
    """What a department is there for: its own class of business, and for some another one."""
    more = [rng.choice(sorted(town.categories.values()))] if rng.random() < 0.3 else []
    return sorted({town.categories[category], *more})


def some(town: Town, community: Community, kind: Kind, name: str, number: int) -> None:
    """A partner of a community, at some point of its way."""
    rng = community.rng
    stage = rng.choices(STAGES, OFTEN)[0]
    days = rng.randint(0, 1) if stage is Stage.APPLIED else rng.randint(40, 900)
    resident = kind is Kind.RESIDENT
    manager = town.person(
        names.Named(name, name) if resident else names.officer(rng, TITLES.get(kind, "经理")), days=days
    )
    facts = {"about": f"{ABOUT[kind]}（演示数据）"} | facts_of(town, community, kind, name, number)
    skills = rng.sample(SKILLED[kind], rng.choice((1, 1, 2))) if kind in SKILLED else []
    area = community.id if rng.random() < 0.7 else community.subdistrict_id
    taker = enter(town, rng, kind, name, community.id, manager, stage, days, skills, (area,), **facts)
    if stage is Stage.ACTIVE:
        community.takers.append(taker)


def enter(
    town: Town, rng: Random, kind, name, place, manager, stage=Stage.ACTIVE, days=400, able=(), areas=(), **facts
) -> Taker:
    """A partner in the register, as if it had applied so many days ago, with its lines in the journal."""
    day = town.today - timedelta(days=days)
    applied = min(clock.at(day) + timedelta(hours=rng.uniform(9, 17)), town.now)
    verified = applied + timedelta(hours=rng.uniform(20, 44))
    known = stage not in (Stage.APPLIED, Stage.REFUSED)
    facts |= {
        "answer_due": town.due(day) if stage is Stage.APPLIED else None,
        "active_since": clock.local(verified).date() if known else None,
        "reason": facts.get("reason") or REASONS.get(stage, ""),
    }
    facts |= {"contact_name": town.called[manager], "contact_phone": f"100{manager:08}"}
    compounds, functions = facts.pop("compounds", ()), facts.pop("functions", ())
    facts |= {"name_key": key_of(name), "address_key": key_of(facts.get("address", ""))}
    facts |= years.facts(town, stage, verified, facts.get("term_until"))
    id = town.rows.add(Partner, kind=kind, name=name, place_id=place, stage=stage, applied_at=applied, **facts)
    for area in areas or compounds or (place,):
        town.rows.add(partner_area, partner_id=id, place_id=area)
    for compound in compounds:
        town.rows.add(partner_compound, partner_id=id, place_id=compound)
    for category in functions:
        town.rows.add(partner_function, partner_id=id, category_id=category)
    abilities.write(town, id, place, able, applied)
    years.write(town, id, place, manager, stage, verified, facts["verified_until"])
    until = town.today - timedelta(days=days // 3) if stage is Stage.ENDED else None
    town.rows.add(Member, partner_id=id, person_id=manager, role=Role.MANAGER, since=day, until=until)
    by = town.lead_of(place)
    town.note(applied, "partner.applied", "partner", id, by=manager, place=place, partner=id)
    if known:
        town.note(verified, "partner.verified", "partner", id, by=by, place=place, public=True, partner=id)
        town.index("partner", id, name, facts["about"])
    elif stage is Stage.REFUSED:
        town.note(verified, "partner.refused", "partner", id, by=by, place=place, partner=id)
    return Taker(id, manager, kind, name)
