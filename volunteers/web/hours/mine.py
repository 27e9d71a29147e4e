"""我的时长: sums, entries, what waits, training and awards; the same for staff about somebody who asks at the desk."""

from flask import g, request, url_for
from sqlalchemy import select

from communities.person import Person
from communities.place import Place
from communities.post import STAFF
from kernel import clock, cursor
from kernel.db import db, seen
from kernel.fields import Count, Day, Form, Line, Pick
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ...hours import mine
from ...hours.correction import Correction
from ...hours.entry import Entry
from ...hours.record import Kind, Record
from ...hours.unit import RecordingUnit, recorder_of
from ...volunteer import Volunteer


class RecordForm(Form):
    """A training or an award."""

    kind = Pick(_("记什么"), choices=Kind.pairs())
    title = Line(_("名称"), most=120, description=_("例如“急救知识培训”“年度优秀志愿者”。"))
    about = Line(_("主要内容"), needed=False, most=120)
    minutes = Count(_("学习时长（分钟）"), needed=False, least=0, most=6000, description=_("表彰不用填。"))
    giver = Line(_("举办或授予的单位"), most=80)
    day = Day(_("哪天"))


@permit("hours:see-own")
def show() -> Page:
    """My own."""
    return Page("hours/mine.html", **facts(g.person, "hours.mine"), volunteer=None)


@permit("hours:see-person", of=Volunteer)
def of_person(volunteer) -> Page:
    """A volunteer's, at the desk: as far as it was recorded where one is staff."""
    form = form_for(RecordForm, day=clock.today())
    about = facts(volunteer.person, "hours.of_person", id=volunteer.id)
    return Page("hours/of_person.html", **about, volunteer=volunteer, form=form)


def facts(person, endpoint: str, **keys) -> dict:
    """What both pages show; five statements."""
    rows, following = page_of(person, endpoint, **keys)
    wishes = select(Correction).where(Correction.person_id == person.id).order_by(Correction.id.desc()).limit(20)
    return {
        "neighbour": person,
        "sums": mine.sums(person),
        "this_year": clock.today().year,
        "rows": rows,
        "next_url": following,
        "waiting": mine.waiting(person),
        "wishes": {wish.signup_id: wish for wish in reversed(list(db.session.scalars(seen(wishes))))},
        "records": list(db.session.scalars(Record.of(person))),
    }


def page_of(person, endpoint: str, **keys) -> tuple[list[Entry], str | None]:
    """25 entries that the one who asks may see, and the address of the next ones."""
    found = mine.entries(person)
    if person.id != g.person.id:
        found = seen(found.where(Entry.id.in_(Entry.seen_by(g.person).with_only_columns(Entry.id))))
    if after := cursor.unpack(request.args.get("page"), int):
        last = select(Entry.day).where(Entry.id == after[0]).scalar_subquery()
        found = seen(found.where((Entry.day < last) | ((Entry.day == last) & (Entry.id < after[0]))))
    rows = list(db.session.scalars(found.limit(cursor.PAGE + 1)))
    more = len(rows) > cursor.PAGE
    word = cursor.pack(rows[cursor.PAGE - 1].id) if more else None
    return rows[: cursor.PAGE], url_for(endpoint, page=word, **keys) if more else None


def lock_person(id: int) -> None:
    """The person of a volunteer, before the row: the order in which everybody locks."""
    of_this = select(Volunteer.person_id).where(Volunteer.id == id).scalar_subquery()
    db.session.execute(seen(select(Person.id).where(Person.id == of_this).with_for_update(key_share=True)))


@permit("record:enter", of=Volunteer, form=RecordForm, first=lock_person, back=("hours.of_person", "records"))
def enter(volunteer, form):
    """Write a training or an award down."""
    facts = {name: form[name].data for name in ("title", "giver", "day")}
    facts |= {"about": form.about.data or "", "minutes": form.minutes.data}
    Record.enter(volunteer.person, my_place(volunteer.person), Kind(form.kind.data), by=g.person, **facts)
    say(_("记好了，本人在“我的时长”里看得到。"))


def my_place(person) -> Place:
    """In the name of which place: the one that records where this person lives, else one's own."""
    return recorder_of(person.home) if person.home else staff_place()


def staff_place() -> Place:
    """Where the one who asks is staff."""
    return next(post.place for post in g.person.posts if post.office in STAFF)


def to_person(id: int):
    """The page of the volunteer whom a record is about."""
    of = select(Record.person_id).where(Record.id == id).scalar_subquery()
    volunteer = db.session.scalar(seen(Volunteer.seen_by(g.person).where(Volunteer.person_id == of)))
    return Back("hours.of_person", "records", id=volunteer.id if volunteer else 0)


@permit("record:strike", of=Record, back=to_person)
def strike(record):
    """It was wrong."""
    record.strike(by=g.person)
    say(_("划掉了。"))


def units_of(person) -> list[RecordingUnit]:
    """Who has recorded hours of this person: whom a certificate can be asked of."""
    here = select(Entry.unit_id).where(Entry.person_id == person.id)
    rows = select(RecordingUnit).where(RecordingUnit.id.in_(here)).order_by(RecordingUnit.id)
    return list(db.session.scalars(seen(rows)))
