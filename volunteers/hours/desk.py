"""What waits for a community: days whose hours nobody confirmed yet, and corrections to answer."""

from datetime import timedelta

from sqlalchemy import String, and_, case, cast, exists, func, or_, select
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
    latest, called = due_after(Shift.starts_at, DUE, DAYS), day_of(Shift.starts_at)
    community, spot = aliased(Place), aliased(Place)
    end = func.substr(community.path, 1, func.length(community.path) - 1) + "0"
    inside = and_(spot.path >= community.path, spot.path < end)
    reports = exists().where(RecordingUnit.place_id == community.id, RecordingUnit.takes_report_in)
    kinds = or_(Duty.service_kind == ServiceKind.VOLUNTEER, and_(Duty.service_kind == ServiceKind.REPORT_IN, reports))
    settled = exists().where(Entry.kind == Kind.SERVICE, Entry.signup_id == Signup.id)
    before, after = str(_("，%(n)s 人的时长", n="#")).split("#")
    subject = called + before + cast(func.count(), String) + after
    rows = select(func.min(Shift.id), subject, func.min(Shift.ends_at), latest).select_from(Signup)
    rows = rows.join(Signup.shift).join(Shift.duty).join(spot, spot.id == Shift.place_id).join(community, inside)
    here = Shift.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths_of(asker))))
    lately = Shift.ends_at <= waiting.now(), Shift.starts_at >= clock.at(clock.today() - LOOKED_AT)
    over = here, *lately, Signup.state.in_(HERE), community.id.in_(places)
    theirs = Duty.recorder_id.is_(None) | Duty.recorder_id.not_in(entrusted_at(community.id))
    return rows.where(*over, kinds, theirs, ~settled).group_by(community.id, latest, called)


def of_partners(asker):
    """The same for whoever speaks for a partner: the days of what it records where a community agreed."""
    if not asker.partners:
        return None
    latest, called = due_after(Shift.starts_at, DUE, DAYS), day_of(Shift.starts_at)
    community, spot = aliased(Place), aliased(Place)
    end = func.substr(community.path, 1, func.length(community.path) - 1) + "0"
    before, after = str(_("，%(n)s 人的时长", n="#")).split("#")
    subject = called + before + cast(func.count(), String) + after
    rows = select(func.min(Shift.id), subject, func.min(Shift.ends_at), latest).select_from(Signup)
    rows = rows.join(Signup.shift).join(Shift.duty).join(spot, spot.id == Shift.place_id)
    rows = rows.join(RecordingUnit, RecordingUnit.partner_id == Duty.recorder_id).join(RecordingUnit.partner)
    rows = rows.join(community, community.id == RecordingUnit.place_id)
    inside = spot.path >= community.path, spot.path < end
    lately = Shift.ends_at <= waiting.now(), Shift.starts_at >= clock.at(clock.today() - LOOKED_AT)
    settled = exists().where(Entry.kind == Kind.SERVICE, Entry.signup_id == Signup.id)
    over = *inside, *lately, Signup.state.in_(HERE), Duty.service_kind == ServiceKind.VOLUNTEER, ~settled
    mine = Duty.recorder_id.in_(asker.partners), RecordingUnit.entrusted, Partner.active()
    return rows.where(*over, *mine).group_by(RecordingUnit.id, latest, called)


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
    subject, since = (
        Duty.activity + role + before + cast(func.count(), String) + after,
        func.min(Attendance.differs_since),
    )
    rows = select(func.min(Signup.id), subject, since, due_after(since, DUE, DAYS)).select_from(Attendance)
    rows = rows.join(Attendance.signup).join(Entry, (Entry.signup_id == Signup.id) & (Entry.kind == Kind.SERVICE))
    rows = rows.join(Entry.unit).join(Signup.shift).join(Shift.duty)
    waits = Attendance.differs_since.is_not(None), Signup.person_id != asker.id, answered_by(asker, places)
    own = Attendance.changed_by_id.is_(None) | (Attendance.changed_by_id != asker.id)
    return rows.where(*waits, own).group_by(RecordingUnit.id, Shift.id, Duty.activity, Duty.role)


def answered_by(asker, places: list[int]):
    """A condition on units: this person confirms for them."""
    living = RecordingUnit.entrusted & RecordingUnit.partner.has(Partner.active())
    theirs = RecordingUnit.partner_id.is_not(None) & living
    return or_(RecordingUnit.place_id.in_(places) & ~theirs, RecordingUnit.partner_id.in_(asker.partners) & living)
