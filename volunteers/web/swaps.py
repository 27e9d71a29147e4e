"""换人去: the answers to somebody who cannot come and asks another one, and the board."""

from flask import Blueprint, g, redirect
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from kernel import clock
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.fields import Form, Line
from kernel.i18n import _, moment
from kernel.permits import may
from kernel.request import Back, Page, form_for, permit, say

from .. import swapping
from ..duty import Duty
from ..shift import Shift
from ..signup import Signup
from ..swap import Swap
from ..swap_state import Swapping

bp = Blueprint("swaps", __name__)


class ObjectionForm(Form):
    """Why it has to be just this person."""

    reason = Line(_("为什么请他自己来"), most=200, description=_("双方会看到。"))


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
