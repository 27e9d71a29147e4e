"""A standing duty: its rule, its dates, who comes every week; changing it, with a look at what that does."""

from flask import Blueprint, g, redirect, request, url_for
from sqlalchemy import func, select

from kernel import clock
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db
from kernel.fields import Form, Phone
from kernel.i18n import _, n_
from kernel.permits import may
from kernel.request import Back, Page, form_for, permit, say
from kernel.work import Refusal

from ..engagement import living
from ..refusals import JoinFirst
from ..series import DutySeries
from ..shift import Shift
from ..standing_place import StandingPlace
from ..sweep import lock_holders
from ..volunteer import Volunteer
from .series_form import EndForm, SeriesForm, stored
from .somebody import CannotGo, count_number, lock_somebody, with_phone

bp = Blueprint("standing", __name__)


class OfferForm(Form):
    """Whom to ask."""

    phone = Phone(_("他的手机号或座机"))


@bp.get("/standing/<int:id>")
@permit("series:see", of=DutySeries)
def show(series):
    """The rule, the coming dates, my place in it; for the organiser who comes every week."""
    db.session.scalar(DutySeries.whole(series.id))
    coming = select(Shift).where(Shift.series_id == series.id, Shift.starts_at > clock.now())
    total = db.session.scalar(select(func.count()).select_from(coming.subquery()))
    if cursor := unpack(request.args.get("page"), int):
        coming = coming.where(Shift.starts_at > select(Shift.starts_at).where(Shift.id == cursor[0]).scalar_subquery())
    dates = list(db.session.scalars(coming.order_by(Shift.starts_at, Shift.id).limit(PAGE + 1)))
    places = list(db.session.scalars(StandingPlace.of(series).where(whose(series))))
    last = dates[PAGE - 1] if len(dates) > PAGE else None
    return Page(
        "volunteers/series.html",
        series=series,
        duty=series.duty,
        total=total,
        dates=dates[:PAGE],
        more=url_for("standing.show", id=series.id, page=pack(last.id)) if last else None,
        signed_up={one.shift_id: one.state for one in living(g.person)},
        mine=next((place for place in places if place.person_id == g.person.id), None),
        places=places if may("series:edit", series) else None,
        volunteer=Volunteer.of(g.person),
        form=form_for(Form),
        ending=form_for(EndForm),
        offering=form_for(OfferForm),
    )


def whose(series):
    """All places for the organiser, one's own for everybody else."""
    return True if may("series:edit", series) else StandingPlace.person_id == g.person.id


@bp.get("/standing/<int:id>/edit")
@permit("series:edit", of=DutySeries)
def edit(series):
    """The form with what is stored now; or, back from the look at what it would do, with what was typed."""
    series.must_live()
    again = "sequence" in request.args and not g.get("form")
    form = SeriesForm(formdata=request.args) if again else form_for(SeriesForm, **stored(series))
    return Page("volunteers/series_edit.html", series=series, form=form)


@bp.get("/standing/<int:id>/preview")
@permit("series:edit", of=DutySeries)
def preview(series):
    """What the change would do: how many dates follow, and which stay because somebody signed up."""
    series.must_live()
    if "sequence" not in request.args:  # nothing was typed
        return redirect(url_for("standing.edit", id=series.id))
    form = SeriesForm(formdata=request.args, meta={"csrf": False})
    page = Page("volunteers/series_edit.html", series=series, form=form)
    if not form.validate():
        page.status = 422
        return page
    try:
        changes = series.changes(form.pattern(), form.seats.data, form.people()["least"])
    except Refusal as refusal:
        form.checked(refusal.field, str(refusal))
        page.status = 409
        return page
    kept = select(Shift).where(Shift.id.in_(changes.occupied[:PAGE])).order_by(Shift.starts_at)
    pattern = form.pattern()
    proposed = DutySeries(
        weekdays="".join(map(str, sorted(pattern.weekdays))), starts=pattern.starts, ends=pattern.ends
    )
    proposed.first, proposed.last = pattern.first, pattern.last
    asks = (pattern.weekdays, pattern.starts, pattern.ends) != series.meets
    return Page(
        "volunteers/series_preview.html",
        series=series,
        rule=proposed.rule,
        changes=changes,
        kept=list(db.session.scalars(kept)),
        asked=len(series.held()) if asks else 0,
        form=form,
        sending=form_for(Form),
        back=url_for("standing.edit", id=series.id, **request.args.to_dict(flat=False)),
        typed=[pair for pair in request.args.items(multi=True) if pair[0] in form and pair[0] not in HIDDEN],
    )


HIDDEN = {"csrf_token", "key"}


@bp.post("/standing/<int:id>")
@permit("series:edit", of=DutySeries, form=SeriesForm, first=lock_holders, back=("standing.edit", None))
def revise(series, form):
    """Save it."""
    sequence = form.shown_sequence()
    changes = series.revise(form.pattern(), form.seats.data, sequence=sequence, by=g.person, **form.people())
    stay = len(changes.occupied)
    changed = n_("改好了，%(num)s 场跟着改。", "改好了，%(num)s 场跟着改。", changes.following)
    kept = n_("%(num)s 场有人报名，保持原样，也告诉他们了。", "%(num)s 场有人报名，保持原样，也告诉他们了。", stay)
    say(changed)
    if stay:
        say(kept)
    return Back("standing.show", id=series.id)


@bp.post("/standing/<int:id>/end")
@permit("series:edit", of=DutySeries, form=Form, first=lock_holders, back=("standing.show", None))
def end(series, _form):
    """It goes on no more."""
    series.end(by=g.person)
    say(_("以后不再固定办了；有人报名的场次照常，没人报的都取消了。"))


def lock_asker(id: int) -> None:
    """Whoever asks, before the series."""
    g.person.lock()


@bp.post("/standing/<int:id>/places")
@permit("series:ask", of=DutySeries, form=Form, first=lock_asker, back=("standing.show", "mine"))
def ask(series, _form):
    """我要固定来."""
    StandingPlace.ask(series, g.person, by=g.person)
    say(_("记下了，负责人答应以后，每一场自动给您报名。"))


@bp.post("/standing/<int:id>/offers")
@permit(
    "series:offer",
    of=DutySeries,
    form=OfferForm,
    before=count_number,
    first=lock_somebody,
    back=("standing.show", "regulars"),
)
def offer(series, form, _counted):
    """Ask somebody to come every week."""
    person = with_phone(form.phone.data)
    try:
        StandingPlace.offer(series, person, by=g.person)
    except JoinFirst as refusal:
        raise CannotGo(person=person.called, why=refusal) from None
    say(_("请%(person)s了，他答应以后才算数。", person=person.called))
