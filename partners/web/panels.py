"""What partners show on the pages of earlier packages."""

from flask import g, render_template

from communities.place import Kind
from kernel.db import db
from kernel.permits import may
from kernel.slots import fill

from ..announcement import HERE, Announcement
from ..contract_service import ContractService
from ..register import Register

SHOWN = 6


def of_place(place) -> str | None:
    """Those who serve this place in particular, the newest of them."""
    partners, _total = Register(place=place, near=True).page(g.person)
    if not partners:
        return None
    return render_template("partners/of_place.html", place=place, partners=partners[:SHOWN])


def contract_of_place(place) -> str | None:
    """What the owners of a compound pay for; where nothing is written down, only for those who could."""
    if place.kind is not Kind.COMPOUND:
        return None
    services = [one for one in db.session.scalars(ContractService.of(place)) if not one.is_over]
    keeps = may("contract:add", place)
    if not (services or keeps):
        return None
    return render_template("partners/contract_of_place.html", place=place, services=services, keeps=keeps)


def announcements_of_place(place) -> str | None:
    """小区通知 that are not over, of a compound or a building; where there is none, only for who could tell one."""
    if place.kind not in HERE:
        return None
    coming = list(db.session.scalars(Announcement.coming(place)))
    tells = place.kind is Kind.COMPOUND and may("announcement:make", place)
    if not (coming or tells):
        return None
    return render_template("partners/announcements_of_place.html", place=place, announcements=coming, tells=tells)


def set_up() -> None:
    """Fill the slots."""
    fill("place.below", announcements_of_place)
    fill("place.below", of_place)
    fill("place.below", contract_of_place)
