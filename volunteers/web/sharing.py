"""发到群里 (requirement 5): the text of a shift, of a stop and of the gaps of a place, its address and its code."""

from flask import Blueprint, url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from communities.place import Place
from kernel.db import db
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Page, permit

from ..assignments.coverage import covers
from ..assignments.sharing import of_gaps
from ..sharing import of_shift, of_stop
from ..shift import Shift
from ..stop import Stop

bp = Blueprint("sharing", __name__)


def page(text: str, address: str, crumbs: list[tuple]) -> Page:
    """The text with what belongs to it."""
    return Page("volunteers/share.html", text=text, address=address, code=qr(address), crumbs=crumbs)


@bp.get("/shifts/<int:id>/share")
@permit("shift:see", of=Shift)
def shift(shift):
    """One date of a duty."""
    db.session.scalar(Shift.whole(shift.id))
    address = whole_url("shifts.show", id=shift.id)
    crumbs = [(_("活动"), url_for("portal.shifts")), (shift.duty.title, url_for("shifts.show", id=shift.id))]
    return page(of_shift(shift, address), address, crumbs)


@bp.get("/stops/<int:id>/share")
@permit("stop:see", of=Stop)
def stop(stop):
    """What was called off, or takes place again."""
    mine = select(Shift).join(Shift.duty).options(contains_eager(Shift.duty)).where(Shift.stop_id == stop.id)
    shifts = db.session.scalars(mine.order_by(Shift.starts_at, Shift.id)).all()
    address, place = whole_url("stops.show", id=stop.id), stop.place
    crumbs = [(place.name, url_for("places.show", code=place.code)), (_("停班"), url_for("stops.show", id=stop.id))]
    return page(of_stop(stop, shifts, address), address, crumbs)


@bp.get("/places/<string:code>/coverage/share")
@permit("coverage:see", of=Place, by="code")
def gaps(place):
    """The buildings that nobody looks after."""
    address = whole_url("coverage.show", code=place.code)
    crumbs = [(place.name, url_for("places.show", code=place.code))]
    crumbs.append((_("楼栋包联"), url_for("coverage.show", code=place.code)))
    return page(of_gaps(place, covers(place), address), address, crumbs)
