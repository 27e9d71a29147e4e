"""What waits for a community: days whose hours nobody confirmed yet, and corrections to answer."""

from datetime import timedelta

from sqlalchemy import Date, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from communities.office import Office
from communities.place import Place, in_ranges
from communities.working_day import working_days_after_each
from kernel import clock, waiting
from kernel.i18n import _, day

from ..attendances.attendance import HERE
from ..duty import Duty, ServiceKind
from ..shift import Shift
from ..signup import Signup
from .correction import Correction
from .correction_state import State
from .entry import Entry, Kind
from .review import DUE
from .unit import RecordingUnit

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
    days = [clock.today() - timedelta(days=number) for number in range(DAYS + 1)]
    from_day = {day: Shift.starts_at >= clock.at(day) for day in days}
    late = working_days_after_each(days, DUE)
    latest = case(
        *((since, literal(late[day], Date)) for day, since in from_day.items()), else_=literal(late[days[-1]])
    )
    called = case(*((since, day_words(day)) for day, since in from_day.items()), else_=str(_("更早的活动")))
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
    return rows.where(*over, kinds, ~settled).group_by(community.id, latest, called)


def day_words(of) -> str:
    """“11月28日 周六的活动”."""
    return str(_("%(day)s的活动", day=day(of)))


def to_correct(asker):
    """The wishes for a correction, due 10 working days after they were asked."""
    places = communities(asker)
    if not places:
        return None
    subject = Duty.activity + case((Duty.role == "", ""), else_=" · " + Duty.role)
    rows = select(Correction.id, subject, Correction.asked_at, Correction.due).join(Correction.unit)
    rows = rows.join(Correction.signup).join(Signup.shift).join(Shift.duty)
    mine = RecordingUnit.place_id.in_(places), Correction.person_id != asker.id
    return rows.where(Correction.state == State.ASKED, *mine)
