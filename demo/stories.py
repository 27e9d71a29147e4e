"""What the demo data tell of partners: an incubator and a repair project; days are counted from the load."""

from datetime import timedelta

from partners.ability import Level, Unit
from partners.kind import Kind
from partners.partner import Stage
from projects.adoption import State
from projects.project import Stage as ProjectStage

from .community import Community
from .ideas import Idea, ideas
from .names import Named, marked
from .organisations import credit_code
from .partners import enter
from .projects import Share, write
from .scale import DONGFANG, HUANGHE
from .town import Town

RAISED = ("白鹭科技", "暖居维修", "青禾教育", "乐善养老", "同心文创")  # ⑤: five raised firms are partners
GRADUATED = ("晨光电商", "银杏设计")
INCUBATING = ("小满餐饮", "长河传媒", "红枫软件")
NOT_YET = "还在孵化期，毕业以后欢迎再申请。"
SKILLS = ("appliance", "plumbing", "tutoring", "nursing", "photography")
EGRET = {
    "level": Level.CERTIFIED,
    "evidence": "家用电器维修工证（示例）第 00000001 号，两位师傅都有。",
    "amount": 12,
    "unit": Unit.HOUSEHOLDS,
}
FINISHED = (  # firm, days ago, idea, people × times × hours: 118 together
    (0, 380, "楼道照明更换", (4, 3, 2)),
    (1, 330, "小广告清理和楼道美化", (5, 2, 2)),
    (2, 290, "暑期四点半课堂", (2, 6, 2)),
    (3, 250, "周末义诊", (5, 2, 2)),
    (4, 210, "社区春晚", (3, 3, 2)),
    (1, 170, "居家适老化小改造", (2, 3, 2)),
)


def register(town: Town) -> None:
    """The incubator's ten firms, the team of 东方, and a resident who waits for an answer."""
    here, there = town.community(DONGFANG), town.community(HUANGHE)
    for number, name in enumerate(RAISED + GRADUATED + INCUBATING):
        rng = there.rng
        stage = Stage.ACTIVE if name in RAISED else Stage.APPLIED if name in GRADUATED else Stage.REFUSED
        manager = town.cast["zhao"] if number == 0 else town.person(officer_of(name))
        facts = {
            "about": "黄河社区孵化中心的企业，愿意反哺社区。",
            "incubated_since": town.today - timedelta(days=1500 - 120 * number),
        }
        facts |= {"reason": NOT_YET if stage is Stage.REFUSED else "", "credit_code": credit_code(town)}
        skills: list = [(SKILLS[0], EGRET)] if number == 0 else [SKILLS[number % len(SKILLS)]]
        ago = {Stage.ACTIVE: 600 - 20 * number, Stage.APPLIED: 1, Stage.REFUSED: 60}[stage]
        areas = (there.id, here.id) if number == 0 else (there.id, there.subdistrict_id)
        firm = enter(
            town, rng, Kind.INCUBATED_FIRM, marked(name), there.id, manager, stage, ago, skills, areas, **facts
        )
        if stage is Stage.ACTIVE:
            town.raised.append(firm)
    about = "退休党员和热心居民的志愿服务队：卫生、便民、调解、巡查、义剪。"
    facts = {"about": about, "members_count": 42}
    manager = here.volunteers[-1].id
    team = enter(town, here.rng, Kind.TEAM, marked("红管家·邻里情"), here.id, manager, days=800, **facts)
    here.takers.append(team)
    facts = {"about": "磨刀、修伞、换锁芯，手艺四十年。", "skills": "磨刀修伞"}
    name, zhou = marked("周师傅磨刀"), town.cast["zhou"]
    enter(town, here.rng, Kind.RESIDENT, name, here.id, zhou, Stage.APPLIED, 1, ["sharpening"], **facts)


def officer_of(firm: str) -> Named:
    """The manager of a firm."""
    return Named(marked(f"{firm[0]}经理"), marked(f"{firm[0]}经理"))


def idea(title: str) -> Idea:
    """The idea with this title."""
    return next(idea for idea in ideas() if idea.title == title)


def post(town: Town) -> None:
    """③ 43 households at the centre and 20 at home; ⑤ nine adoptions: six finished, two running, one taken over."""
    here, there = town.community(DONGFANG), town.community(HUANGHE)
    egret = town.raised[0]
    repair = idea("老人家电义修")
    parts = [(repair.parts[0], 43), (repair.parts[1], 20)]
    running = Share(egret, 43, State.RUNNING)
    title, shares, place = "31小区老人家电义修", [[running], []], here.compound_31
    town.repair = write(town, here, repair, title, ProjectStage.OPEN, 25, parts, shares, place=place)
    for firm, ago, title, (people, times, hours) in FINISHED:
        done = idea(title)
        what, unit, least, most, *_ = done.parts[0]
        part = (what, unit, least, most, people, times, hours)
        share = Share(town.raised[firm], least, State.DELIVERED)
        title, closed, parts = f"黄河孵化中心·{title}", ProjectStage.CLOSED, [(part, least)]
        write(town, there, done, title, closed, ago, parts, [[share]], place=there.id)
    one(town, there, "口袋花园认养", 40, [Share(town.raised[3], 6, State.RUNNING)], 6)
    left, taken = Share(town.raised[2], 8, State.LEFT), Share(there.takers[0], 8, State.RUNNING)
    one(town, there, "手机课堂", 60, [left, taken], 8)
    asked = Share(here.takers[0], 4, State.ASKED)
    one(town, here, "手机课堂", 6, [asked], 12, ProjectStage.OPEN)


def one(
    town: Town,
    community: Community,
    title: str,
    ago: int,
    shares: list[Share],
    quantity: int,
    stage=ProjectStage.ADOPTED,
) -> None:
    """A project of one part."""
    what = idea(title)
    parts = [(what.parts[0], quantity)]
    write(town, community, what, f"{community.stem}邻里·{title}", stage, ago, parts, [shares], place=community.id)
