"""How well the partners of the demo data can do what they do, and how much of it at the same time."""

from datetime import datetime
from random import Random

from partners.ability import Ability, Level, Unit

from .town import Town

HOW_MUCH = {  # per capability: the unit, the least and the most
    "haircut": (Unit.PEOPLE, 4, 20),
    "driving": (Unit.PEOPLE, 1, 4),
    "cooking": (Unit.HOUSEHOLDS, 5, 30),
    "appliance": (Unit.HOUSEHOLDS, 2, 12),
    "plumbing": (Unit.HOUSEHOLDS, 1, 6),
    "electrics": (Unit.HOUSEHOLDS, 1, 6),
    "law": (Unit.PEOPLE, 2, 10),
    "nursing": (Unit.PEOPLE, 5, 40),
    "tutoring": (Unit.LESSONS, 1, 8),
    "childcare": (Unit.PEOPLE, 4, 20),
    "singing": (Unit.SESSIONS, 1, 2),
    "dancing": (Unit.SESSIONS, 1, 2),
    "photography": (Unit.SESSIONS, 1, 2),
    "phones": (Unit.PEOPLE, 3, 15),
    "sharpening": (Unit.PIECES, 5, 40),
}
PAPERS = {
    "law": "律师执业证（示例）第 0000{:04} 号",
    "nursing": "护士执业证书（示例）第 0000{:04} 号",
    "electrics": "低压电工作业证（示例）第 0000{:04} 号",
    "massage": "保健按摩师证（示例）第 0000{:04} 号",
    "listening": "心理咨询师证（示例）第 0000{:04} 号",
    "first_aid": "红十字救护员证（示例）第 0000{:04} 号",
}
YEARS = "做了 {} 年，附近街坊都认识。"


def write(town: Town, partner: int, place: int, able, at: datetime) -> None:
    """A row for each skill, or for (skill, what is said of it); most certificates were looked at by the committee."""
    rng = Random(f"{town.seed}:abilities {partner}")
    for skill, told in (one if isinstance(one, tuple) else (one, None) for one in able):
        level = rng.choices(list(Level), (4, 4, 3 if skill in PAPERS else 0))[0]
        facts: dict = {"level": level, "evidence": words(rng, skill, level)}
        if skill in HOW_MUCH and rng.random() < 0.7:
            unit, least, most = HOW_MUCH[skill]
            facts |= {"amount": rng.randint(least, most), "unit": unit}
        if level is Level.CERTIFIED and rng.random() < 0.7:
            facts |= {"certified_on": min(at.date(), town.today), "certified_at_id": place}
        facts = facts if told is None else told
        capability = town.capabilities[skill]
        town.rows.add(Ability, partner_id=partner, capability_id=capability, said_at=at, **facts)


def words(rng: Random, skill: str, level: Level) -> str:
    """What shows it."""
    if level is Level.CERTIFIED:
        return PAPERS[skill].format(rng.randint(1, 9999))
    return YEARS.format(rng.randint(3, 30)) if level is Level.SKILLED else ""
