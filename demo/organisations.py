"""What the partners of each kind are like: their names, their words about themselves, what they can do."""

from datetime import timedelta

from partners.credit_code import check_character
from partners.kind import Kind
from partners.partner import Partner

from . import names
from .community import Community
from .names import marked
from .town import Town

USUALLY = {  # how many of a kind a community has, on average
    Kind.FIRM: 5.0,
    Kind.PROPERTY_MANAGER: 1.5,
    Kind.HOMEOWNERS: 1.3,
    Kind.INTERIM_PROPERTY: 0.5,
    Kind.SOCIAL_ORGANISATION: 1.5,
    Kind.TEAM: 2.0,
    Kind.INSTITUTION: 2.0,
    Kind.RESIDENT_GROUP: 2.3,
    Kind.RESIDENT: 2.5,
}
TITLES = {
    Kind.HOMEOWNERS: "主任",
    Kind.INTERIM_PROPERTY: "主任",
    Kind.SOCIAL_ORGANISATION: "社工",
    Kind.TEAM: "队长",
    Kind.INSTITUTION: "主任",
    Kind.RESIDENT_GROUP: "队长",
}
SKILLED = {
    Kind.FIRM: "appliance haircut plumbing electrics law cooking photography massage".split(),
    Kind.PROPERTY_MANAGER: "plumbing electrics carpentry".split(),
    Kind.SOCIAL_ORGANISATION: "listening tutoring childcare mediation".split(),
    Kind.TEAM: "haircut mediation driving cooking".split(),
    Kind.INSTITUTION: "nursing first_aid tutoring calligraphy".split(),
    Kind.RESIDENT_GROUP: "singing dancing calligraphy photography".split(),
    Kind.RESIDENT: "sharpening sewing carpentry phones".split(),
}
ABOUT = {
    Kind.FIRM: "在社区开店多年，愿意拿出时间和手艺为街坊做点事。",
    Kind.PROPERTY_MANAGER: "管理本社区的小区，可以出人、出工具、出场地。",
    Kind.HOMEOWNERS: "代表本小区业主，参与小区的议事和共建。",
    Kind.INTERIM_PROPERTY: "老旧小区临时管理组织，负责日常维护和联络。",
    Kind.SOCIAL_ORGANISATION: "登记的社会组织，有社工，可以长期做项目。",
    Kind.TEAM: "退休党员和热心居民组成的志愿服务队。",
    Kind.INSTITUTION: "就在社区里的单位，可以出场地、出专业人员。",
    Kind.RESIDENT_GROUP: "居民自己组织的团体，逢年过节愿意演出、教学。",
    Kind.RESIDENT: "有一门手艺的居民，空闲时帮邻居的忙。",
}


def names_for(community: Community, kind: Kind, count: int) -> list[str]:
    """So many names for partners of this kind, all different in the community."""
    rng, stem = community.rng, community.stem
    words = rng.sample(names.WORDS.split(), count)
    if kind is Kind.RESIDENT:
        return [names.person(rng, old=True).name for _ in range(count)]
    if kind in (Kind.HOMEOWNERS, Kind.INTERIM_PROPERTY):
        word = "业委会" if kind is Kind.HOMEOWNERS else "物管会"
        return [marked(f"{name}{word}") for _, name in rng.sample(community.compounds, count)]
    if kind is Kind.INSTITUTION:
        return [marked(stem + body) for body in rng.sample(names.BODIES.split(), count)]
    if kind is Kind.RESIDENT_GROUP:
        return [marked(stem + group) for group in rng.sample(names.GROUPS.split(), count)]
    if kind is Kind.PROPERTY_MANAGER:
        return [marked(f"{word}物业{stem}服务处") for word in words]
    if kind is Kind.TEAM:
        return [marked(f"{stem}{word}志愿服务队") for word in words]
    ends = names.TRADES if kind is Kind.FIRM else names.ORGANISATIONS
    return [marked(f"{stem}{word}{rng.choice(ends.split())}") for word in words]


def facts_of(town: Town, community: Community, kind: Kind, name: str, number: int) -> dict:
    """What this kind has to say of itself."""
    rng = community.rng
    if kind in (Kind.HOMEOWNERS, Kind.INTERIM_PROPERTY):
        named = name.removesuffix(names.MARK).removesuffix("业委会").removesuffix("物管会")
        return {
            "compounds": [id for id, compound in community.compounds if compound == named],
            "filing_number": f"示例备字〔{town.today.year - 1}〕{rng.randint(1, 99):02}号",
            "term_until": town.today + timedelta(days=rng.randint(30, 1200)),
        }
    if kind in (Kind.TEAM, Kind.RESIDENT_GROUP):
        return {"members_count": rng.randint(8, 60), "consenting_id": community.id}
    if kind is Kind.RESIDENT:
        return {"skills": "小修小补，磨刀缝补。"}
    facts: dict = {"credit_code": credit_code(town, "52" if kind is Kind.SOCIAL_ORGANISATION else "91")}
    facts["address"] = f"{community.stem}示例路{town.rows.next(Partner) % 200 + 1}号"
    if kind is Kind.PROPERTY_MANAGER:
        facts["compounds"] = [community.compounds[number % len(community.compounds)][0]]
    return facts


def credit_code(town: Town, registered: str = "91") -> str:
    """A well-formed code of the region 000000, which does not exist."""
    body = f"{registered}000000{town.rows.next(Partner):09}"
    return body + check_character(body)
