"""What must hold of any demo data, as questions to the database whose answer is an empty list."""

from datetime import timedelta
from itertools import pairwise

from sqlalchemy import func, select

from communities.person import Person
from governance.need import Need
from governance.need_state import State as NeedState
from kernel import clock
from kernel.db import db, seen
from partners.incubations.incubation import Incubation
from partners.partner import Partner
from projects.adoption import LIVING as LIVING_ADOPTIONS
from projects.adoption import Adoption, State
from projects.origin import Origin
from projects.part import Part
from projects.project import Project, Stage
from volunteers.attendances.attendance import HERE, Attendance
from volunteers.duty import Duty, ServiceKind
from volunteers.hours.entry import Entry
from volunteers.hours.proving import prove, units
from volunteers.manning import KEPT
from volunteers.pledged_seat import PledgedSeat
from volunteers.shift import Shift
from volunteers.signup import HOLDS_SEAT, LIVING, Signup
from volunteers.signup import State as SignupState
from volunteers.tickets.slot import Slot
from volunteers.tickets.ticket import HOLDS_PLACES, Ticket

MARK = "（示例）"


def rows(select_):
    """All rows of a select."""
    return db.session.execute(select_).all()


def wrong_seats() -> list:
    """Shifts whose count of taken seats is not that of the sign-ups and the adopters that hold one."""
    held = select(func.count()).where(Signup.shift_id == Shift.id, Signup.state.in_(HOLDS_SEAT)).scalar_subquery()
    kept = select(func.count()).where(PledgedSeat.shift_id == Shift.id, PledgedSeat.state.in_(KEPT)).scalar_subquery()
    return rows(select(Shift.id, Shift.taken, held + kept).where(Shift.taken != held + kept))


def wrong_shares() -> list:
    """Parts whose count of units given away is not that of the living adoptions."""
    living = (Adoption.part_id == Part.id) & Adoption.state.in_(LIVING_ADOPTIONS)
    given = select(func.coalesce(func.sum(Adoption.quantity), 0)).where(living).scalar_subquery()
    return rows(select(Part.id, Part.given, given).where(Part.given != given))


def wrong_stages() -> list:
    """Projects whose stage is not what their parts and adoptions say."""
    return [project for project in db.session.scalars(select(Project)) if not is_right(project)]


def is_right(project: Project) -> bool:
    """Open while anything is left; delivered when everything is given and done."""
    if project.stage in (Stage.DRAFT, Stage.WITHDRAWN):
        return not project.adoptions and not project.posted_at
    all_done = all(adoption.state is State.DELIVERED for adoption in project.living_adoptions)
    if project.stage is Stage.OPEN:
        return project.left > 0
    return not project.left and all_done == (project.stage in (Stage.DELIVERED, Stage.CLOSED))


def wrong_leads() -> list:
    """Projects that somebody has adopted and of which not exactly one leads."""
    living = Adoption.state.in_(LIVING_ADOPTIONS)
    leads = func.count().filter(Adoption.leads, living)
    counts = select(Adoption.project_id, leads).where(living).group_by(Adoption.project_id).having(leads != 1)
    stray = select(Adoption.id).where(Adoption.leads, ~living)
    return rows(counts) + rows(stray)


def people_in_two_places() -> list:
    """Living sign-ups of one person that overlap."""
    days = select(Signup.person_id, Shift.starts_at, Shift.ends_at).join(Signup.shift)
    agenda = rows(days.where(Signup.state.in_(LIVING)).order_by(Signup.person_id, Shift.starts_at))
    return [(one, other) for one, other in pairwise(agenda) if one[0] == other[0] and other[1] < one[2]]


def wrong_attendances() -> list:
    """Sign-ups that say 已完成 without a row of attendance, or have one and say that nobody came."""
    none = seen(select(Signup.id).outerjoin(Attendance, Attendance.signup_id == Signup.id))
    here = Signup.state.in_(HERE)
    return rows(none.where(here, Attendance.id.is_(None))) + rows(none.where(~here, Attendance.id.is_not(None)))


def wrong_tickets() -> list:
    """Slots whose count of taken places is not that of the tickets that hold them; guests without the mark."""
    mine = select(func.coalesce(func.sum(Ticket.size), 0)).where(Ticket.slot_id == Slot.id)
    held = mine.where(Ticket.state.in_(HOLDS_PLACES)).scalar_subquery()
    guests = seen(select(Ticket.name).where(Ticket.person_id.is_(None), Ticket.name.not_like(f"%{MARK}")))
    return rows(seen(select(Slot.id, Slot.taken, held).where(Slot.taken != held))) + rows(guests)


def unmarked() -> list:
    """Names of people, partners and firms without the mark."""
    people = rows(select(Person.name).where(Person.name.not_like(f"%{MARK}")))
    forms = rows(select(Person.called).where(Person.called.not_like(f"%{MARK}")))
    firms = rows(select(Incubation.name).where(Incubation.name.not_like(f"%{MARK}")))
    return people + forms + firms + rows(select(Partner.name).where(Partner.name.not_like(f"%{MARK}")))


def wrong_needs() -> list:
    """Projects whose needs do not stand where the project does: taken until it is closed, then solved."""
    over = (NeedState.SOLVED, NeedState.CONFIRMED)
    closed = Project.stage == Stage.CLOSED
    fits = (closed & Need.state.in_(over)) | (~closed & (Need.state == NeedState.TAKEN))
    linked = select(Origin.project_id, Need.number).join(Origin.project).join(Need, Origin.need_id == Need.id)
    return rows(seen(linked.where(Origin.until.is_(None), ~fits)))


def wrong_ledgers() -> list:
    """What the proof of each ledger of hours finds."""
    return [finding for unit in units() for finding in prove(unit).findings]


def late_hours() -> list:
    """Service of more than three weeks ago that nobody confirmed, though somebody could."""
    over = Shift.ends_at < clock.now() - timedelta(days=21), Duty.service_kind == ServiceKind.VOLUNTEER
    left = select(Attendance.id, Attendance.by_id, Signup.person_id).join(Attendance.signup).join(Signup.shift)
    left = left.join(Shift.duty).where(*over, Signup.state == SignupState.DONE)
    settled = select(Entry.id).where(Entry.signup_id == Signup.id).exists()
    staff = set(rows(select(Entry.confirmed_by_id).distinct()))
    return [row for row in rows(seen(left.where(~settled))) if not {(row.by_id,), (row.person_id,)} & staff]


CHECKS = (
    wrong_ledgers,
    late_hours,
    wrong_seats,
    wrong_shares,
    wrong_stages,
    wrong_leads,
    wrong_needs,
    people_in_two_places,
    wrong_attendances,
    wrong_tickets,
    unmarked,
)
