"""What the journal says of this package: a sentence for each verb, words for its ids, addresses."""

from datetime import UTC, date, datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from communities import journal
from communities.person import Person
from kernel.db import db, seen
from kernel.i18n import _, moment, month

from ..attendances.attendance import Way
from ..attendances.call_back import Answer
from ..duty import Duty
from ..series import DutySeries
from ..shift import Shift
from ..stop import Reason

SENTENCES = {
    "volunteer.joined": _("%(person)s登记成了志愿者"),
    "volunteer.joined_for": _("%(by)s替%(person)s登记成了志愿者"),
    "volunteer.revised": _("%(person)s更新了自己会做的事"),
    "duty.written": _("%(by)s写好了岗位“%(duty)s”"),
    "duty.revised": _("%(by)s改了岗位“%(duty)s”的说明"),
    "duty.moved": _("“%(duty)s”的集合地点改了，去之前请再看一眼"),
    "duty.handed_over": _("“%(duty)s”以后由%(person)s负责"),
    "duty.planned": _("“%(duty)s”新排了 %(shifts)s 场，可以报名了"),
    "standing.revised": _("%(rule)s 是新的固定时间，%(shifts)s 场跟着改了"),
    "standing.kept": _("%(rule)s 是新的固定时间；您已经报好的场次还照原来的时间办，要改会另外告诉您"),
    "standing.ended": _("%(rule)s 以后不再固定办了，没人报名的 %(shifts)s 场取消了"),
    "standing.last_dates": _("%(rule)s 以后不再固定办了；您已经报好的场次照常"),
    "standing.skipped": _("%(rule)s 有 %(shifts)s 场碰上节假日，不办了"),
    "regular.asked": _("%(person)s想固定来 %(rule)s，请答复"),
    "regular.offered": _("请%(person)s固定来 %(rule)s，点“我固定来”才算数"),
    "regular.asked_again": _("%(rule)s 是新的固定时间，想请%(person)s还固定来，点“我固定来”才算数"),
    "regular.held": _("%(person)s以后固定来 %(rule)s"),
    "regular.declined": _("%(person)s固定来 %(rule)s 的事没有谈成"),
    "regular.ended": _("%(person)s以后不再固定来 %(rule)s"),
    "regular.laid": _("%(rule)s 给您报好了 %(shifts)s 场，哪次去不了请说一声"),
    "regular.skipped": _("%(rule)s 有 %(shifts)s 场没给您报上：时间撞了，或者名额先留给新来的人"),
    "stop.called": _("%(place)s因%(why)s停了 %(shifts)s 场活动"),
    "stop.lifted": _("%(place)s停掉的 %(shifts)s 场活动恢复了"),
    "shift.moved": _("%(shift)s 是改过的时间，去之前请再看一眼"),
    "shift.restored": _("%(shift)s 恢复了，照常办"),
    "signup.clashes": _("%(shift)s 改了时间，跟您报的别的活动撞上了；去不了请点“这次去不了”，没有任何影响"),
    "signup.not_restored": _("%(shift)s 恢复了，但您这个时间有了别的安排，没有再给您报上；还想去可以重新报"),
    "shift.resized": _("%(shift)s 的人数改了"),
    "shift.cancelled": _("%(shift)s 取消了，原因写在这一场的页面上"),
    "shift.goes_ahead": _("%(shift)s 人没到齐也照常办，到时候见"),
    "shift.short": _("%(shift)s 还差 %(missing)s 人，办不办请您定一下"),
    "shift.first_yes": _("%(shift)s 空出了名额，时间很近，候补的各位谁先点“我去”就是谁的"),
    "signup.confirmed": _("%(person)s报上了 %(shift)s"),
    "signup.confirmed_for": _("%(by)s替%(person)s报上了 %(shift)s"),
    "signup.pending": _("%(person)s报了 %(shift)s，等负责人确认"),
    "signup.pending_for": _("%(by)s替%(person)s报了 %(shift)s，等负责人确认"),
    "signup.to_confirm": _("%(person)s想来 %(shift)s，请您确认"),
    "signup.turned_down": _("%(person)s这次没排上 %(shift)s，原因写在这一场的页面上"),
    "signup.called_first": _("%(by)s请%(person)s排到 %(shift)s 候补的第一位，写明了原因"),
    "qualification.seen": _("%(by)s看过了%(person)s的“%(capability)s”证件，记下了有效期"),
    "qualification.ended": _("%(by)s撤下了%(person)s的“%(capability)s”证件记录"),
    "signup.waiting": _("%(person)s在候补 %(shift)s，空出名额就通知"),
    "signup.waiting_for": _("%(by)s替%(person)s候补 %(shift)s，空出名额就通知"),
    "signup.offered": _("%(shift)s 空出一个名额，轮到%(person)s了，请在%(until)s前答复"),
    "signup.lapsed": _("%(shift)s 的名额没等到%(person)s的答复，先让给下一位了；还想去可以再候补"),
    "signup.withdrawn": _("%(person)s这次不去 %(shift)s 了"),
    "signup.withdrawn_for": _("%(by)s替%(person)s退了 %(shift)s"),
    "gathering.asked": _("%(person)s想和您一起去 %(shift)s，大家都答应就一起报上"),
    "gathering.agreed": _("%(person)s答应一起去 %(shift)s"),
    "gathering.off": _("%(person)s这次不能一起去 %(shift)s，没有报上；还想去的可以自己报"),
    "swap.offered": _("%(person)s去不了 %(shift)s，想请人替"),
    "swap.agreed": _("%(person)s答应替别人去 %(shift)s，负责人没有意见就换好了"),
    "swap.declined": _("%(person)s这次替不了 %(shift)s"),
    "swap.withdrawn": _("%(shift)s 不换人了，还是原来的人去"),
    "swap.vetoed": _("%(shift)s 这次不换人，原因写在换班的页面上"),
    "swap.done": _("%(shift)s 换好了，%(person)s去"),
    "swap.void": _("%(shift)s 没换成，还是原来的人去，原因写在换班的页面上"),
    "seat.kept": _("“%(partner)s”给自己的成员在 %(shift)s 留了 %(seats)s 个名额"),
    "seat.asked": _("“%(partner)s”请%(person)s去 %(shift)s，点“我去”才算数"),
    "seat.recalled": _("“%(partner)s”不再请%(person)s去 %(shift)s 了"),
    "seat.manned": _("%(person)s答应去 %(shift)s"),
    "seat.declined": _("%(person)s这次去不了 %(shift)s，可以另请一位"),
    "seat.left": _("%(person)s不去 %(shift)s 了，名额还留着，可以另请一位"),
    "seat.returned": _("“%(partner)s”在 %(shift)s 少留一个名额，大家都可以报名"),
    "seat.opened": _("“%(partner)s”在 %(shift)s 留的一个名额没人答应，已经开放给大家报名"),
    "signup.arrived": _("%(person)s到了 %(shift)s（%(way)s）"),
    "signup.corrected": _("%(shift)s：%(person)s到的时间改成了 %(until)s；不对请告诉负责人"),
    "signup.left": _("%(person)s从 %(shift)s 签退了"),
    "signup.closed": _("%(shift)s 结束了，%(person)s的签退按计划的结束时间记好了"),
    "signup.absent": _("%(shift)s 的名单上记着：%(person)s这次没有来。记错了，请告诉负责人，可以改"),
    "signup.walked_in": _("%(by)s把%(person)s加进了 %(shift)s 的名单"),
    "signup.called": _("%(by)s为 %(shift)s 回访了%(person)s：%(answer)s"),
    "shift.list_closed": _("%(shift)s 的名单点完了"),
    "shift.codes_printed": _("%(by)s给 %(shift)s 印了 %(codes)s 张计时码"),
    "shift.call_backs_drawn": _("%(by)s为 %(shift)s 抽了 %(drawn)s 位电话回访"),
    "shift.lead_seen": _("%(by)s看了%(shift)s负责人的电话"),
    "month.printed": _("%(by)s替%(person)s印了%(month)s的安排"),
    "walk_in.asked": _("%(person)s临时来 %(shift)s 帮忙，等负责人点头"),
    "walk_in.declined": _("%(shift)s 这次不缺人了，谢谢您来，下次请先报名"),
}


def titles_of_duties(ids: set[int]) -> dict[int, str]:
    """活动 · 岗位."""
    return {duty.id: duty.title for duty in db.session.scalars(select(Duty).where(Duty.id.in_(ids)))}


def titles_of_shifts(ids: set[int]) -> dict[int, str]:
    """“义剪 · 引导排队”11月28日 周六 07:00."""
    rows = select(Shift.id, Duty.activity, Duty.role, Shift.starts_at).join(Shift.duty).where(Shift.id.in_(ids))
    return {
        id: str(_("“%(title)s”%(when)s", title=" · ".join(filter(None, (activity, role))), when=moment(start)))
        for id, activity, role, start in db.session.execute(rows)
    }


def rules_of_series(ids: set[int]) -> dict[int, str]:
    """“便民服务站 · 值班”每周二 09:00–10:30."""
    rows = select(DutySeries).join(DutySeries.duty).options(contains_eager(DutySeries.duty))
    found = db.session.scalars(rows.where(DutySeries.id.in_(ids)))
    return {row.id: str(_("“%(title)s”%(when)s", title=row.duty.title, when=row.rule)) for row in found}


def forms_of_address(ids: set[int]) -> dict[int, str]:
    """How people want to be called."""
    rows = select(Person.id, Person.called, Person.name).where(Person.id.in_(ids))
    return {id: called or name for id, called, name in db.session.execute(seen(rows))}


def moments(stamps: set[int]) -> dict[int, str]:
    """Seconds since 1970 as a moment in Beijing."""
    return {stamp: moment(datetime.fromtimestamp(stamp, UTC)) for stamp in stamps}


def months(words: set[str]) -> dict[str, str]:
    """“2026-12” as people say it."""
    return {word: month(date.fromisoformat(f"{word}-01")) for word in words}


def set_up() -> None:
    """Tell the journal."""
    journal.speaks(SENTENCES)
    journal.names("duty", titles_of_duties)
    journal.names("shift", titles_of_shifts)
    journal.names("rule", rules_of_series)
    journal.names("why", journal.words_of(Reason))
    journal.names("person", forms_of_address)
    journal.names("by", forms_of_address)
    journal.names("until", moments)
    journal.names("month", months)
    journal.names("way", journal.words_of(Way))
    journal.names("answer", journal.words_of(Answer))
    journal.addresses("duty", lambda id: url_for("duties.show", id=id))
    journal.addresses("shift", lambda id: url_for("shifts.show", id=id))
    journal.addresses("duty_series", lambda id: url_for("standing.show", id=id))
    journal.addresses("standing_place", lambda id: url_for("standing_places.show", id=id))
    journal.addresses("stop", lambda id: url_for("stops.show", id=id))
    journal.addresses("pledged_seat", lambda id: url_for("seats.show", id=id))
    journal.addresses("gathering", lambda id: url_for("gatherings.show", id=id))
    journal.addresses("swap", lambda id: url_for("swaps.show", id=id))
    journal.addresses("qualification", lambda id: url_for("profile.show"))
    journal.addresses("signup", lambda id: url_for("signups.show", id=id))
    journal.addresses("walk_in", lambda id: url_for("walk_ins.show", id=id))
