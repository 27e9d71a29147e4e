"""The ledger of a community: its entries, their proof, and how far they are on their way to the national system."""

from flask import g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import Place
from kernel import cursor
from kernel.db import db, seen
from kernel.fields import Form, Pick
from kernel.i18n import _, n_
from kernel.permits import may
from kernel.request import Page, permit, say

from ...hours import sync
from ...hours.entry import Entry
from ...hours.proving import prove
from ...hours.unit import RecordingUnit
from .books import Book, book_at, book_of


@permit("hours:review", of=Place, by="code")
def proof(place) -> Page:
    """The same proof as `flask audit hours`: every entry is read again."""
    return proof_of(book_at(place))


@permit("hours:see-unit", of=RecordingUnit)
def unit_proof(unit) -> Page:
    """The same of a partner's."""
    return proof_of(book_of(unit))


def proof_of(book: Book) -> Page:
    """The page of both."""
    return Page("hours/proof.html", book=book, proof=prove(book.unit) if book.unit else None)


@permit("hours:review", of=Place, by="code")
def ledger(place) -> Page:
    """The entries, the newest first, 25 at a time; and how far they are on their way to the national system."""
    return ledger_of(book_at(place))


@permit("hours:see-unit", of=RecordingUnit)
def unit_ledger(unit) -> Page:
    """The same of a partner's."""
    return ledger_of(book_of(unit))


def ledger_of(book: Book) -> Page:
    """The page of both."""
    rows, following = entries(book, book.unit) if book.unit else ([], None)
    counts = sync.counts(book.unit) if book.unit else {}
    marks = may("hours:review", book.place)
    facts = {"rows": rows, "next_url": following, "counts": counts, "states": sync.State, "marks": marks}
    return Page("hours/ledger.html", book=book, unit=book.unit, **facts)


def entries(book: Book, unit: RecordingUnit):
    """25 entries with whom and what they are about, and the address of the next ones."""
    found = select(Entry, sync.Sync.state).outerjoin(sync.Sync, sync.Sync.entry_id == Entry.id)
    found = found.where(Entry.unit_id == unit.id).order_by(Entry.number.desc())
    if after := cursor.unpack(request.args.get("page"), int):
        found = found.where(Entry.number < after[0])
    beside = joinedload(Entry.person), joinedload(Entry.duty), joinedload(Entry.transfer)
    rows = db.session.execute(seen(found.options(*beside).limit(cursor.PAGE + 1))).all()
    more = len(rows) > cursor.PAGE
    last = cursor.pack(rows[cursor.PAGE - 1][0].number) if more else None
    return rows[: cursor.PAGE], book.url("ledger", page=last) if more else None


class MarkForm(Form):
    """How far they are now."""

    state = Pick(_("标记为"), choices=[(state.value, state.label) for state in sync.BEFORE])


@permit("hours:review", of=Place, by="code", form=MarkForm, back=("hours.ledger", None))
def mark(place, form):
    """All that is as far as the step before."""
    mark_in(RecordingUnit.hold(book_at(place).place), form)


@permit("hours:mark-unit", of=RecordingUnit, form=MarkForm, back=("hours.unit_ledger", None))
def unit_mark(unit, form):
    """The same of a partner's: the community takes it to the national system."""
    mark_in(RecordingUnit.hold(unit.place, unit.partner), form)


def mark_in(unit: RecordingUnit, form: MarkForm) -> None:
    """Mark and say how many."""
    number = sync.mark(unit, sync.State(form.state.data), by=g.person)
    say(n_("标好了 %(num)s 条。", "标好了 %(num)s 条。", number))
