"""The second confirmation of a community: the days that wait, one day's sheets, and the corrections to answer."""

from datetime import date
from itertools import groupby

from flask import abort, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload
from wtforms import HiddenField

from communities.place import Place
from communities.working_day import working_days_after_each
from kernel import clock
from kernel.db import db, seen
from kernel.fields import Count, Form, Pick, Tick
from kernel.i18n import _, n_
from kernel.request import Back, Page, form_for, permit, say

from ...hours.correction import Correction
from ...hours.correction_state import State
from ...hours.entry import Reason
from ...hours.proposal import Proposal, proposals, waiting_days
from ...hours.review import DUE, confirm_quiet, settle
from ...hours.unit import RecordingUnit, recorder_of
from ...shift import Shift
from ...signup import Signup

REASONS = [("", _("照签到记的")), *Reason.pairs()]


class ConfirmForm(Form):
    """What was shown: sign-up:minutes, with spaces between."""

    shown = HiddenField()

    @property
    def wanted(self) -> dict[int, int]:
        """Sign-up → minutes; what cannot be read was not shown by us."""
        pairs = [word.split(":") for word in (self.shown.data or "").split()]
        fine = (pair for pair in pairs if len(pair) == 2 and all(map(is_number, pair)))
        return {int(id): int(minutes) for id, minutes in fine}


class SettleForm(Form):
    """Other minutes, and why."""

    minutes = Count(_("记多少分钟"), least=0, most=1440, description=_("不计入就填 0。"))
    reason = Pick(_("为什么和签到不一样"), choices=REASONS, needed=False)


class KindsForm(Form):
    """Whether 党员报到 counts."""

    report_in = Tick(_("党员报到也计入服务时长"))


def is_number(text: str) -> bool:
    """Plain digits of a size that a database takes."""
    return text.isdecimal() and text.isascii() and len(text) < 10


def asked_day(days) -> date | None:
    """The day of the address where something waits then, else the oldest."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        day = None
    return day if day in days else next(iter(days), None)


@permit("hours:review", of=Place, by="code")
def review(place) -> Page:
    """The days that wait with their deadlines, the sheets of one of them, and the corrections to answer."""
    place = recorded_at(place)
    unit, wishes = with_wishes(place)
    days = waiting_days(place, unit)
    day = asked_day(days)
    found = proposals(place, unit, day) if day else []
    mine = [one for one in found if one.is_for(g.person)]
    return Page(
        "hours/review.html",
        place=place,
        unit=unit,
        days=days,
        due=working_days_after_each(days, DUE),
        today=clock.today(),
        chosen=day,
        differing=[one for one in mine if one.doubts],
        quiet=[(shift, list(ones)) for shift, ones in groupby(sorted_quiet(mine), lambda one: one.signup.shift)],
        others=[one for one in found if not one.is_for(g.person)],
        shown=" ".join(f"{one.signup.id}:{one.minutes}" for one in mine if not one.doubts),
        quiet_count=sum(not one.doubts for one in mine),
        form=form_for(ConfirmForm),
        settling=settle_form(),
        reasons=REASONS,
        wishes=wishes,
        kinds=form_for(KindsForm, report_in=unit is not None and unit.takes_report_in),
    )


def recorded_at(place: Place) -> Place:
    """Only who keeps a ledger has this page: 404 for a building."""
    return place if recorder_of(place).id == place.id else abort(404)


def sorted_quiet(found: list[Proposal]) -> list[Proposal]:
    """Without doubts, shift by shift, as they were loaded."""
    return [one for one in found if not one.doubts]


def settle_form():
    """The form of one row as it was sent, and of which row."""
    sent = g.get("form")
    return sent if isinstance(sent, SettleForm) else None


def with_wishes(place: Place) -> tuple[RecordingUnit | None, list[Correction]]:
    """The ledger of this place, and the corrections that wait there, the oldest first; one statement."""
    asked = (Correction.unit_id == RecordingUnit.id) & (Correction.state == State.ASKED)
    rows = select(RecordingUnit, Correction).outerjoin(Correction, asked)
    rows = rows.outerjoin(Correction.signup).outerjoin(Signup.shift).outerjoin(Shift.duty)
    signup = contains_eager(Correction.signup).contains_eager(Signup.shift).contains_eager(Shift.duty)
    here = rows.where(RecordingUnit.place_id == place.id).order_by(Correction.due, Correction.id)
    found = db.session.execute(seen(here.options(signup, joinedload(Correction.person)))).all()
    return (found[0][0] if found else None), [wish for _unit, wish in found if wish]


@permit("hours:review", of=Place, by="code", form=ConfirmForm, back=("hours.review", "sheet"))
def confirm(place, form):
    """The rest in one tap."""
    day = request.args.get("day", "")
    try:
        number = confirm_quiet(recorded_at(place), date.fromisoformat(day), form.wanted, by=g.person)
    except ValueError:
        abort(404)
    say(n_("%(num)s 人的时长确认好了，他们会收到消息。", "%(num)s 人的时长确认好了，他们会收到消息。", number))


def to_review(id: int) -> Back:
    """The page on which the row of this sign-up stands."""
    here = Signup.seen_by(g.person).where(Signup.id == id).with_only_columns(Signup.shift_id)
    shift = db.session.scalar(select(Shift).where(Shift.id.in_(here)).options(joinedload(Shift.place))) or abort(404)
    return Back("hours.review", "sheet", code=recorder_of(shift.place).code)


@permit("hours:settle", of=Signup, form=SettleForm, back=to_review)
def settle_one(signup, form):
    """One that differs: as it is, with other minutes, or not at all."""
    reason = Reason(form.reason.data) if form.reason.data else None
    entry = settle(signup, form.minutes.data, reason, by=g.person)
    said = (
        _("%(person)s的时长确认好了。")
        if entry.minutes
        else _("%(person)s这一场记为不计入，他在“我的时长”里看得到原因。")
    )
    say(str(said) % {"person": signup.person.called})


@permit("shift:see", of=Shift)
def of_shift(shift):
    """Where a line of 今天要办 leads: the sheets of its day."""
    day = clock.local(shift.starts_at).date()
    return redirect(url_for("hours.review", code=recorder_of(shift.place).code, day=day.isoformat()))


@permit("hours:choose-kinds", of=Place, by="code", form=KindsForm, back=("hours.review", "kinds"))
def choose_kinds(place, form):
    """Whether 党员报到 is recorded here."""
    RecordingUnit.hold(recorded_at(place)).take_report_in(bool(form.report_in.data), by=g.person)
    say(_("记好了：以后确认的按这个来，已经记下的不变。"))
