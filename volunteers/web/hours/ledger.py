"""The ledger of a community: its entries, their proof, and how far they are on their way to the national system."""

from flask import g, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import Place
from kernel import cursor
from kernel.db import db, seen
from kernel.fields import Form, Pick
from kernel.i18n import _, n_
from kernel.request import Page, permit, say

from ...hours import sync
from ...hours.entry import Entry
from ...hours.proving import prove
from ...hours.unit import RecordingUnit
from .review import recorded_at


@permit("hours:review", of=Place, by="code")
def proof(place) -> Page:
    """The same proof as `flask audit hours`: every entry is read again."""
    place = recorded_at(place)
    unit = RecordingUnit.of(place)
    return Page("hours/proof.html", place=place, unit=unit, proof=prove(unit) if unit else None)


@permit("hours:review", of=Place, by="code")
def ledger(place) -> Page:
    """The entries, the newest first, 25 at a time; and how far they are on their way to the national system."""
    place = recorded_at(place)
    unit = RecordingUnit.of(place)
    rows, following = entries(place, unit) if unit else ([], None)
    counts = sync.counts(unit) if unit else {}
    return Page(
        "hours/ledger.html", place=place, unit=unit, rows=rows, next_url=following, counts=counts, states=sync.State
    )


def entries(place: Place, unit: RecordingUnit):
    """25 entries with whom and what they are about, and the address of the next ones."""
    found = select(Entry, sync.Sync.state).outerjoin(sync.Sync, sync.Sync.entry_id == Entry.id)
    found = found.where(Entry.unit_id == unit.id).order_by(Entry.number.desc())
    if after := cursor.unpack(request.args.get("page"), int):
        found = found.where(Entry.number < after[0])
    beside = joinedload(Entry.person), joinedload(Entry.duty), joinedload(Entry.transfer)
    rows = db.session.execute(seen(found.options(*beside).limit(cursor.PAGE + 1))).all()
    more = len(rows) > cursor.PAGE
    last = cursor.pack(rows[cursor.PAGE - 1][0].number) if more else None
    return rows[: cursor.PAGE], url_for("hours.ledger", code=place.code, page=last) if more else None


class MarkForm(Form):
    """How far they are now."""

    state = Pick(_("标记为"), choices=[(state.value, state.label) for state in sync.BEFORE])


@permit("hours:review", of=Place, by="code", form=MarkForm, back=("hours.ledger", None))
def mark(place, form):
    """All that is as far as the step before."""
    number = sync.mark(RecordingUnit.hold(recorded_at(place)), sync.State(form.state.data), by=g.person)
    say(n_("标好了 %(num)s 条。", "标好了 %(num)s 条。", number))
