"""What the journal says of this package: a sentence for each verb, words for its ids, addresses."""

from datetime import UTC, datetime

from flask import url_for
from sqlalchemy import select

from communities import journal
from communities.person import Person
from kernel.db import db, seen
from kernel.i18n import _, moment

from ..attendances.attendance import Way
from ..duty import Duty
from ..shift import Shift

SENTENCES = {
    "volunteer.joined": _("%(person)s登记成了志愿者"),
    "volunteer.revised": _("%(person)s更新了自己会做的事"),
    "duty.written": _("%(by)s写好了岗位“%(duty)s”"),
    "duty.revised": _("%(by)s改了岗位“%(duty)s”的说明"),
    "duty.moved": _("“%(duty)s”的集合地点改了，去之前请再看一眼"),
    "duty.handed_over": _("“%(duty)s”以后由%(person)s负责"),
    "duty.planned": _("“%(duty)s”新排了 %(shifts)s 场，可以报名了"),
    "shift.resized": _("%(shift)s 的人数改了"),
    "shift.cancelled": _("%(shift)s 取消了，原因写在这一场的页面上"),
    "shift.first_yes": _("%(shift)s 空出了名额，时间很近，候补的各位谁先点“我去”就是谁的"),
    "signup.confirmed": _("%(person)s报上了 %(shift)s"),
    "signup.waiting": _("%(person)s在候补 %(shift)s，空出名额就通知"),
    "signup.offered": _("%(shift)s 空出一个名额，轮到%(person)s了，请在%(until)s前答复"),
    "signup.lapsed": _("%(shift)s 的名额没等到%(person)s的答复，先让给下一位了；还想去可以再候补"),
    "signup.withdrawn": _("%(person)s这次不去 %(shift)s 了"),
    "signup.arrived": _("%(person)s到了 %(shift)s（%(way)s）"),
    "signup.left": _("%(person)s从 %(shift)s 签退了"),
    "signup.closed": _("%(shift)s 结束了，%(person)s的签退按计划的结束时间记好了"),
    "signup.absent": _("%(shift)s 的名单上记着：%(person)s这次没有来。记错了，请告诉负责人，可以改"),
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


def forms_of_address(ids: set[int]) -> dict[int, str]:
    """How people want to be called."""
    rows = select(Person.id, Person.called, Person.name).where(Person.id.in_(ids))
    return {id: called or name for id, called, name in db.session.execute(seen(rows))}


def moments(stamps: set[int]) -> dict[int, str]:
    """Seconds since 1970 as a moment in Beijing."""
    return {stamp: moment(datetime.fromtimestamp(stamp, UTC)) for stamp in stamps}


def set_up() -> None:
    """Tell the journal."""
    journal.speaks(SENTENCES)
    journal.names("duty", titles_of_duties)
    journal.names("shift", titles_of_shifts)
    journal.names("person", forms_of_address)
    journal.names("by", forms_of_address)
    journal.names("until", moments)
    journal.names("way", journal.words_of(Way))
    journal.addresses("duty", lambda id: url_for("duties.show", id=id))
    journal.addresses("shift", lambda id: url_for("shifts.show", id=id))
    journal.addresses("signup", lambda id: url_for("signups.show", id=id))
