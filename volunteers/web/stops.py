"""一键停班: what would be called off, calling it off, and restoring it."""

from datetime import time

from flask import Blueprint, g, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from communities.place import Place
from kernel import clock
from kernel.cursor import PAGE
from kernel.db import db
from kernel.fields import Clock, Day, Form, Line, Pick, Tick
from kernel.i18n import _, n_
from kernel.request import Back, Page, form_for, permit, say

from ..shift import Shift
from ..stop import Reason, Stop, affected, people_in, residents_in

bp = Blueprint("stops", __name__)
EVENING = time(20)


class StopForm(Form):
    """From when until when, why, and whether indoors too."""

    day = Day(_("从哪天"))
    begins = Clock(_("几点起"))
    last_day = Day(_("到哪天"))
    until = Clock(_("几点止"), description=_("和这段时间有重叠的场次都算。"))
    reason = Pick(_("为什么停"), choices=Reason.pairs())
    words = Line(_("多说一句"), needed=False, most=100, description=_("报了名的人会看到，比如“39 度，改天再约”。"))
    outdoor_only = Tick(_("只停户外的"), description=_("岗位说明里勾了“在户外做”的。"))

    def facts(self) -> dict:
        """What is typed, as the columns of a stop."""
        starts_at, until = clock.at(self.day.data, self.begins.data), clock.at(self.last_day.data, self.until.data)
        facts = {"starts_at": starts_at, "until": until, "reason": Reason(self.reason.data)}
        return facts | {"words": self.words.data or "", "outdoor_only": self.outdoor_only.data}


def usual() -> dict:
    """Today until the evening, outdoors, because of the heat."""
    today, now = clock.today(), clock.local(clock.now()).time().replace(second=0, microsecond=0)
    until = EVENING if now < EVENING else time(23, 59)
    hours = {"day": today, "begins": now, "last_day": today, "until": until}
    return hours | {"reason": Reason.HEAT.value, "outdoor_only": True}


@bp.get("/stops/new")
@permit("stop:call", of=Place, at="place")
def new(place):
    """The form, and what was stopped here lately."""
    stops = list(db.session.scalars(Stop.at(place).limit(5)))
    again = "reason" in request.args and not g.get("form")  # back from the look at what it would do
    form = StopForm(formdata=request.args) if again else form_for(StopForm, **usual())
    return Page("volunteers/stop_new.html", place=place, form=form, stops=stops)


@bp.get("/stops/preview")
@permit("stop:call", of=Place, at="place")
def preview(place):
    """How many shifts and people it is about, before anything is done."""
    if "reason" not in request.args:  # nothing was typed
        return redirect(url_for("stops.new", place=place.id))
    form = StopForm(formdata=request.args, meta={"csrf": False})
    if not form.validate():
        page = Page("volunteers/stop_new.html", place=place, form=form, stops=[])
        page.status = 422
        return page
    facts = form.facts()
    shifts = list(db.session.scalars(affected(place, facts["starts_at"], facts["until"], facts["outdoor_only"])))
    return Page(
        "volunteers/stop_preview.html",
        place=place,
        form=form,
        shifts=shifts[:PAGE],
        total=len(shifts),
        people=people_in(shifts),
        residents=residents_in(shifts),
        sending=form_for(Form),
        back=url_for("stops.new", **request.args),
        typed=[pair for pair in request.args.items() if pair[0] in form and pair[0] not in ("csrf_token", "key")],
    )


@bp.post("/stops/")
@permit("stop:call", of=Place, at="place", form=StopForm, back=("stops.new", None))
def call(place, form):
    """Call it all off; everybody is told."""
    stop = Stop.call(place, by=g.person, **form.facts())
    say(n_("停了 %(num)s 场，报了名的人都会收到通知。", "停了 %(num)s 场，报了名的人都会收到通知。", len(stop.shifts)))
    return Back("stops.show", id=stop.id)


@bp.get("/stops/<int:id>")
@permit("stop:see", of=Stop)
def show(stop):
    """What was called off; for staff the way back."""
    mine = select(Shift).join(Shift.duty).options(contains_eager(Shift.duty)).where(Shift.stop_id == stop.id)
    shifts = list(db.session.scalars(mine.order_by(Shift.starts_at, Shift.id)))
    return Page(
        "volunteers/stop.html",
        stop=stop,
        place=stop.place,
        shifts=shifts[:PAGE],
        total=len(shifts),
        ahead=sum(shift.starts_at > clock.now() for shift in shifts),
        form=form_for(Form),
    )


@bp.post("/stops/<int:id>/lifting")
@permit("stop:lift", of=Stop, form=Form, back=("stops.show", "stop"))
def lift(stop, _form):
    """恢复."""
    shifts = stop.lift(by=g.person)
    if not shifts:
        say(_("这次停班恢复了；这些活动还在别的停班里，先停着。"))
        return
    say(n_("恢复了 %(num)s 场，报过名的人都会收到通知。", "恢复了 %(num)s 场，报过名的人都会收到通知。", len(shifts)))
