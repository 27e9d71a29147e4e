"""台账: one page for the tables of all packages; each is downloaded as Excel, ready to print."""

from flask import Blueprint, abort, g, request
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.ledger import LEDGERS, Ledger
from kernel.permits import may
from kernel.request import Page, checked, permit

from ..place import Place, in_ranges
from ..post import DECIDERS
from ..tree import OVERVIEW
from .files import attachment

bp = Blueprint("ledgers", __name__)
OFFERED = 500  # places to choose from


@bp.get("/ledgers/")
@permit("ledger:see")
def index():
    """Every table that this person may open, and the place whose rows are wanted."""
    ledgers = [ledger for ledger in LEDGERS.values() if may(ledger.action)]
    return Page("communities/ledgers.html", ledgers=ledgers, places=offered(), place=chosen())


@bp.get("/ledgers/<string:name>.xlsx")
@permit("ledger:see")
def sheet(name):
    """One of them; the other words of the address narrow it down."""
    ledger, place = named(name), chosen()
    data = ledger.workbook(g.person, request.args.to_dict() | {"place": place.code}, place=place.name)
    return attachment(data, f"{name}-{clock.today():%Y%m%d}.xlsx")


def named(name: str) -> Ledger:
    """The ledger of this name, if this person may open it."""
    ledger = LEDGERS.get(name) or abort(404)
    checked(ledger.action)
    return ledger


def chosen() -> Place:
    """The place in the address, else where this person decides; 404 for one where he does not."""
    code = request.args.get("place", "")
    if not code:
        return next(post.place for post in g.person.posts if post.office in DECIDERS)
    place = Place.at(code) or abort(404)
    return place if g.person.holds(DECIDERS, place) else abort(404)


def offered() -> list[Place]:
    """Where this person decides, and the districts, subdistricts and communities in it."""
    paths = [post.place.path for post in g.person.posts if post.office in DECIDERS]
    wanted = select(Place).where(in_ranges(Place.path, paths), Place.kind.in_(OVERVIEW))
    return list(db.session.scalars(seen(wanted.order_by(Place.path).limit(OFFERED))))
