"""The incubator of the demo data: 7 graduated and 3 still raised, what they were given, who of them is a partner."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from communities.consent import Consent
from communities.purpose import Purpose, Way, newest
from communities.working_day import working_days_after
from kernel import clock
from partners.ability import Level
from partners.ability import Unit as Amount
from partners.incubations.branch import Branch
from partners.incubations.incubating import ANSWER_IN, Stage
from partners.incubations.incubation import Incubation
from partners.incubations.milestone import Milestone
from partners.incubations.support import Help, Support, Unit
from partners.kind import Kind
from partners.partner import Stage as PartnerStage

from .community import Community, Taker
from .names import Named, marked
from .organisations import credit_code
from .partners import enter
from .scale import DONGFANG, HUANGHE
from .town import Town


@dataclass(frozen=True)
class Firm:
    """One firm: days ago it applied, graduated and applied as a partner; how many Party members it says it has."""

    name: str
    idea: str
    applied: int
    graduated: int | None = None
    partner: int | None = None
    members: int | None = None
    end: tuple[Stage, int, str] | None = None


FIRMS = (  # ⑤: seven graduated, five of them partners, three are still raised
    Firm("白鹭科技", "上门修小家电，老人一键报修。", 1500, 640, 600, members=3),
    Firm("暖居维修", "老房子的水电小修，先报价再动手。", 1380, 620, 580, members=1),
    Firm("青禾教育", "放学后到家长下班前的托管和作业辅导。", 1260, 600, 560, members=2),
    Firm("乐善养老", "助浴、陪诊、家庭照护培训。", 1140, 580, 540, members=4),
    Firm("同心文创", "老字号和老街故事做成明信片、展板。", 1020, 560, 520),
    Firm("晨光电商", "帮社区商户开网店、做直播带货。", 900, 40, 1),
    Firm("银杏设计", "小店招牌和社区公共空间的设计。", 780, 25),
    Firm("小满餐饮", "低糖低盐的社区食堂菜单。", 300),
    Firm("长河传媒", "拍社区短片，给商户拍菜单。", 180, members=1),
    Firm("红枫软件", "物业报修和缴费的小程序。", 60),
    Firm("春芽烘焙", "给学校和老人食堂供早餐面点。", 2),
    Firm("云端直播", "户外直播带货。", 100, end=(Stage.REFUSED, 93, "直播噪声和周边住户没谈妥，解决了欢迎再申请。")),
    Firm("旧物新生", "旧家电回收翻新。", 800, end=(Stage.LEFT, 500, "创始团队回老家发展。")),
)
PARTNERS = 5
SKILLS = ("appliance", "plumbing", "tutoring", "nursing", "photography")
EGRET = {
    "level": Level.CERTIFIED,
    "evidence": "家用电器维修工证（示例）第 00000001 号，两位师傅都有。",
    "amount": 12,
    "unit": Amount.HOUSEHOLDS,
}
MILESTONES = (("完成工商登记", 60), ("签下第一个客户", 150), ("开出第一家店或上线产品", 270), ("连续三个月不亏", 420))
GIVEN = (
    (Help.DESK, "孵化中心工位", Unit.MONTH, (6, 18)),
    (Help.MENTORING, "财务和报税辅导", Unit.HOUR, (4, 16)),
    (Help.MENTORING, "产品和定价辅导", Unit.HOUR, (4, 16)),
    (Help.INTRODUCTION, "引荐给物业和商户", Unit.TIME, (1, 6)),
    (Help.POLICY, "代办创业补贴申请", Unit.PIECE, (1, 2)),
    (Help.OTHER, "借用党群服务中心办开业活动", Unit.TIME, (1, 2)),
)
DAY = timedelta(days=1)


def register(town: Town) -> None:
    """The firms of 黄河社区, with their partners, ledgers and lines."""
    rng, there = town.rng("incubator"), town.community(HUANGHE)
    for number, firm in enumerate(FIRMS):
        founder = town.cast["zhao"] if number == 0 else town.person(officer_of(firm.name), days=firm.applied)
        partner = become(town, rng, there, firm, number, founder) if firm.partner else None
        if partner and number < PARTNERS:
            town.raised.append(partner)
        raise_firm(town, rng, there, firm, founder, partner)


def officer_of(firm: str) -> Named:
    """The manager of a firm."""
    return Named(marked(f"{firm[0]}经理"), marked(f"{firm[0]}经理"))


def become(town: Town, rng: Random, there: Community, firm: Firm, number: int, founder: int) -> Taker:
    """The partner that a graduate became, or applied to be."""
    stage = PartnerStage.ACTIVE if number < PARTNERS else PartnerStage.APPLIED
    here = town.community(DONGFANG)
    areas = (there.id, here.id) if number == 0 else (there.id, there.subdistrict_id)
    facts = {"about": f"{firm.idea}黄河社区孵化中心的毕业企业，愿意反哺社区。", "credit_code": credit_code(town)}
    facts["incubated_since"] = taken_in(town, firm)
    skill, days = SKILLS[number % len(SKILLS)], firm.partner or 0
    skills: list = [skill if number else (skill, EGRET)]
    kind = Kind.INCUBATED_FIRM
    return enter(town, rng, kind, marked(firm.name), there.id, founder, stage, days, skills, areas, **facts)


def taken_in(town: Town, firm: Firm) -> date:
    """The day on which it was taken in: a week after it asked."""
    return town.today - timedelta(days=firm.applied - 7)


def raise_firm(town: Town, rng: Random, there: Community, firm: Firm, founder: int, partner: Taker | None) -> None:
    """One incubation on its way, with the lines of its steps."""
    applied, since = town.today - timedelta(days=firm.applied), taken_in(town, firm)
    over, ago, reason = firm.end or (None, 0, "")
    raised = over is not Stage.REFUSED and firm.applied > 7
    graduated = town.today - timedelta(days=firm.graduated) if firm.graduated else None
    last = town.today - timedelta(days=ago) if over else None
    waiting = not raised and not over
    stage = over or (Stage.GRADUATED if graduated else Stage.INCUBATING if raised else Stage.APPLIED)
    id = town.rows.add(
        Incubation, place_id=there.id, name=marked(firm.name), idea=firm.idea, founder_id=founder, stage=stage,
        founder_name=town.called[founder], founder_phone=f"100{founder:08}", reason=reason, applied_on=applied,
        answer_due=working_days_after(applied, ANSWER_IN) if waiting else None, since=since if raised else None,
        graduated_on=graduated, refused_on=last if over is Stage.REFUSED else None,
        left_on=last if over is Stage.LEFT else None, partner_id=partner.id if partner else None,
    )  # fmt: skip
    says = Says(town, there, id, founder)
    says(applied, "applied", by=founder)
    if raised:
        says(since, "accepted")
        end = graduated or last or town.today
        give(town, rng, there, says, since, end)
        reach(town, rng, says, since, end, going=stage is Stage.INCUBATING)
    if graduated:
        says(graduated, "graduated")
    if partner:
        applied_as = town.today - timedelta(days=firm.partner or 0)
        says(applied_as, "applied_as_partner", by=founder, partner=partner.id)
    if last:
        says(last, "refused" if over is Stage.REFUSED else "left")
    if firm.members is not None:
        link(town, says, firm.members, since + 90 * DAY)


@dataclass(frozen=True)
class Says:
    """Writes the lines about one incubation."""

    town: Town
    there: Community
    id: int
    founder: int

    def __call__(self, day: date, verb: str, by: int | None = None, **ids) -> None:
        """A line in the afternoon of this day; the founder is told what he did not do himself."""
        at: datetime = min(clock.at(day) + timedelta(hours=15), self.town.now)
        lead = by or self.there.lead_id
        told = [] if lead == self.founder else [self.founder]
        facts = {"place": self.there.id, "incubation": self.id, **ids}
        self.town.note(at, f"incubation.{verb}", "incubation", self.id, by=lead, tell=told, **facts)


def give(town: Town, rng: Random, there: Community, says: Says, since: date, end: date) -> None:
    """Four to six entries of support while it was raised: desks by the community, the rest also by partners."""
    for help, what, unit, (least, most) in rng.sample(GIVEN, rng.randint(4, 6)):
        day = since + timedelta(days=rng.randint(0, max((end - since).days - 1, 0)))
        own = help in (Help.DESK, Help.POLICY) or rng.random() < 0.4
        giver = {"place_id": there.id} if own else {"partner_id": rng.choice(there.takers).id}
        facts = {"help": help, "day": day, "what": what, "quantity": rng.randint(least, most), "unit": unit}
        at = min(clock.at(day) + timedelta(hours=15), town.now)
        support = town.rows.add(Support, incubation_id=says.id, noted_at=at, **giver, **facts)
        says(day, "helped", support=support)


def reach(town: Town, rng: Random, says: Says, since: date, end: date, *, going: bool) -> None:
    """Its milestones: reached a little early or late; of a firm that is still raised the next one is open."""
    for what, after in MILESTONES:
        due = since + timedelta(days=after)
        on = due + timedelta(days=rng.randint(-20, 25))
        done = on <= end
        if not done and not going:
            break
        id = town.rows.add(
            Milestone, incubation_id=says.id, what=what, due=due, reached_on=on if done else None, note=""
        )
        says(since + 7 * DAY, "planned", milestone=id)
        if done:
            says(on, "reached", by=says.founder, milestone=id)
        else:
            break


def link(town: Town, says: Says, members: int, day: date) -> None:
    """Its party branch: a count, as the founder agreed to say."""
    facts = {"purpose": Purpose.BRANCH, "version": newest(Purpose.BRANCH), "way": Way.SCREEN, "since": day}
    at = clock.at(day) + timedelta(hours=15)
    consent = town.rows.add(Consent, person_id=says.founder, asked_by_id=says.founder, at=at, guardian="", **facts)
    town.rows.add(Branch, incubation_id=says.id, members=members, consent_id=consent, since=day)
    says(day, "branch_noted", by=says.founder)
