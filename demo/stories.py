"""What the demo data tell of partners: a repair project, and what raised firms gave back; days count from the load."""

from datetime import timedelta

from kernel import clock
from partners.kind import Kind
from partners.partner import Stage
from projects.adoption import Adoption, State
from projects.evaluation import Evaluation, Word
from projects.in_kind import InKind
from projects.part import Part
from projects.project import Stage as ProjectStage

from . import drawings, steps
from .community import Community, Taker
from .ideas import Idea, ideas
from .names import marked
from .partners import enter
from .projects import Share, write
from .scale import DONGFANG, HUANGHE
from .town import Town

FINISHED = (  # firm, days ago, idea, people × times × hours: 118 together; yuan in kind: 46,800 together
    (0, 380, "楼道照明更换", (4, 3, 2), (9_600, "节能灯具和声控开关", "96 套，每套进价 100 元")),
    (1, 330, "小广告清理和楼道美化", (5, 2, 2), (7_200, "涂料和工具", "按进货单")),
    (2, 290, "暑期四点半课堂", (2, 6, 2), (6_000, "教室和教具", "对外每课时 500 元，用了 12 课时")),
    (3, 250, "周末义诊", (5, 2, 2), (12_000, "检查试纸和药箱", "按进货单")),
    (4, 210, "社区春晚", (3, 3, 2), (4_800, "舞台背景和音响", "对外每天 1,600 元，用了 3 天")),
    (1, 170, "居家适老化小改造", (2, 3, 2), (7_200, "扶手和防滑垫", "24 户，每户材料 300 元")),
)

SAID = (
    (Word.GREAT, "准点，收尾干净，居民都说好。", "谢谢，下次还来。"),
    (Word.GOOD, "活做得细，能提前一天通知就更好了。", ""),
    (Word.BETTER, "开始晚了一周，后来补上了。", "那周人手不够，下次先把人排好。"),
)


def register(town: Town) -> None:
    """The team of 东方, and a resident who waits for an answer."""
    here = town.community(DONGFANG)
    about = "退休党员和热心居民的志愿服务队：卫生、便民、调解、巡查、义剪。"
    facts = {"about": about, "members_count": 42}
    manager = here.volunteers[-1].id
    team = enter(town, here.rng, Kind.TEAM, marked("红管家·邻里情"), here.id, manager, days=800, **facts)
    here.takers.append(team)
    facts = {"about": "磨刀、修伞、换锁芯，手艺四十年。", "skills": "磨刀修伞"}
    name, zhou = marked("周师傅磨刀"), town.cast["zhou"]
    enter(town, here.rng, Kind.RESIDENT, name, here.id, zhou, Stage.APPLIED, 1, ["sharpening"], **facts)


def idea(title: str) -> Idea:
    """The idea with this title."""
    return next(idea for idea in ideas() if idea.title == title)


def post(town: Town) -> None:
    """③ 43 households at the centre, by two partners, and 20 at home; ⑤ nine adoptions: six finished, one released."""
    here, there = town.community(DONGFANG), town.community(HUANGHE)
    egret = town.raised[0]
    repair = idea("老人家电义修")
    parts = [(repair.parts[0], 43), (repair.parts[1], 20)]
    team = here.takers[-1]
    both = [Share(egret, 33, State.RUNNING, ago=22), Share(team, 10, State.RUNNING, ago=20)]
    title, place = "31小区老人家电义修", here.compound_31
    town.repair = write(town, here, repair, title, ProjectStage.OPEN, 25, parts, [both, []], place=place)
    mending = town.rows.last[Adoption.__table__] - 1
    since = town.today - timedelta(days=19)
    steps.late(town, mending, "备齐 33 户的配件", 2, since, egret, place=place, project=town.repair)
    for firm, ago, title, (people, times, hours), given in FINISHED:
        done = idea(title)
        what, unit, least, most, *_ = done.parts[0]
        part = (what, unit, least, most, people, times, hours)
        share = Share(town.raised[firm], least, State.DELIVERED)
        title, closed, parts = f"黄河孵化中心·{title}", ProjectStage.CLOSED, [(part, least)]
        project = write(town, there, done, title, closed, ago, parts, [[share]], place=there.id)
        value(town, there, project, share.taker, ago, *given)
        judge(town, there, project, share, ago)
        drawings.hang(town, there, project, share.taker, done.title, ago)
    one(town, there, "口袋花园认养", 40, [Share(town.raised[3], 6, State.RUNNING)], 6)
    left, taken = Share(town.raised[2], 8, State.RELEASED, ago=58), Share(there.takers[0], 8, State.RUNNING, ago=12)
    one(town, there, "手机课堂", 60, [left, taken], 8)
    asked = Share(here.takers[0], 4, State.ASKED)
    one(town, here, "手机课堂", 6, [asked], 12, ProjectStage.OPEN)


def value(town: Town, community: Community, project: int, taker: Taker, ago: int, yuan: int, what, basis) -> None:
    """What came with the adoption that was just written, noted a week after its project was posted."""
    adoption = town.rows.last[Adoption.__table__]
    at = clock.at(town.today - timedelta(days=ago - 7)) + timedelta(hours=16)
    id = town.rows.add(InKind, adoption_id=adoption, what=what, yuan=yuan, basis=basis, noted_at=at)
    ids = {"in_kind": id, "yuan": yuan, "project": project, "partner": taker.id}
    town.note(at, "in_kind.noted", "adoption", adoption, by=taker.manager_id, place=community.id, **ids)


def judge(town: Town, community: Community, project: int, share: Share, ago: int) -> None:
    """What the community said of the adoption that was just written, and sometimes the answer."""
    adoption, part = town.rows.last[Adoption.__table__], town.rows.last[Part.__table__]
    word, sentence, reply = SAID[adoption % len(SAID)]
    at = clock.at(town.today - timedelta(days=ago - 95)) + timedelta(hours=10)
    replied = at + timedelta(days=1) if reply else None
    facts = {"word": word, "sentence": sentence, "at": at, "reply": reply, "replied_at": replied}
    town.rows.add(Evaluation, adoption_id=adoption, **facts)
    ids = {"project": project, "partner": share.taker.id, "part": part, "quantity": share.quantity, "unit": part}
    where = {"place": community.id, **ids}
    told = [share.taker.manager_id] if share.taker.manager_id else []
    town.note(at, "evaluation.given", "adoption", adoption, by=community.lead_id, tell=told, **where)
    if replied:
        town.note(replied, "evaluation.answered", "adoption", adoption, by=share.taker.manager_id, **where)


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
