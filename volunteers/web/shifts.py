"""One date of a duty: its page, and signing up."""

from flask import Blueprint, abort, g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import walk
from kernel import clock
from kernel.db import db
from kernel.fields import Form, row_id
from kernel.i18n import _, n_
from kernel.permits import may
from kernel.request import Page, form_for, permit, say
from kernel.work import Refusal

from .. import alternatives, basket, terms
from ..attendances import window
from ..attendances.attendance import HERE, Attendance
from ..gathering import Gathering
from ..manning import Manning
from ..pledged_seat import PledgedSeat
from ..refusals import JoinFirst, SignedUpAlready
from ..shift import Shift
from ..signup import LIVING, Signup, State
from ..swapping import hold
from ..volunteer import Volunteer
from .series_form import MoveForm
from .shift_forms import CancelForm, PhoneForm, ReasonForm, SeatsForm, WithdrawalForm
from .somebody import CannotGo, count_number, lock_somebody, with_phone
from .tickets.taking import door_of, slot_time

bp = Blueprint("shifts", __name__)
LISTS = {"list": ("portal.shifts", "shifts"), "home": ("portal.home", "mine")}


@bp.get("/shifts/<int:id>")
@permit("shift:see", of=Shift)
def show(shift):
    """When, where, what to do; what I can do about it; for the organiser who comes."""
    db.session.scalar(Shift.whole(shift.id))  # what the page says, in one statement
    mine = shift.signup_of(g.person) if g.person.id else None
    volunteer = Volunteer.of(g.person)
    reasons = shift.refusals_for(g.person)
    organiser = may("shift:see-people", shift)
    kept = shift.kept_for()
    over = shift.is_cancelled or shift.starts_at <= clock.now()
    return Page(
        "volunteers/shift.html",
        shift=shift,
        duty=shift.duty,
        mine=mine,
        attendance=Attendance.of(mine) if mine is not None and mine.state in HERE else None,
        is_door_open=window.opens(shift) <= clock.now() < shift.ends_at,
        now=clock.now(),
        volunteer=volunteer,
        walk=walk(volunteer.person.home if volunteer else None, shift.place),
        ahead=ahead(shift, mine),
        is_late=terms.is_late(shift, shift.duty),
        kept=kept,
        door=door_of(shift),
        slot_time=slot_time,
        gathering=Gathering.gathering(shift, g.person) if volunteer and not over else None,
        plain=form_for(Form),
        asked=next((seat for seat in kept if asks(seat)), None),
        reasons=[reason for reason in reasons if not isinstance(reason, JoinFirst | SignedUpAlready)],
        people=roster(shift) if organiser else None,
        form=form_for(Form),
        withdrawal=form_for(WithdrawalForm),
        cancelling=form_for(CancelForm),
        moving=form_for(MoveForm, **now_at(shift)),
        resizing=form_for(SeatsForm, seats=shift.seats, least=shift.least or None),
        helping=form_for(PhoneForm),
        deciding=form_for(ReasonForm),
    )


def now_at(shift: Shift) -> dict:
    """When it takes place, as the fields of the form that moves it."""
    start, end = clock.local(shift.starts_at), clock.local(shift.ends_at)
    return {"day": start.date(), "starts": start.time(), "ends": end.time()}


def asks(seat: PledgedSeat) -> bool:
    """Whether it is me who is asked to sit there, and still can say yes."""
    return seat.state is Manning.ASKED and seat.person_id == g.person.id and not seat.is_over


def ahead(shift: Shift, mine: Signup | None) -> int:
    """How many wait before me, or before whoever would queue now; not asked where nobody needs to know."""
    if mine is not None and mine.state is State.WAITING:
        return shift.count(State.WAITING, before=mine.queued_at)
    return 0 if shift.left or (mine is not None and mine.is_confirmed) else shift.count(State.WAITING)


def roster(shift: Shift) -> list[Signup]:
    """Who comes, who is asked, who waits, in this order; with their names."""
    order = {state: number for number, state in enumerate((*LIVING, State.DONE, State.ABSENT))}
    rows = db.session.scalars(shift.people(*order).options(joinedload(Signup.person, innerjoin=True)))
    return sorted(rows, key=lambda signup: order[signup.state])


def lock_wish(id: int) -> None:
    """The shift and, where it is one of several of which one will do, the others; after the person."""
    hold(Shift, alternatives.shifts_of(id, g.person.id) if g.person.id else {id})


@bp.post("/shifts/<int:id>/signups")
@permit("shift:sign-up", of=Shift, person_first=True, first=lock_wish, back=("shifts.show", "signup"), backs=LISTS)
def sign_up(shift):
    """Take a seat, or a place in the queue."""
    signup = shift.sign_up(g.person, by=g.person)
    if signup.is_confirmed:
        say(_("已报名“%(title)s”，到时候见！", title=shift))
    elif signup.state is State.PENDING:
        say(_("报上了，名额给您留着，等负责人确认。"))
    else:
        say(_("候补好了；空出名额时按先后通知您。"))


@bp.post("/shifts/basket")
@permit("shift:sign-up", person_first=True, back=("portal.shifts", "shifts"), backs=LISTS)
def sign_up_for_several():
    """All that were ticked, or with `one` whichever of them comes first."""
    ids = {row_id(value) for value in request.form.getlist("shift") if value.isdecimal() and len(value) < 10}
    hold(Shift, ids)
    wanted = select(Shift).where(Shift.id.in_(ids)).execution_options(populate_existing=True)
    shifts = list(db.session.scalars(wanted))
    if len(shifts) < len(ids):
        abort(404)
    if request.form.get("one"):
        done = basket.sign_up_for_one(shifts, g.person, by=g.person)
    else:
        done = basket.sign_up_for_all(shifts, g.person, by=g.person)
    seats = [signup for signup in done if signup.state is not State.WAITING]
    if len(seats) == len(done):
        say(n_("报好了 %(num)s 场，到时候见！", "报好了 %(num)s 场，到时候见！", len(done)))
    else:
        waits = len(done) - len(seats)
        say(_("报上 %(seats)s 场，候补 %(waits)s 场；空出名额时按先后问您。", seats=len(seats), waits=waits))


@bp.post("/shifts/<int:id>/people")
@permit(
    "shift:sign-up-for",
    of=Shift,
    form=PhoneForm,
    before=count_number,
    first=lock_somebody,
    back=("shifts.show", "people"),
)
def sign_up_for(shift, form, _counted):
    """On behalf of somebody who cannot: by phone number; the journal says who did it."""
    person = with_phone(form.phone.data)
    try:
        signup = shift.sign_up(person, by=g.person)
    except Refusal as refusal:
        raise CannotGo(person=person.called, why=refusal) from None
    signup.behalf = form.reason.data
    said = _("替%(person)s报好了。") if signup.is_confirmed else _("名额满了，%(person)s排进了候补。")
    say(str(said) % {"person": person.called})
