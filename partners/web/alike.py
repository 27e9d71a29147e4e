"""“Is it here already?”: while somebody types, on a page of its own, and once more when the application is sent."""

from flask import g, request

from communities.attempt import Attempt
from kernel.i18n import _
from kernel.request import Page, permit
from kernel.text import clean_line
from kernel.work import Refusal

from .. import alike, credit_code
from ..partner import Partner

NUMBERS_AN_HOUR = 20  # phone numbers that one person may have compared
LONGEST = 80


class PerhapsHere(Refusal):
    """Said once: whoever sends it again knows that it is somebody else."""

    message = _("名册里有相近的，请先看一眼是不是您要找的。都不是的话，再交一次就行。")
    field = "name"


@permit("partner:apply")
def show() -> Page:
    """Who is alike what was typed. Phone numbers are not compared here: nobody learns by trying whose they are."""
    typed = {name: clean_line(request.args.get(name, ""))[:LONGEST] for name in ("name", "credit_code", "address")}
    said = alike.Said(
        name=alike.key_of(typed["name"]),
        phone=g.person.phone or "",
        code=credit_code.plain(typed["credit_code"]),
        address=alike.key_of(typed["address"]),
    )
    asked = any(typed.values())
    return Page("partners/alike.html", typed=typed, asked=asked, hints=alike.find(Partner, said) if asked else [])


def count_phone(form) -> bool:
    """Whether the phone number of this application is compared: not the twenty-first of an hour."""
    own = g.person.id is None or form.contact_phone.data == g.person.phone
    g.compare_phone = own or Attempt.count_hourly("alike", g.person, NUMBERS_AN_HOUR)
    return g.compare_phone


def said_by(form, compare_phone: bool) -> alike.Said:
    """What an application says, made comparable."""
    return alike.Said(
        name=alike.key_of(form.name.data or ""),
        phone=(form.contact_phone.data or "") if compare_phone else "",
        code=form.credit_code.data or "" if "credit_code" in form else "",
        address=alike.key_of(form.address.data or "") if "address" in form else "",
    )


def hints_for(form, partner=None) -> list[alike.Hint]:
    """Who is alike the application that was just sent and comes back; nobody for a fresh form."""
    if "seen" not in form or g.get("form") is not form:
        return []
    but = partner.id if partner else None
    return alike.find(Partner, said_by(form, g.get("compare_phone", False)), but=but)


def not_here(form, compare_phone: bool) -> None:
    """Raise `PerhapsHere` while somebody alike was not shown yet; a living credit code is refused by its own rule."""
    hints = alike.find(Partner, said_by(form, compare_phone))
    shown = set(form.seen.data or ())
    if any(hint.partner.id not in shown and alike.Reason.CODE not in hint.reasons for hint in hints):
        raise PerhapsHere
