"""我的时长: sums, entries, what waits, training and awards; the same for staff about somebody who asks at the desk."""

from flask import abort, g, request, url_for
from sqlalchemy import select

from communities.person import Person
from kernel import clock, cursor
from kernel.db import db, seen
from kernel.fields import Count, Day, Form, Line, Pick
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ...hours import mine
from ...hours.counting import hours
from ...hours.entry import Entry
from ...hours.record import Kind, Record
from ...hours.unit import RecordingUnit, recorder_of


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
    return Page("hours/mine.html", **facts(g.person, "hours.mine"), waiting=mine.waiting(g.person))


@permit("hours:see-person", of=Person)
def of_person(neighbour) -> Page:
    """A neighbour's, at the desk: as far as it was recorded where one is staff."""
    form = form_for(RecordForm, day=clock.today())
    return Page("hours/of_person.html", **facts(neighbour, "hours.of_person", id=neighbour.id), waiting=(), form=form)


def facts(person, endpoint: str, **keys) -> dict:
    """What both pages show; three statements."""
    rows, following = page_of(person, endpoint, **keys)
    return {
        "neighbour": person,
        "sums": mine.sums(person),
        "this_year": clock.today().year,
        "this_month": clock.today(),
        "hours": hours,
        "rows": rows,
        "next_url": following,
        "records": list(db.session.scalars(Record.of(person))),
    }


def page_of(person, endpoint: str, **keys):
    """25 entries that the one who asks may see, with their wishes, and the address of the next ones."""
    found = mine.entries(person)
    if person.id != g.person.id:
        found = seen(found.where(Entry.id.in_(Entry.seen_by(g.person).with_only_columns(Entry.id))))
    if after := cursor.unpack(request.args.get("page"), int):
        last = select(Entry.day).where(Entry.id == after[0]).scalar_subquery()
        found = seen(found.where((Entry.day < last) | ((Entry.day == last) & (Entry.id < after[0]))))
    rows = db.session.execute(found.limit(cursor.PAGE + 1)).all()
    more = len(rows) > cursor.PAGE
    word = cursor.pack(rows[cursor.PAGE - 1][0].id) if more else None
    return rows[: cursor.PAGE], url_for(endpoint, page=word, **keys) if more else None


@permit("record:enter", of=Person, form=RecordForm, back=("hours.of_person", "records"))
def enter(neighbour, form):
    """Write a training or an award down."""
    facts = {name: form[name].data for name in ("title", "giver", "day")}
    facts |= {"about": form.about.data or "", "minutes": form.minutes.data}
    Record.enter(neighbour, recorder_of(neighbour.home), Kind(form.kind.data), by=g.person, **facts)
    say(_("记好了，本人在“我的时长”里看得到。"))


def to_person(id: int) -> Back:
    """The page of the neighbour whom a record is about."""
    mine = Record.seen_by(g.person).where(Record.id == id).with_only_columns(Record.person_id)
    return Back("hours.of_person", "records", id=db.session.scalar(seen(mine)) or abort(404))


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
