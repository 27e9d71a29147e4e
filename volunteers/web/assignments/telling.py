"""What the journal, 今天要办 and other pages say of building assignments."""

from datetime import date, datetime, time

from flask import g, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import aliased

from communities import journal
from communities.journal import at_hand
from communities.place import Kind, Place
from kernel import clock, slots, waiting
from kernel.db import db, seen
from kernel.i18n import _, day
from kernel.permits import may
from partners.kind import Kind as PartnerKind
from partners.permits import belongs

from ...assignments import desk, people
from ...assignments.assignment import Assignment
from ...assignments.state import Role, State

SENTENCES = {
    "assignment.claimed": _("%(person)s申请照看 %(building)s（%(care)s）"),
    "assignment.offered": _("社区请%(person)s照看 %(building)s（%(care)s），请在 %(reply_by)s 前答复"),
    "assignment.proposed": _("%(by)s请%(person)s接着照看 %(building)s（%(care)s），请在 %(reply_by)s 前答复"),
    "assignment.yes_of_member": _("%(person)s愿意照看 %(building)s（%(care)s），等社区答复"),
    "assignment.began": _("%(person)s开始照看 %(building)s（%(care)s）"),
    "assignment.declined": _("社区没有同意%(person)s照看 %(building)s（%(care)s），原因写在页面上"),
    "assignment.refused": _("%(person)s这次不接 %(building)s（%(care)s）"),
    "assignment.withdrawn": _("%(person)s照看 %(building)s（%(care)s）的事撤回了"),
    "assignment.lapsed": _("请%(person)s照看 %(building)s（%(care)s），到日子没有答复，邀请不再有效"),
    "assignment.hands_over": _("%(building)s的%(care)s有人接任了，%(person)s再带几天就交接好了"),
    "assignment.stays": _("接任的人不来了，%(person)s接着照看 %(building)s（%(care)s）"),
    "assignment.renewed": _("%(person)s继续照看 %(building)s（%(care)s）"),
    "assignment.ends_soon": _("%(person)s照看 %(building)s（%(care)s）快到期了，还愿意的话请点“继续照看”"),
    "assignment.paused": _("%(person)s这几天不能照看 %(building)s（%(care)s）"),
    "assignment.resumed": _("%(person)s回来照看 %(building)s（%(care)s）了"),
    "assignment.ended": _("%(person)s不再照看 %(building)s（%(care)s）"),
    "assignment_terms.settled": _("%(by)s定了%(place)s包联楼栋的规则"),
    "assignment.listed": _("%(by)s导入了原有的楼栋长名册：%(count)s 人，等本人签字"),
}
EVENING = time(18)
WIDE = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY, Kind.GRID, Kind.COMPOUND)


def buildings(ids: set[int]) -> dict[int, str]:
    """“31小区 3号楼”; what was read for this page is not asked for again."""
    known = {id: place for id, place in at_hand(Place, ids).items() if "parent" in place.__dict__ and place.parent}
    found = {id: f"{place.parent.name} {place.name}" for id, place in known.items()}
    if missing := ids - found.keys():
        compound = aliased(Place)
        rows = select(Place.id, compound.name, Place.name).join(compound, compound.id == Place.parent_id)
        found |= {id: f"{above} {name}" for id, above, name in db.session.execute(rows.where(Place.id.in_(missing)))}
    return found


def answers_due(ids: set[int]) -> dict[int, datetime]:
    """By when somebody who is asked has to know of it: the evening of the day to answer."""
    rows = select(Assignment.id, Assignment.answer_due).where(Assignment.id.in_(ids))
    found = db.session.execute(seen(rows.where(Assignment.state == State.INVITED)))
    return {id: clock.at(due, EVENING) for id, due in found if due is not None}


def address(id: int) -> str:
    """Where an assignment is shown."""
    return url_for("assignments.show", id=id)


def of_place(place) -> str:
    """The way to the grid, and from a building to who looks after it; of a compound to its day, for those who may.

    It asks nothing but of who is 楼栋长 or belongs to a property manager.
    """
    shown = place.kind in WIDE or place.kind is Kind.BUILDING
    today = place.kind in (Kind.COMPOUND, Kind.BUILDING) and may("compound:today", place)
    return render_template("assignments/of_place.html", place=place, Kind=Kind, today=today) if shown else ""


def of_partner(partner) -> str:
    """The day of each compound of a property manager, for its members; one query."""
    if partner.kind is not PartnerKind.PROPERTY_MANAGER or not belongs(g.person, partner):
        return ""
    return render_template("assignments/of_partner.html", compounds=partner.compounds)


def of_me(key) -> str:
    """我照看的楼, on my own page; one query."""
    return render_template("assignments/mine.html", rows=people.of_person(g.person), key=key, back="me")


def set_up() -> None:
    """Tell them."""
    journal.speaks(SENTENCES)
    journal.names("building", buildings)
    journal.names("care", journal.words_of(Role))
    journal.names("reply_by", lambda days: {word: day(date.fromisoformat(word)) for word in days})
    journal.addresses("assignment", address)
    journal.deadlines("assignment", answers_due)
    slots.fill("place.below", of_place)
    slots.fill("partner.below", of_partner)
    slots.fill("me.buildings", of_me)
    for line in (
        waiting.Desk("assignment.claimed", _("有人想照看楼栋"), _("去答复"), desk.claims, address),
        waiting.Desk("assignment.emptied", _("楼栋的位置空着"), _("再请一位"), desk.emptied, address),
        waiting.Desk("assignment.unsigned", _("楼栋长等本人确认"), _("去记签字"), desk.unsigned, address),
        waiting.Desk("assignment.ending", _("包联快到期"), _("问问续不续"), desk.ending, address),
    ):
        waiting.register(line)
