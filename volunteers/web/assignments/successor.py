"""A holder asks somebody to take his place over: by phone number, or out of the team for which he comes."""

from flask import g, request
from sqlalchemy import select

from communities.attempt import Attempt
from communities.person import Person
from kernel.db import db, seen
from kernel.fields import Form, Phone, Pick
from kernel.i18n import _, day
from kernel.request import permit, say
from kernel.work import Refusal
from partners.member import Member

from ...assignments import succession
from ...assignments.assignment import Assignment
from ...assignments.reasons import SomebodyComes, SomebodyElse

BACK = ("assignments.show", "assignment")
NUMBERS_AN_HOUR = 10


class ProposeForm(Form):
    """Who: a member of the team, or a number."""

    member = Pick(_("从队里选一位"), needed=False)
    phone = Phone(
        _("接任的人的手机号"), needed=False, description=_("他要先登记做志愿者。号码只用来找到他，不另外保存。")
    )


class NobodyChosen(Refusal):
    """Somebody has to be named."""

    message = _("请写接任的人的手机号，或者从队里选一位。")
    field = "phone"


class NobodyRegistered(Refusal):
    """Whoever is asked has to be known here."""

    message = _("这个号码还没有登记过。请他先登记做志愿者，再来请他。")
    field = "phone"


class TooManyNumbers(Refusal):
    """Nobody finds out by trying who is registered."""

    message = _("您这一小时里查的号码太多了，这个号码没有去查。请过一会儿再试，或者请社区帮忙。")
    field = "phone"


class CannotFollow(Refusal):
    """Why somebody cannot is his own matter: a neighbour is not told."""

    message = _("这一位现在接不了这栋楼。请和他本人说一声，或者请社区帮忙找人。")
    field = "phone"


def members(assignment: Assignment) -> list[Member]:
    """The others of the team for which the holder comes, as far as he may know of them: a manager knows all."""
    if assignment.partner_id is None:
        return []
    theirs = Member.seen_by(g.person).where(Member.partner_id == assignment.partner_id, Member.until.is_(None))
    others = theirs.where(Member.person_id != assignment.person_id).join(Member.person)
    return list(db.session.scalars(seen(others.order_by(Member.id))))


def choices(found: list[Member]) -> list[tuple[str, str]]:
    """What the form offers."""
    return [("", str(_("不选")))] + [(str(one.id), one.person.called) for one in found]


def count_number(form) -> None:
    """Count a number before anybody looks whose it is. Raises `TooManyNumbers`."""
    if form.phone.data and not Attempt.count_hourly("successor", g.person, NUMBERS_AN_HOUR):
        raise TooManyNumbers


def lock_successor(**_keys) -> None:
    """The person whom the form names, before the holder and the building."""
    id = request.form.get("member", "")
    named = Member.id == int(id) if id.isdecimal() and len(id) < 10 else Member.id.is_(None)
    somebody = Person.id.in_(select(Member.person_id).where(named)) | (Person.phone == request.form.get("phone"))
    held = select(Person.id).where(somebody).order_by(Person.id).with_for_update(key_share=True)
    db.session.execute(seen(held)).all()


def whom(assignment: Assignment, form: ProposeForm) -> Person:
    """The one who is named. Raises `NobodyChosen`, `NobodyRegistered`."""
    chosen = next((one for one in members(assignment) if str(one.id) == form.member.data), None)
    if chosen is not None:
        return chosen.person
    if not form.phone.data:
        raise NobodyChosen
    person = db.session.scalar(seen(select(Person).where(Person.phone == form.phone.data)))
    if person is None:
        raise NobodyRegistered
    return person


@permit("assignment:propose", of=Assignment, form=ProposeForm, before=count_number, first=lock_successor, back=BACK)
def propose(assignment, form, _counted):
    """He is asked, and after his yes the committee answers."""
    try:
        row = succession.hand_over(assignment, whom(assignment, form), by=g.person)
    except (NobodyChosen, NobodyRegistered, SomebodyComes, SomebodyElse):
        raise
    except Refusal as refusal:
        raise CannotFollow from refusal
    say(_("请好了，等他本人答复，%(day)s 前有效。他同意以后，社区在 2 个工作日内答复。", day=day(row.answer_due)))


@permit("assignment:propose", of=Assignment, back=BACK)
def call_off(assignment):
    """The one who was asked is asked no more."""
    succession.call_off_successor(assignment, by=g.person)
    say(_("撤回了，您可以再请别的人。"))
