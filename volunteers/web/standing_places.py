"""One person's standing place: yes and no from both sides, and its end."""

from flask import Blueprint, abort, g, redirect, url_for

from kernel.db import db
from kernel.fields import Form
from kernel.i18n import _
from kernel.request import Back, permit, say

from ..standing_place import StandingPlace
from .series_form import EndForm

bp = Blueprint("standing_places", __name__)
PAGES = {"me": ("portal.me", "standing")}


def to_series(id: int) -> Back:
    """The part of the series' page that has the buttons: one's own, or the organiser's list."""
    mine = StandingPlace.seen_by(g.person).where(StandingPlace.id == id)
    place = db.session.scalar(mine) or abort(404)
    return Back("standing.show", "mine" if place.person_id == g.person.id else "regulars", id=place.series_id)


@bp.get("/standing/places/<int:id>")
@permit("standing:see", of=StandingPlace)
def show(place):
    """Where the journal's lines about a place lead."""
    return redirect(url_for("standing.show", id=place.series_id))


@bp.post("/standing/places/<int:id>/grant")
@permit("standing:grant", of=StandingPlace, form=Form, back=to_series)
def grant(place, _form):
    """The lead's yes."""
    place.grant(by=g.person)
    say(_("好，%(person)s以后固定来。", person=place.person.called))


@bp.post("/standing/places/<int:id>/acceptance")
@permit("standing:answer", of=StandingPlace, form=Form, back=to_series, backs=PAGES)
def accept(place, _form):
    """The volunteer's yes; or that of staff after a call."""
    place.accept(by=g.person)
    say(_("好，以后每一场自动报名；哪次去不了，在那一场点“这次去不了”。"))


@bp.post("/standing/places/<int:id>/refusal")
@permit("standing:answer", of=StandingPlace, form=Form, back=to_series, backs=PAGES)
def decline(place, _form):
    """No, from either side."""
    place.decline(by=g.person)
    say(_("好的，不固定来了；单场照样可以报名。"))


@bp.post("/standing/places/<int:id>/end")
@permit("standing:end", of=StandingPlace, form=EndForm, back=to_series, backs=PAGES)
def end(place, form):
    """Comes no more every week."""
    place.end(by=g.person, leave=form.leave.data)
    say(_("好的，以后不再自动报名；想来的时候随时可以报单场。"))
