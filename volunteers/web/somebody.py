"""Somebody else, by phone number: found, locked and counted in one way wherever a lead or staff acts for others."""

from flask import g, request
from sqlalchemy import select

from communities.attempt import Attempt
from communities.person import Person
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

NUMBERS_AN_HOUR = 60  # a full activity, twice


class NobodyRegistered(Refusal):
    """Signing up somebody who is not known here."""

    message = _("这个号码还没有登记过，请先给他登记。")
    field = "phone"


class TooManyNumbers(Refusal):
    """Nobody finds out by trying who is registered; said of a known number and of an unknown one alike."""

    message = _("您这一小时里替人报名的次数太多了，这个号码没有去查。请过一会儿再报，或请对方自己报。")
    field = "phone"


class CannotGo(Refusal):
    """The reason why somebody else cannot take it, said to whoever signs him up."""

    message = _("%(person)s报不上这一场：%(why)s")
    field = "phone"


def lock_somebody(id: int) -> None:
    """The person with the phone number of the form, before the subject."""
    somebody = select(Person.id).where(Person.phone == request.form.get("phone"))
    db.session.execute(seen(somebody.with_for_update(key_share=True)))


def count_number(_form) -> None:
    """Count the number before anybody looks whose it is. Raises `TooManyNumbers`."""
    if g.person.id and not Attempt.count_hourly("sign-up", g.person, NUMBERS_AN_HOUR):
        raise TooManyNumbers


def with_phone(number: str) -> Person:
    """The person with this number. Raises `NobodyRegistered`."""
    person = db.session.scalar(seen(select(Person).where(Person.phone == number)))
    if person is None:
        raise NobodyRegistered
    return person
