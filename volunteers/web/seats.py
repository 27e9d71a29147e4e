"""认领方出人: the seats that an adopter keeps in the shifts of its project, and the answers of its members."""

from dataclasses import dataclass

from flask import Blueprint, abort, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from communities.person import Person
from kernel import clock
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.fields import Form
from kernel.i18n import _, moment, n_
from kernel.permits import may
from kernel.request import Back, Page, form_for, locked, permit, say
from partners.member import Member
from projects.adoption import Adoption

from ..duty import Duty
from ..manning import LIVING, MANNED_BEFORE, Manning, NoMember
from ..pledged_seat import PledgedSeat
from ..shift import Shift
from .seat_forms import KeepForm, NameForm

bp = Blueprint("seats", __name__)
PAGES = {"me": ("portal.me", "asked")}


@dataclass(frozen=True)
class Kept:
    """One shift as its adopter sees it: who was asked, how many seats nobody is named for, the form that names one."""

    shift: Shift
    named: list[PledgedSeat]
    unnamed: list[PledgedSeat]
    form: NameForm | None


@bp.get("/adoptions/<int:id>/seats")
@permit("seat:list", of=Adoption)
def index(adoption):
    """The coming shifts in which this adoption keeps seats, and the form that keeps more."""
    adopts = adoption.is_running and may("seat:keep", adoption)
    people = [(one.person_id, one.person.called) for one in members(adoption)] if adopts else []
    keep = form_for(KeepForm, count=1) if adopts else None
    if keep is not None:
        keep.shift_id.choices = open_shifts(adoption)
    kept = kept_by(adoption, people)
    return Page("volunteers/kept.html", adoption=adoption, kept=kept, keep=keep, form=form_for(Form))


def members(adoption: Adoption) -> list[Member]:
    """Those whom the adopter can name."""
    return [one for one in Member.of(adoption.partner, g.person) if one.until is None]


def open_shifts(adoption: Adoption) -> list[tuple[int, str]]:
    """The shifts of its project in which a seat can still be kept, soonest first."""
    soon = Shift.starts_at > clock.now() + MANNED_BEFORE
    wanted = Shift.coming().join(Shift.duty).options(contains_eager(Shift.duty))
    wanted = wanted.where(Duty.project_id == adoption.project_id, soon, Shift.taken < Shift.seats)
    return [(shift.id, words(shift)) for shift in db.session.scalars(wanted.limit(PAGE))]


def words(shift: Shift) -> str:
    """One line of the list to choose from."""
    free = n_("还空 %(num)s 个", "还空 %(num)s 个", shift.left)
    return f"{moment(shift.starts_at)} {shift.duty.title}，{free}"


def kept_by(adoption: Adoption, people: list[tuple[int, str]]) -> list[Kept]:
    """Its seats of coming shifts, by shift; with a form for the first of those that nobody is named for."""
    mine = select(PledgedSeat).join(PledgedSeat.shift).where(PledgedSeat.adoption_id == adoption.id)
    mine = mine.where(PledgedSeat.state.in_(LIVING), Shift.ends_at > clock.now()).order_by(Shift.starts_at, Shift.id)
    shift = contains_eager(PledgedSeat.shift).joinedload(Shift.duty, innerjoin=True)
    seats = db.session.scalars(seen(mine.order_by(PledgedSeat.id).options(shift, joinedload(PledgedSeat.person))))
    found: dict[Shift, list[PledgedSeat]] = {}
    for seat in seats:
        found.setdefault(seat.shift, []).append(seat)
    return [of_shift(shift, rows, people) for shift, rows in found.items()]


def of_shift(shift: Shift, seats: list[PledgedSeat], people: list[tuple[int, str]]) -> Kept:
    """One shift of the list."""
    unnamed = [seat for seat in seats if seat.state is Manning.NOBODY]
    taken = {seat.person_id for seat in seats}
    free = [(id, name) for id, name in people if id not in taken]
    first = unnamed[0] if unnamed and not unnamed[0].is_over and free else None
    named = [seat for seat in seats if seat not in unnamed]
    return Kept(shift, named, unnamed, name_form(first, free) if first else None)


def name_form(seat: PledgedSeat, people: list[tuple[int, str]]) -> NameForm:
    """As it was sent if it was sent for this seat, else a fresh one."""
    sent = g.get("form")
    mine = isinstance(sent, NameForm) and sent.seat.data == str(seat.id)
    form = sent if mine else NameForm(formdata=None, seat=seat.id)
    form.person_id.choices = people
    form.person_id.id = f"seat-{seat.id}-person"
    return form


@bp.post("/adoptions/<int:id>/seats")
@permit("seat:keep", of=Adoption, form=KeepForm, back=("seats.index", "seats"))
def keep(adoption, form):
    """Keep seats; the shift is held after the project."""
    shift = locked(Shift, form.shift_id.data)
    shift.keep(adoption, form.count.data, by=g.person)
    say(n_("留好了 %(num)s 个名额，下一步写请谁去。", "留好了 %(num)s 个名额，下一步写请谁去。", form.count.data))


def page_of(id: int) -> Back:
    """The adopter's page; for everybody else that of the shift."""
    seat = db.session.scalar(PledgedSeat.seen_by(g.person).where(PledgedSeat.id == id)) or abort(404)
    if may("seat:name", seat):
        return Back("seats.index", "seats", id=seat.adoption_id)
    return shift_of(id)


def shift_of(id: int) -> Back:
    """The page of the shift, which is public: who said no is asked no more, and may know of the seat no more."""
    shift_id = db.session.scalar(seen(select(PledgedSeat.shift_id).where(PledgedSeat.id == id))) or abort(404)
    return Back("shifts.show", "people" if request.values.get("back") == "people" else "signup", id=shift_id)


def lock_asked(id: int) -> None:
    """The person who is asked, before the shift and the seat."""
    asked = select(PledgedSeat.person_id).where(PledgedSeat.id == id).scalar_subquery()
    db.session.execute(seen(select(Person.id).where(Person.id == asked).with_for_update(key_share=True)))


@bp.get("/seats/<int:id>")
@permit("seat:see", of=PledgedSeat)
def show(seat):
    """Where the journal's lines about a seat lead."""
    back = page_of(seat.id)
    return redirect(url_for(back.endpoint, **back.keys))


@bp.post("/seats/<int:id>/person")
@permit("seat:name", of=PledgedSeat, form=NameForm, back=page_of)
def name(seat, form):
    """Ask a member."""
    person = next((one.person for one in members(seat.adoption) if one.person_id == form.person_id.data), None)
    if person is None:
        raise NoMember(partner=seat.adoption.partner.name)
    seat.name(person, by=g.person)
    say(_("请%(person)s了，等本人答复。", person=person.called))


@bp.post("/seats/<int:id>/recall")
@permit("seat:name", of=PledgedSeat, form=Form, back=page_of)
def recall(seat, _form):
    """Ask somebody else."""
    seat.recall(by=g.person)
    say(_("好的，可以另请一位。"))


@bp.post("/seats/<int:id>/return")
@permit("seat:give-back", of=PledgedSeat, form=Form, back=page_of)
def give_back(seat, _form):
    """Keep it no more."""
    seat.give_back(by=g.person)
    say(_("这个名额放出来了，大家都可以报名。"))


@bp.post("/seats/<int:id>/acceptance")
@permit("seat:answer", of=PledgedSeat, form=Form, first=lock_asked, back=shift_of, backs=PAGES)
def accept(seat, _form):
    """我去."""
    seat.accept(by=g.person)
    say(_("已报名“%(title)s”，到时候见！", title=seat.shift))


@bp.post("/seats/<int:id>/refusal")
@permit("seat:answer", of=PledgedSeat, form=Form, first=lock_asked, back=shift_of, backs=PAGES)
def decline(seat, _form):
    """这次去不了."""
    seat.decline(by=g.person)
    say(_("好的，这次不去，已经告诉请您的人了。"))
