"""The lead's list: who is expected, who came, who asks at the door; works as a plain form and without network."""

from dataclasses import dataclass
from datetime import time

from flask import Blueprint, g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.person import Person
from kernel import clock
from kernel.db import db, seen
from kernel.fields import Form
from kernel.fields.choices import row_id
from kernel.i18n import _, n_
from kernel.permits import may
from kernel.request import Back, Page, form_for, permit, say
from kernel.work import Refusal

from ...attendances import ticking, window
from ...attendances.attendance import Attendance
from ...attendances.call_back import LITTLE_PROOF, Answer, CallBack
from ...attendances.ticking import Mark, Tick
from ...attendances.time_code import MOST
from ...attendances.walk_in import WalkIn
from ...shift import Shift
from ...signup import APPOINTED, Signup
from .forms import CodesForm, ForForm, HelperForm

bp = Blueprint("attendances", __name__)


class TimeUnclear(Refusal):
    """A time that nobody can read."""

    message = _("%(person)s那一行的时间看不懂，请写成 07:30 这样。")


class TicksForm(Form):
    """The whole list, or those rows of it that a phone kept while there was no network."""

    def ticks(self, shift: Shift) -> list[Tick]:
        """What was sent: a mark a row, what the list said before, and when the person came. Raises `TimeUnclear`."""
        known = ticking.list_of(shift)
        return [self.tick(shift, known[id]) for id in self.ids() if id in known]

    @staticmethod
    def ids() -> list[int]:
        """The rows that were sent."""
        return [row_id(name[5:]) for name in request.form if name.startswith("mark-") and name[5:].isdecimal()]

    @staticmethod
    def tick(shift: Shift, signup: Signup) -> Tick:
        """One row."""
        sent = {name: request.form.get(f"{name}-{signup.id}", "") for name in ("mark", "was", "at")}
        try:
            at = time.fromisoformat(sent["at"]) if sent["at"] else None
        except ValueError:
            raise TimeUnclear(person=signup.person.called) from None
        return Tick(signup.id, mark(sent["mark"]), mark(sent["was"]), ticking.moment_in(shift, at))


def mark(word: str) -> Mark:
    """A word that was sent as a mark; nothing for what is none."""
    return Mark(word) if word in set(Mark) else Mark.NONE


@dataclass(frozen=True)
class Row:
    """One line of the list; `wish` is what somebody ticked while another ticked otherwise."""

    signup: Signup
    attendance: Attendance | None
    call_back: CallBack | None
    mark: Mark
    wish: Mark | None

    @property
    def is_little_proof(self) -> bool:
        """Whether only one person's word stands for it."""
        return self.mark is Mark.HERE and self.attendance is not None and self.attendance.way in LITTLE_PROOF


@bp.get("/shifts/<int:id>/attendance")
@permit("attendance:keep", of=Shift)
def show(shift, differs=""):
    """The list with everything that the lead needs at the door."""
    form = form_for(TicksForm)
    rows = rows_of(shift, differing(differs or request.args.get("differs", "")))
    calls = may("call-back:draw", shift)
    return Page(
        "attendances/list.html",
        shift=shift,
        duty=shift.duty,
        rows=rows,
        marked=sum(row.mark is not Mark.NONE for row in rows),
        here=sum(row.mark is Mark.HERE for row in rows),
        now=clock.now(),
        opens=window.opens(shift),
        is_open=window.opens(shift) <= clock.now(),
        is_over=shift.ends_at <= clock.now(),
        walk_ins=list(db.session.scalars(WalkIn.waiting(shift))),
        call_backs=[row.call_back for row in rows if row.call_back] if calls else None,
        wants_calls=any(row.is_little_proof for row in rows),
        answers=list(Answer),
        form=form,
        sent=request.form if form is g.get("form") else {},
        helper=form_for(HelperForm),
        typed=form_for(ForForm, choices=rows),
        printing=form_for(CodesForm, count=min(MOST, max(shift.seats, 1))),
    )


def rows_of(shift: Shift, wishes: dict[int, Mark]) -> list[Row]:
    """Everybody who is or was expected, by name; one query."""
    found = select(Signup, Attendance, CallBack).join(Signup.person)
    found = found.outerjoin(Attendance, Attendance.signup_id == Signup.id)
    found = found.outerjoin(CallBack, CallBack.signup_id == Signup.id)
    found = found.where(Signup.shift_id == shift.id, Signup.state.in_(APPOINTED))
    found = found.options(joinedload(Signup.person, innerjoin=True), joinedload(Attendance.by))
    rows = db.session.execute(seen(found.order_by(Person.called, Signup.id)))
    return [Row(signup, came, call, ticking.mark_of(signup), wishes.get(signup.id)) for signup, came, call in rows]


def differing(text: str) -> dict[int, Mark]:
    """“12-here,15-away” as it stands in the address: what was ticked while somebody else ticked otherwise."""
    pairs = (part.partition("-") for part in text.split(","))
    return {int(id): mark(word) for id, _dash, word in pairs if id.isdecimal() and len(id) < 10 and mark(word)}


@bp.post("/shifts/<int:id>/attendance")
@permit("attendance:keep", of=Shift, form=TicksForm, back=("attendances.show", "list"))
def tick(shift, form):
    """Keep the ticks; what somebody else ticked otherwise meanwhile is shown with both."""
    left = ticking.tick(shift, form.ticks(shift), by=g.person)
    if not left:
        say(_("名单存好了。"))
    return with_both(shift, left)


@bp.post("/shifts/<int:id>/attendance/rest")
@permit("attendance:keep", of=Shift, form=TicksForm, back=("attendances.show", "list"))
def close(shift, form):
    """其余的都没来, after the ticks that stand in the list by now."""
    left = ticking.tick(shift, form.ticks(shift), by=g.person)
    count = ticking.nobody_else(shift, by=g.person)
    say(n_("记好了：%(num)s 位这次没有来。", "记好了：%(num)s 位这次没有来。", count) if count else _("名单存好了。"))
    return with_both(shift, left)


def with_both(shift: Shift, left: list[Tick]) -> Back | None:
    """The list with what was left as it is, and what was ticked: the person chooses."""
    if not left:
        return None
    say(n_("%(num)s 位两处点得不一样，没有改，请您看。", "%(num)s 位两处点得不一样，没有改，请您看。", len(left)))
    differs = ",".join(f"{one.signup_id}-{one.mark}" for one in left)
    return Back("attendances.show", "list", id=shift.id, differs=differs)
