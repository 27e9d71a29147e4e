"""Baskets: several shifts in one step, all of them or none; or one of them, whichever comes first."""

from kernel.i18n import _, moment
from kernel.work import Refusal

from . import alternatives
from .shift import Shift
from .signup import Signup, State

MOST = 10


class NothingChosen(Refusal):
    """An empty basket."""

    message = _("请先勾选想去的场次。")


class TooMany(Refusal):
    """Nobody looks through more than that before pressing a button."""

    message = _("一次最多选 %(most)s 场，请分几次报。")


class NotAll(Refusal):
    """Checked together: what stands in the way of one of them stops all, and nothing has changed."""

    message = _("都没有报。%(when)s 的“%(title)s”报不上：%(why)s 去掉这一场再报一次就行。")


class NoneOfThem(Refusal):
    """Not even a queue."""

    message = _("这几场您都去不了。比如 %(when)s 的“%(title)s”：%(why)s")


def measured(shifts: list[Shift]) -> list[Shift]:
    """The shifts of a basket, soonest first. Raises `NothingChosen` and `TooMany`."""
    if not shifts:
        raise NothingChosen
    if len(shifts) > MOST:
        raise TooMany(most=MOST)
    return sorted(shifts, key=lambda shift: (shift.starts_at, shift.id))


def sign_up_for_all(shifts: list[Shift], person, *, by) -> list[Signup]:
    """A seat or a place in the queue of each; the gates see those before. Raises `NotAll`: the caller rolls back."""
    done = []
    for shift in measured(shifts):
        try:
            done.append(shift.sign_up(person, by=by))
        except Refusal as refusal:
            raise NotAll(when=moment(shift.starts_at), title=shift.duty.title, why=refusal) from None
        person.forget()
    return done


def sign_up_for_one(shifts: list[Shift], person, *, by) -> list[Signup]:
    """The first of them that has a seat; where none has, a place in every queue until one of them offers.

    Raises `NoneOfThem` with what stands in the way of the first when it is so with all of them.
    """
    wanted = measured(shifts)
    fit = [shift for shift in wanted if not shift.refusals_for(person)]
    if not fit:
        first = wanted[0]
        why = first.refusals_for(person)[0]
        raise NoneOfThem(when=moment(first.starts_at), title=first.duty.title, why=why)
    for shift in fit:
        if shift.has_seat_now:
            return [shift.sign_up(person, by=by)]
    done = [shift.sign_up(person, by=by) for shift in fit]
    alternatives.tie([signup for signup in done if signup.state is State.WAITING])
    return done
