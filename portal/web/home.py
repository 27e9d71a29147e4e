"""The first page: what is next and what fits, the desk of the day, or what this is: as whoever asks needs it."""

from flask import g
from sqlalchemy import func, select

from communities.place import walk
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import may
from kernel.receipt import new_key
from kernel.request import Page, permit
from partners.partner import Partner
from projects.project import Project, Stage
from volunteers.signup import Signup, State
from volunteers.volunteer import Volunteer

from ..filters import Filters
from ..open_shifts import OpenShifts
from . import today

FITTING = 5
GREETINGS = ((5, _("夜深了")), (11, _("早上好")), (13, _("中午好")), (18, _("下午好")), (24, _("晚上好")))


@permit("portal:home")
def home():
    """Who asks decides what is needed now."""
    if Volunteer.of(g.person):
        return volunteers_home()
    if may("portal:today"):
        return today.desk()
    return visitors_home()


def volunteers_home() -> Page:
    """Offers that wait for an answer, the next duty, and a few shifts that fit."""
    agenda = list(db.session.scalars(Signup.agenda(g.person, since=clock.now())))
    nearby = OpenShifts(g.person, Filters(), with_seats=True)
    signed = {signup.shift_id for signup in agenda}
    rows = [row for row in nearby.page().rows if row.id not in signed][:FITTING]
    expected = next((signup for signup in agenda if signup.is_appointed and signup.is_living), None)
    return Page(
        "portal/home.html",
        greeting=greeting(),
        offers=[signup for signup in agenda if signup.state is State.OFFERED and not signup.has_lapsed],
        next=expected,
        walk=walk(nearby.home, expected.shift.place) if expected else None,
        home=nearby.home,
        rows=rows,
        walks=nearby.walks(rows),
        key=new_key(),
    )


def visitors_home() -> Page:
    """What this is, a few figures of today, the nearest things to do."""
    running = (Stage.OPEN, Stage.ADOPTED, Stage.DELIVERED)
    figures = select(
        select(func.count()).select_from(Partner).where(Partner.active()).scalar_subquery(),
        select(func.count()).select_from(Project).where(Project.stage.in_(running)).scalar_subquery(),
        select(func.count()).select_from(Volunteer).scalar_subquery(),
    )
    partners, projects, volunteers = db.session.execute(seen(figures)).one()
    wanted = Project.seen_by(g.person).where(Project.stage == Stage.OPEN).order_by(Project.id.desc()).limit(3)
    return Page(
        "portal/welcome.html",
        partners=partners,
        projects=projects,
        volunteers=volunteers,
        wanted=list(db.session.scalars(seen(wanted))),
        rows=OpenShifts(g.person, Filters(), with_seats=True).page(3).rows,
    )


def greeting():
    """Good morning, at the hour of Beijing."""
    hour = clock.local(clock.now()).hour
    return next(words for until, words in GREETINGS if hour < until)
