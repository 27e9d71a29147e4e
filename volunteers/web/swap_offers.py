"""换人去: the page on which somebody who cannot come asks another one."""

from flask import abort, g, request
from sqlalchemy import select

from communities.attempt import Attempt
from communities.person import Person
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.fields import Form, Phone, Pick, row_id
from kernel.i18n import _, moment
from kernel.request import Back, Page, form_for, locked, one, permit, say
from partners.member import memberships
from partners.partner import Partner

from .. import swapping
from ..shift import Shift
from ..signup import Signup, State
from ..swap import Swap
from ..swap_state import NobodyKnown
from ..volunteer import Volunteer
from .somebody import TooManyNumbers
from .swaps import bp

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
