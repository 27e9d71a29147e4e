"""The agreements of the demo data: some in every community, in all states; those of the stories with their paper."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random

from communities.office import Office
from kernel import clock
from kernel.scan import Kind
from kernel.stored_file import StoredFile
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from partners.agreements.reminding import DAYS

from .community import Community, Taker
from .names import marked
from .paper import pdf
from .scale import DONGFANG, HUANGHE
from .town import Town

SUBJECTS = (
    ("社区共建合作协议", "社区提供场地和通知，合伙人按季度报活动安排，做了什么记在项目里。"),
    ("便民服务合作协议", "每月至少一次进小区便民服务，免费或不高于约定的价，价目贴在现场。"),
    ("结对帮扶协议", "结对独居和高龄老人，节前走访，缺什么由社区对接。"),
    ("志愿服务合作协议", "组织员工和成员报名志愿服务，服务前由社区说明风险、办好保险。"),
    ("资源共享协议", "会议室、停车位等在约定的时段免费给社区用，用完恢复原样。"),
)
OUTSIDE = ("某三甲医院", "某高校志愿者协会", "某律师事务所公益部")
TERMS = (365, 365, 730, 1095)
WHY_ENDED = "经营地点搬离本区，双方商定提前终止。"


def sign(town: Town) -> None:
    """Two to four agreements of each community, then those that the stories tell of."""
    for community in town.communities:
        rng = town.rng(f"agreements {community.code}")
        takers = rng.sample(community.takers, min(len(community.takers), rng.randint(2, 4)))
        for taker, subject in zip(takers, rng.sample(SUBJECTS, len(takers)), strict=True):
            some(town, rng, community, taker, subject)
    stories(town)


def some(town: Town, rng: Random, community: Community, taker: Taker, subject) -> None:
    """An agreement with one partner, at some point of its term; every fourth has been renewed."""
    title, scope = f"{community.stem}{subject[0]}", subject[1]
    length = rng.choice(TERMS)
    signed = town.today - timedelta(days=rng.randint(20, 1000))
    outside = marked(rng.choice(OUTSIDE)) if rng.random() < 0.2 else ""
    until = signed + timedelta(days=length - 1)
    ended = town.today - timedelta(days=rng.randint(5, 15)) if rng.random() < 0.06 and until > town.today else None
    first = keep(town, community, [taker], title, scope, signed, until, outside=outside, ended=ended)
    if until < town.today + timedelta(days=20) and rng.random() < 0.7 and not ended:
        again = min(until - timedelta(days=rng.randint(1, 15)), town.today)
        since, last = until + timedelta(days=1), until + timedelta(days=length)
        keep(town, community, [taker], f"{title}（续签）", scope, again, last, since, outside=outside, renews=first)


def stories(town: Town) -> None:
    """② and ⑤: the raised firm's repairs end in four weeks, the team's agreement was renewed, the incubator has one."""
    here, there, today = town.community(DONGFANG), town.community(HUANGHE), town.today
    egret, team = town.raised[0], here.takers[-1]
    title, scope = "家电便民服务合作协议", "每月两次进小区修小家电，零件按进价，工时免费；31小区老人上门。"
    first = today - timedelta(days=338)
    keep(town, here, [egret], title, scope, first, today + timedelta(days=26), paper=True)
    old = today - timedelta(days=760)
    title, scope = "红管家志愿服务协议", "卫生、便民、调解、巡查、义剪五类服务，队伍自己排班，社区办保险、供马甲。"
    before = keep(town, here, [team], title, scope, old, today - timedelta(days=31), paper=True)
    since = today - timedelta(days=30)
    last = since + timedelta(days=729)
    keep(
        town, here, [team], f"{title}（续签）", scope, since - timedelta(days=6), last, since, renews=before, paper=True
    )
    title, scope = "创业孵化共建协议", "孵化中心出工位和导师，毕业企业每年认领至少一个公益项目。"
    university = marked("某高校创业学院")
    keep(town, there, town.raised[:3], title, scope, first, None, outside=university, paper=True)


def keep(
    town: Town,
    community: Community,
    takers: list[Taker],
    title: str,
    scope: str,
    signed: date,
    until: date | None,
    since: date | None = None,
    *,
    outside: str = "",
    ended: date | None = None,
    renews: int | None = None,
    paper: bool = False,
) -> int:
    """One agreement with its parties, its paper, and its lines in the journal; the office kept it a day later."""
    recorded = min(clock.at(signed + timedelta(days=1)) + timedelta(hours=10), town.now)
    step, told = reminder(town, until) if not ended else (None, None)
    id = town.rows.add(
        Agreement, place_id=community.id, title=title, scope=scope, signed_on=signed, since=since or signed,
        until=until, ended_on=ended, reason=WHY_ENDED if ended else "", renews_id=renews, recorded_at=recorded,
        reminded_days=step, reminded_at=told, file_id=scanned(town, title, signed, recorded) if paper else None,
    )  # fmt: skip
    for taker in takers:
        town.rows.add(Party, agreement_id=id, partner_id=taker.id, outside="")
    town.rows.add(Party, agreement_id=id, place_id=community.id, office=Office.COMMITTEE, outside="")
    if outside:
        town.rows.add(Party, agreement_id=id, outside=outside)
    facts = {"place": community.id, "agreement": id}
    verb, by = "agreement.renewed" if renews else "agreement.recorded", community.lead_id
    town.note(recorded, verb, "agreement", id, by=by, **facts)
    if ended:
        town.note(clock.at(ended) + timedelta(hours=11), "agreement.ended", "agreement", id, by=by, **facts)
    if told and until:
        people = [by, *(taker.manager_id for taker in takers if taker.manager_id)]
        left = (until - clock.local(told).date()).days
        town.note(told, "agreement.ending", "agreement", id, by=None, tell=people, days=left, **facts)
    return id


def reminder(town: Town, until: date | None) -> tuple[int | None, datetime | None]:
    """The last reminder that was due, and when it went out."""
    if until is None or until < town.today:
        return None, None
    due = [days for days in DAYS if until - timedelta(days=days) <= town.today]
    if not due:
        return None, None
    return due[-1], min(clock.at(until - timedelta(days=due[-1])) + timedelta(hours=8), town.now)


def scanned(town: Town, title: str, signed: date, at: datetime) -> int:
    """Its paper: a sheet with the title and the day."""
    data = pdf(marked(title), f"签订日期：{signed}", "本页为演示数据，各方均为虚构。")
    digest = sha256(data).hexdigest()
    facts = {"name": f"{title}.pdf", "kind": Kind.PDF, "size": len(data), "sha256": digest, "payload": data}
    return town.rows.add(StoredFile, at=at, **facts)
