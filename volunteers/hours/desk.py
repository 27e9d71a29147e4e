"""What waits for a community: days whose hours nobody confirmed yet, and corrections to answer."""

from datetime import timedelta

from sqlalchemy import Select, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import aliased

from communities.office import Office
from communities.place import Place, in_ranges
from kernel import clock, waiting
from kernel.i18n import _, day
from partners.partner import Partner

from ..attendances.attendance import HERE, Attendance
from ..deadline import due_after
from ..duty import Duty, ServiceKind
from ..shift import Shift
from ..signup import Signup
from .amending import recorded_in
from .correction import Correction
from .correction_state import State
from .entry import Entry, Kind
from .review import DUE
from .unit import RecordingUnit, entrusted_at

DAYS = 30  # told one by one; what is older is one line
LOOKED_AT = timedelta(days=90)  # what is older waits on the page of the community; this stands on every page of staff
OFFICES = {Office.COMMITTEE, Office.RESIDENTS_COMMITTEE}


def communities(asker) -> list[int]:
    """Where this person keeps the ledger."""
    return [post.place_id for post in asker.posts if post.office in OFFICES]


def paths_of(asker) -> list[str]:
    """The same as paths."""
    return [post.place.path for post in asker.posts if post.office in OFFICES]


def to_confirm(asker):
    """A line for each day of a community, due 10 working days after it (67号令 art. 11); its id is that of a shift."""
    places = communities(asker)
    if not places:
        return None
    community, spot = aliased(Place), aliased(Place)
    reports = exists().where(RecordingUnit.place_id == community.id, RecordingUnit.takes_report_in)
    kinds = or_(Duty.service_kind == ServiceKind.VOLUNTEER, and_(Duty.service_kind == ServiceKind.REPORT_IN, reports))
    theirs = Duty.recorder_id.is_(None) | Duty.recorder_id.not_in(entrusted_at(community.id))
    here = Shift.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths_of(asker))))
    over = over_lately(community.id).join(Shift.duty).join(spot, spot.id == Shift.place_id)
    over = over.join(community, inside(spot, community))
    return by_day(over.where(here, community.id.in_(places), kinds, theirs))


def of_partners(asker):
    """The same for whoever speaks for a partner: the days of what it records where a community agreed."""
    if not asker.partners:
        return None
    community, spot = aliased(Place), aliased(Place)
    over = over_lately(RecordingUnit.id).join(Shift.duty).join(spot, spot.id == Shift.place_id)
    over = over.join(RecordingUnit, RecordingUnit.partner_id == Duty.recorder_id).join(RecordingUnit.partner)
    over = over.join(community, (community.id == RecordingUnit.place_id) & inside(spot, community))
    mine = Duty.recorder_id.in_(asker.partners), RecordingUnit.entrusted, Partner.active()
    return by_day(over.where(*mine, Duty.service_kind == ServiceKind.VOLUNTEER))


def inside(spot, community):
    """A condition: one place lies in another."""
    end = func.substr(community.path, 1, func.length(community.path) - 1) + "0"
    return and_(spot.path >= community.path, spot.path < end)


def over_lately(unit) -> Select:
    """The shifts that are over, each with its `unit` and how many people on it nobody confirmed.

    People are counted per shift: so both databases begin with the shifts of a place and not with all sign-ups.
    """
    settled = exists().where(Entry.kind == Kind.SERVICE, Entry.signup_id == Signup.id)
    unsettled = select(func.count(Signup.id)).where(Signup.shift_id == Shift.id, Signup.state.in_(HERE), ~settled)
    people = unsettled.correlate(Shift).scalar_subquery()
    lately = Shift.ends_at <= waiting.now(), Shift.starts_at >= clock.at(clock.today() - LOOKED_AT)
    facts = Shift.id, Shift.starts_at, Shift.ends_at, unit.label("unit"), people.label("people")
    return select(*facts).select_from(Shift).where(*lately)


def by_day(over: Select) -> Select:
    """A line for each unit and day of these shifts on which somebody waits for his hours."""
    shift = over.subquery().c
    latest, called = due_after(shift.starts_at, DUE, DAYS), day_of(shift.starts_at)
    before, after = str(_("，%(n)s 人的时长", n="#")).split("#")
    subject = called + before + cast(func.sum(shift.people), String) + after
    rows = select(func.min(shift.id), subject, func.min(shift.ends_at), latest)
    return rows.where(shift.people > 0).group_by(shift.unit, latest, called)


def day_of(moment):
    """“11月28日 周六的活动” for a moment of the last days, as SQL."""
    past = [clock.today() - timedelta(days=number) for number in range(DAYS + 1)]
    return case(*((moment >= clock.at(day), day_words(day)) for day in past), else_=str(_("更早的活动")))


def day_words(of) -> str:
    """“11月28日 周六的活动”."""
    return str(_("%(day)s的活动", day=day(of)))


def to_correct(asker):
    """The wishes for a correction, due 10 working days after they were asked; a partner's go to who speaks for it."""
    places = communities(asker)
    if not places and not asker.partners:
        return None
    subject = Duty.activity + case((Duty.role == "", ""), else_=" · " + Duty.role)
    rows = select(Correction.id, subject, Correction.asked_at, Correction.due).join(Correction.unit)
    rows = rows.join(Correction.signup).join(Signup.shift).join(Shift.duty)
    answered = answered_by(asker, places)
    return rows.where(Correction.state == State.ASKED, answered, Correction.person_id != asker.id)


def changed(asker):
    """Shifts whose list was corrected after its hours were confirmed, due 10 working days after the correction."""
    places = communities(asker)
    if not places and not asker.partners:
        return None
    before, after = str(_("，%(n)s 人", n="#")).split("#")
    role = case((Duty.role == "", ""), else_=" · " + Duty.role)
    own = Attendance.changed_by_id.is_(None) | (Attendance.changed_by_id != asker.id)
    facts = Attendance.signup_id, Attendance.differs_since, recorded_in()
    row = select(*facts).where(Attendance.differs_since.is_not(None), own).subquery()
    subject, since = Duty.activity + role + before + cast(func.count(), String) + after, func.min(row.c.differs_since)
    rows = select(func.min(Signup.id), subject, since, due_after(since, DUE, DAYS)).select_from(row)
    rows = rows.join(Signup, Signup.id == row.c.signup_id).join(Signup.shift).join(Shift.duty)
    rows = rows.join(RecordingUnit, RecordingUnit.id == row.c.unit_id)
    return rows.where(Signup.person_id != asker.id, answered_by(asker, places)).group_by(
        RecordingUnit.id, Shift.id, Duty.activity, Duty.role
    )


def answered_by(asker, places: list[int]):
    """A condition on units: this person confirms for them."""
    living = RecordingUnit.entrusted & RecordingUnit.partner.has(Partner.active())
    theirs = RecordingUnit.partner_id.is_not(None) & living
    return or_(RecordingUnit.place_id.in_(places) & ~theirs, RecordingUnit.partner_id.in_(asker.partners) & living)
