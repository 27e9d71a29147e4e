"""The second confirmation of a ledger: the days that wait, one day's sheets, and the corrections to answer."""

from datetime import date
from itertools import groupby

from flask import abort, g, request
from wtforms import HiddenField

from communities.place import Place
from communities.working_day import working_days_after_each
from kernel import clock
from kernel.fields import Form
from kernel.i18n import n_
from kernel.request import Page, form_for, permit, say

from ...hours.amending import Amending, amending
from ...hours.following import may_answer
from ...hours.proposal import Days, Proposal, proposals, waiting_days
from ...hours.review import DUE, confirm_quiet
from ...hours.unit import RecordingUnit
from ...shift import Shift
from .books import Book, book_at, book_of, recorded_at
from .kinds import KindsForm
from .settling import REASONS, settle_form

SHEET = 100  # people of a day at once


class ConfirmForm(Form):
    """What was shown: sign-up:minutes, with spaces between."""

    shown = HiddenField()

    @property
    def wanted(self) -> dict[int, int]:
        """Sign-up → minutes; what cannot be read was not shown by us."""
        pairs = [word.split(":") for word in (self.shown.data or "").split()]
        fine = (pair for pair in pairs if len(pair) == 2 and all(map(is_number, pair)))
        return {int(id): int(minutes) for id, minutes in fine}


def is_number(text: str) -> bool:
    """Plain digits of a size that a database takes."""
    return text.isdecimal() and text.isascii() and len(text) < 10


@permit("hours:review", of=Place, by="code")
def review(place) -> Page:
    """The days that wait with their deadlines, the sheets of one of them, and the corrections to answer."""
    found = amending(*RecordingUnit.at(place))
    return page_of(Book(recorded_at(place), found.unit), found)


@permit("hours:see-unit", of=RecordingUnit)
def unit_review(unit) -> Page:
    """The same for a partner that records what it leads; staff of the community looks on."""
    return page_of(book_of(unit), amending(RecordingUnit.id == unit.id))


def page_of(book: Book, open_ones: Amending) -> Page:
    """The page of both."""
    days, chosen = days_of(book)
    found = proposals(book.place, book.unit, chosen) if chosen else []
    mine = [one for one in found if book.confirms and one.is_for(g.person)]
    quiet = [one for one in mine if not one.doubts]
    return Page(
        "hours/review.html",
        book=book,
        days=days,
        due=working_days_after_each(days.shown, DUE) if days.shown else {},
        today=clock.today(),
        chosen=chosen,
        differing=[one for one in mine if one.doubts][:SHEET],
        quiet=by_shift(quiet[:SHEET]),
        shown=" ".join(f"{one.signup.id}:{one.minutes}" for one in quiet[:SHEET]),
        quiet_count=min(len(quiet), SHEET),
        others=[one for one in found if one not in mine][:SHEET],
        left=max(len(found) - SHEET, 0),
        form=form_for(ConfirmForm),
        settling=settle_form(),
        reasons=REASONS,
        amending=open_ones,
        may_answer=lambda row: book.confirms and may_answer(row, g.person),
        kinds=form_for(KindsForm, report_in=book.unit is not None and book.unit.takes_report_in),
    )


def days_of(book: Book) -> tuple[Days, date | None]:
    """The days from the oldest on, or from `?from=`, and the one that is shown: `?day=` where something waits then."""
    asked, since = asked_day("day"), asked_day("from")
    days = waiting_days(book.place, book.unit, since)
    if asked is not None and asked not in days.shown:
        later = waiting_days(book.place, book.unit, asked)
        days = later if asked in later.shown else days
    return days, asked if asked in days.shown else next(iter(days.shown), None)


def asked_day(name: str) -> date | None:
    """A day of the address."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def by_shift(found: list[Proposal]) -> list[tuple[Shift, list[Proposal]]]:
    """Shift by shift, as they were loaded."""
    return [(shift, list(ones)) for shift, ones in groupby(found, lambda one: one.signup.shift)]


@permit("hours:review", of=Place, by="code", form=ConfirmForm, back=("hours.review", "sheet"))
def confirm(place, form):
    """The rest in one tap."""
    confirm_in(book_at(place), form)


@permit("hours:run-unit", of=RecordingUnit, form=ConfirmForm, back=("hours.unit_review", "sheet"))
def unit_confirm(unit, form):
    """The same for a partner."""
    confirm_in(book_of(unit), form)


def confirm_in(book: Book, form: ConfirmForm) -> None:
    """All that was shown of the day in the address, or none."""
    day = asked_day("day") or abort(404)
    number = confirm_quiet(book.place, day, form.wanted, by=g.person, partner=book.partner)
    say(n_("%(num)s 人的时长确认好了，他们会收到消息。", "%(num)s 人的时长确认好了，他们会收到消息。", number))
