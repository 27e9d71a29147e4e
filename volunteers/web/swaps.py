"""换人去: the page on which somebody who cannot come asks another one, the answers, and the board."""

from flask import Blueprint, abort, g, redirect, request
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from communities.attempt import Attempt
from communities.person import Person
from kernel import clock
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.fields import Form, Line, Phone, Pick, row_id
from kernel.i18n import _, moment
from kernel.permits import may
from kernel.request import Back, Page, form_for, locked, one, permit, say
from partners.member import memberships
from partners.partner import Partner

from .. import swapping
from ..duty import Duty
from ..shift import Shift
from ..signup import Signup, State
from ..swap import Swap
from ..swap_state import NobodyKnown, Swapping
from ..volunteer import Volunteer
from .somebody import TooManyNumbers

bp = Blueprint("swaps", __name__)
ASKED_AN_HOUR = 10  # numbers: nobody finds out by trying who is a volunteer
TO = [
    ("person", _("请一个人（写他的手机号）")),
    ("team", _("请我的队伍，谁先答应是谁")),
    ("board", _("挂出来，谁都可以接")),
    ("shift", _("和别的一场换")),
]


class OfferForm(Form):
    """Whom to ask; what belongs to another way is not looked at."""

    way = Pick(_("怎么找人"), choices=TO)
    phone = Phone(_("他的手机号"), needed=False)
    partner_id = Pick(_("哪个队伍"), coerce=row_id, needed=False)
    wanted_id = Pick(_("想换到哪一场"), coerce=row_id, needed=False)

    def validate(self, extra_validators=None):
        """What goes with the chosen way is needed."""
        fine = super().validate(extra_validators)
        wants = {"person": "phone", "team": "partner_id", "shift": "wanted_id"}.get(self.way.data or "")
        if wants and not self[wants].data and not self[wants].errors:
            self.checked(wants, _("请把这一项也填上。"))
            return False
        return fine


class ObjectionForm(Form):
    """Why it has to be just this person."""

    reason = Line(_("为什么请他自己来"), most=200, description=_("双方会看到。"))


@bp.get("/signups/<int:id>/swap")
@permit("swap:offer", of=Signup)
def new(signup):
    """How somebody else can be found for this seat."""
    form = form_for(OfferForm, way="person")
    form.partner_id.choices = [(one.partner_id, one.partner.name) for one in memberships(g.person)]
    form.wanted_id.choices = exchangeable(signup)
    ways = {"team": form.partner_id.choices, "shift": form.wanted_id.choices}
    form.way.choices = [(way, label) for way, label in TO if ways.get(way, True)]
    return Page("volunteers/swap_new.html", signup=signup, shift=signup.shift, form=form)


def exchangeable(signup: Signup) -> list[tuple[int, str]]:
    """The coming shifts of the same duty that somebody could give for this one."""
    shift = signup.shift
    mine = select(Signup.shift_id).where(Signup.person_id == signup.person_id, Signup.state.in_([State.CONFIRMED]))
    others = Shift.coming().where(Shift.duty_id == shift.duty_id, Shift.id != shift.id, Shift.id.not_in(mine))
    confirmed = select(Signup.shift_id).where(Signup.state == State.CONFIRMED)
    rows = db.session.scalars(seen(others.where(Shift.id.in_(confirmed)).limit(PAGE)))
    return [(row.id, moment(row.starts_at)) for row in rows]


def count_number(form) -> None:
    """Count the number before anybody looks whose it is. Raises `TooManyNumbers`."""
    asks = form.way.data == "person" and g.person.id
    if asks and not Attempt.count_hourly("swap", g.person, ASKED_AN_HOUR):
        raise TooManyNumbers


def lock_sides(id: int) -> None:
    """Both people and both shifts of what is about to be offered."""
    row = db.session.execute(seen(select(Signup.person_id, Signup.shift_id).where(Signup.id == id))).one_or_none()
    if row is None:
        abort(404)
    wanted = request.form.get("wanted_id", "")
    swapping.hold(Person, {row.person_id})
    swapping.hold(Shift, {row.shift_id, int(wanted) if wanted.isdecimal() and len(wanted) < 10 else None})


@bp.post("/signups/<int:id>/swap")
@permit("swap:offer", of=Signup, form=OfferForm, before=count_number, first=lock_sides, back=("swaps.new", None))
def offer(signup, form, _counted):
    """Ask."""
    swap = Swap.offer(signup, by=g.person, **target(form))
    said = {"board": _("挂出来了，有人接会告诉您；在那以前还是您去。")}
    say(said.get(form.way.data, _("问过了，对方答应会告诉您；在那以前还是您去。")))
    return Back("swaps.show", id=swap.id)


def target(form) -> dict:
    """Whom the form asks. Raises `NobodyKnown`."""
    if form.way.data == "person":
        known = select(Person).join(Volunteer, Volunteer.person_id == Person.id).where(Person.phone == form.phone.data)
        person = db.session.scalar(seen(known))
        if person is None:
            raise NobodyKnown
        return {"to": person}
    if form.way.data == "team":
        return {"partner": one(Partner, form.partner_id.data)}
    if form.way.data == "shift":
        return {"wanted": locked(Shift, form.wanted_id.data)}
    return {}


@bp.get("/swaps/<int:id>")
@permit("swap:see", of=Swap)
def show(swap):
    """What is asked of whom, and what this person can do about it."""
    shift = swap.shift
    return Page(
        "volunteers/swap.html",
        swap=swap,
        shift=shift,
        mine=swap.giver.id == g.person.id,
        asked=swap.state is Swapping.OPEN and swap.is_asked(g.person),
        leads=may("swap:object", swap),
        form=form_for(Form),
        objection=form_for(ObjectionForm),
    )


@bp.get("/swaps/")
@permit("swap:list")
def index():
    """What others look for somebody for, as far as this person is asked, soonest first; and his own."""
    own = Signup.person_id == g.person.id
    wanted = select(Swap).join(Swap.signup).join(Signup.shift).where(Shift.starts_at > clock.now())
    wanted = wanted.where(or_(Swap.open_to(g.person), own & Swap.state.in_((Swapping.OPEN, Swapping.AGREED))))
    shift = contains_eager(Swap.signup).contains_eager(Signup.shift)
    duty = shift.joinedload(Shift.duty, innerjoin=True).joinedload(Duty.category, innerjoin=True)
    wanted = wanted.options(duty, shift.joinedload(Shift.place).joinedload(Shift.place.property.entity.class_.parent))
    rows = list(db.session.scalars(seen(wanted.order_by(Shift.starts_at, Swap.id).limit(PAGE))))
    return Page("volunteers/swaps.html", swaps=rows)


def lock_swap(id: int) -> None:
    """Both people, whoever answers, and both shifts."""
    swapping.lock_sides(id, g.person.id)


def page_of(id: int) -> Back:
    """Its page, for whoever may still see it; for who gave it up to others the board."""
    known = db.session.scalar(Swap.seen_by(g.person).where(Swap.id == id))
    return Back("swaps.show", "swap", id=id) if known is not None else Back("swaps.index", "swaps")


ANSWER = {"of": Swap, "form": Form, "first": lock_swap, "back": page_of}


@bp.post("/swaps/<int:id>/acceptance")
@permit("swap:answer", **ANSWER)
def accept(swap, _form):
    """我去."""
    swap.accept(g.person, by=g.person)
    if swap.state is Swapping.DONE:
        say(_("换好了，这一场您去，到时候见！"))
    else:
        say(_("谢谢！负责人在 %(until)s 前没有意见，就换您去，到时候通知您。", until=moment(swap.settle_at)))


@bp.post("/swaps/<int:id>/refusal")
@permit("swap:answer", **ANSWER)
def decline(swap, _form):
    """Not this time."""
    swap.decline(g.person, by=g.person)
    say(_("好的，已经告诉对方了。"))


@bp.post("/swaps/<int:id>/withdrawal")
@permit("swap:withdraw", **ANSWER)
def withdraw(swap, _form):
    """不换了."""
    swap.withdraw(by=g.person)
    say(_("好的，还是您去。"))


@bp.post("/swaps/<int:id>/approval")
@permit("swap:object", **ANSWER)
def approve(swap, _form):
    """The lead has no objection, and says so before the time is over."""
    swap.settle(by=g.person)
    say(_("换好了，双方都会收到消息。") if swap.state is Swapping.DONE else swap.reason)


@bp.post("/swaps/<int:id>/objection")
@permit("swap:object", **ANSWER | {"form": ObjectionForm})
def veto(swap, form):
    """The lead needs just this person."""
    swap.veto(form.reason.data, by=g.person)
    say(_("记下了，双方会看到原因。"))


@bp.get("/swaps/by-signup/<int:id>")
@permit("swap:offer", of=Signup)
def of_signup(signup):
    """The way to the swap of a seat that is under way, or to the page that begins one."""
    living = Swap.state.in_((Swapping.OPEN, Swapping.AGREED))
    id = db.session.scalar(seen(select(Swap.id).where(Swap.signup_id == signup.id, living)))
    return redirect(f"/swaps/{id}" if id else f"/signups/{signup.id}/swap")
