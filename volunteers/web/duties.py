"""Duties: what the work is, its dates, and how staff write and plan it."""

from flask import Blueprint, abort, g, request, url_for
from sqlalchemy import func, select

from communities.catalogue import Capability, Category
from communities.place import Place
from communities.working_day import unpublished
from kernel import clock
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.fields import row_id
from kernel.i18n import _, n_
from kernel.request import Back, Page, form_for, one, permit, say
from partners.contract_service import ContractService
from projects.project import Project

from ..duty import PRESENCE_SHARE, ChangedMeanwhile, Duty, ServiceKind
from ..series import DutySeries
from ..shift import Shift
from .duty_form import LIMITS, NAMED, TICKS, TYPED, DutyForm, fill_choices, leads_at, projects_at, recorders
from .series_form import NEWCOMER_DAYS, NEWCOMER_SEATS, PlanForm

bp = Blueprint("duties", __name__)


@bp.get("/duties/<int:id>")
@permit("duty:see", of=Duty)
def show(duty):
    """The work, its coming dates, and for the organiser the form that plans more."""
    db.session.scalar(Duty.whole(duty.id))  # what the page says, in one statement
    coming = Shift.coming().where(Shift.duty_id == duty.id)
    total = select(func.count()).select_from(coming.subquery())
    if cursor := unpack(request.args.get("page"), int):
        coming = coming.where(Shift.starts_at > select(Shift.starts_at).where(Shift.id == cursor[0]).scalar_subquery())
    dates = list(db.session.scalars(coming.limit(PAGE + 1)))
    last = dates[PAGE - 1] if len(dates) > PAGE else None
    is_all = not cursor and last is None
    return Page(
        "volunteers/duty.html",
        duty=duty,
        total=len(dates) if is_all else db.session.scalar(total),
        dates=dates[:PAGE],
        more=url_for("duties.show", id=duty.id, page=pack(last.id)) if last else None,
        standing=list(db.session.scalars(DutySeries.of_duty(duty))),
        plan=form_for(PlanForm, seats=3, newcomer_seats=NEWCOMER_SEATS, newcomer_days=NEWCOMER_DAYS),
        unpublished=unpublished(clock.today().year, clock.today().year + 1),
    )


@bp.get("/duties/new")
@permit("duty:write", of=Place, at="place")
def new(place):
    """The form of a new duty in this place, perhaps for a project (`?project=`)."""
    facts = {"service_kind": ServiceKind.VOLUNTEER.value, "presence_share": PRESENCE_SHARE}
    form = form_for(DutyForm, project_id=asked_project(), lead_id=g.person.id, recorder_id=0, **facts)
    fill_choices(form, place)
    services = ContractService.holding(place)
    return Page("volunteers/duty_new.html", form=form, place=place, project=asked_project(), services=services)


def asked_project() -> int:
    """The project from whose page somebody came, or 0."""
    try:
        return row_id(request.args.get("project", 0))
    except ValueError:
        return 0


@bp.post("/duties/")
@permit("duty:write", of=Place, at="place", form=DutyForm, back=("duties.new", None))
def create(place, form):
    """Write it; its dates are planned on its own page."""
    duty = Duty.write(place, by=g.person, **form.facts(), **named(form, place))
    say(_("“%(title)s”写好了，下一步排日子。", title=duty.title))
    return Back("duties.show", id=duty.id)


@bp.get("/duties/<int:id>/edit")
@permit("duty:edit", of=Duty)
def edit(duty):
    """The form with what is stored now."""
    facts = {name: getattr(duty, name) for name in [*TYPED + LIMITS + TICKS, *NAMED, "presence_share"]}
    facts |= {"service_kind": duty.service_kind.value, "danger": duty.danger.value}
    facts["grounds"] = duty.grounds.value if duty.grounds else ""
    form = form_for(DutyForm, **facts)
    if form is not g.get("form") or isinstance(g.get("refusal"), ChangedMeanwhile):
        form.version.data = str(duty.version)  # else what was shown: a wrong date in between lets no stale save through
    fill_choices(form, duty.place, duty)
    services = ContractService.holding(duty.place)
    return Page("volunteers/duty_edit.html", form=form, duty=duty, services=services)


@bp.post("/duties/<int:id>")
@permit("duty:edit", of=Duty, form=DutyForm, back=("duties.edit", None))
def revise(duty, form):
    """Save the corrections."""
    rows = named(form, duty.place, duty)
    version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
    duty.revise(version=version, by=g.person, **form.facts(), **rows)
    say(_("“%(title)s”改好了。", title=duty.title))
    return Back("duties.show", id=duty.id)


def named(form, place: Place, duty=None) -> dict:
    """The rows that the form names, as far as this person may name them: 404 for others."""
    found = {"project": None, "recorder": None, "lead": duty.lead if duty and duty.lead else g.person}
    found["category"] = one(Category, form.category_id.data)
    found["capability"] = one(Capability, form.capability_id.data) if form.capability_id.data else None
    if form.project_id.data:
        wanted = projects_at(place).where(Project.id == form.project_id.data)
        found["project"] = db.session.scalar(seen(wanted)) or kept(duty and duty.project, form.project_id.data)
    here = leads_at(place)
    if form.recorder_id.data:
        found["recorder"] = recorders(here, duty).get(form.recorder_id.data) or abort(404)
    if form.lead_id.data not in (None, found["lead"].id, g.person.id):
        found["lead"] = {one.id: one for one, _partner in here}.get(form.lead_id.data) or abort(404)
    elif form.lead_id.data == g.person.id:
        found["lead"] = g.person
    return found


def kept(project, id: int):
    """The project that the duty has already, which may be closed by now."""
    return project if project is not None and project.id == id else abort(404)


@bp.post("/duties/<int:id>/shifts")
@permit("duty:plan", of=Duty, form=PlanForm, back=("duties.show", "dates"))
def plan(duty, form):
    """Put its dates into the calendar: one day, or a rule."""
    pattern, seats = form.pattern(), form.seats.data
    if not pattern.is_single:
        series = DutySeries.write(duty, pattern, seats, by=g.person, **form.people())
        count = select(func.count()).where(Shift.series_id == series.id)
        laid, stopped = db.session.scalar(count) or 0, db.session.scalar(count.where(Shift.stop_id.is_not(None)))
        say(n_("排好了 %(num)s 场，要改时间点“固定时间”。", "排好了 %(num)s 场，要改时间点“固定时间”。", laid))
        if stopped:
            say(_("其中 %(stopped)s 场在停班期间，先停着，恢复停班时一起恢复。", stopped=stopped))
        return
    new = Shift.plan(duty, pattern, seats, by=g.person, least=form.people()["least"])
    planned = n_("排好了 %(num)s 场，都在下面。", "排好了 %(num)s 场，都在下面。", len(new))
    say(planned if new else _("这些日子原来就排好了，没有新加。"))
