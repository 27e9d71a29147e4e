"""What waits: for staff, shifts of the coming week that want people; for adopters, kept seats nobody is named for."""

from datetime import timedelta

from flask import url_for
from sqlalchemy import Date, String, bindparam, case, cast, exists, func, literal, select

from communities.place import Kind, Place, in_ranges
from communities.post import STAFF
from kernel import clock, waiting
from kernel.db import Instant
from kernel.i18n import _
from partners.contract_service import ContractService
from projects.adoption import Adoption
from projects.project import Project

from ..duty import Duty
from ..enough import decided_until
from ..manning import MANNED_BEFORE, Manning
from ..pledged_seat import PledgedSeat
from ..shift import Shift, Status

DAYS = 7
AHEAD = 21  # days: what is further away has no due day yet
DAY = timedelta(days=1)


def gaps(asker):
    """The shifts of the next seven days, where this person is staff, that have free seats; due on their day.

    Those about which somebody is to decide are lines of their own (`short`).
    """
    paths = [post.place.path for post in asker.posts if post.office in STAFF]
    if not paths:
        return None
    here = select(Place.id).where(in_ranges(Place.path, paths))
    last = clock.today() + DAYS * DAY
    wanted = select(Shift.id, subject(), Shift.changed_at, day_of(Shift.starts_at, DAYS)).join(Shift.duty)
    coming = (Shift.starts_at > waiting.now()) & (Shift.starts_at < clock.at(last)) & (Shift.status == Status.PLANNED)
    return wanted.where(coming, Shift.taken < Shift.seats, Shift.place_id.in_(here), ~is_short())


def is_short():
    """As SQL: has too few people two waking days ahead, and nobody has said that it goes ahead."""
    soon = bindparam("decided", callable_=decided_until, type_=Instant, unique=True)
    return Shift.undecided(waiting.now(), soon)


def short(asker):
    """The shifts with too few people that this person leads, or where he is staff; due on the day before."""
    if asker.id is None:
        return None
    paths = [post.place.path for post in asker.posts if post.office in STAFF]
    mine = Duty.lead_id == asker.id
    if paths:
        mine |= Shift.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths)))
    before, after = str(_("，还差 %(n)s 人", n="#")).split("#")
    words = titled() + before + cast(Shift.least - Shift.taken, String) + after
    wanted = select(Shift.id, words, Shift.changed_at, day_of(Shift.starts_at, DAYS, DAY)).join(Shift.duty)
    return wanted.where(is_short(), mine)


def day_of(moment, days: int, before: timedelta = timedelta()):
    """The day, as far as so many days ahead, on which a moment lies, or what is so long before it, as SQL."""
    today = clock.today()
    until = [(clock.at(today + number * DAY) + before, today + (number - 1) * DAY) for number in range(1, days + 1)]
    return case(*((moment < end, literal(day, Date)) for end, day in until), else_=literal(today + days * DAY, Date))


def subject():
    """“义剪 · 引导排队，缺 2 人” as SQL, in the reader's language."""
    before, after = str(_("，缺 %(n)s 人", n="#")).split("#")
    return titled() + before + cast(Shift.seats - Shift.taken, String) + after


def titled():
    """“义剪 · 引导排队” as SQL."""
    return Duty.activity + case((Duty.role == "", ""), else_=" · " + Duty.role)


def unnamed(asker):
    """The adoptions of this person's partners that keep seats nobody is named for; due when the first of them opens."""
    if not asker.partners:
        return None
    soon = bindparam("soon", callable_=lambda: clock.now() + MANNED_BEFORE, type_=Instant, unique=True)
    first, since = func.min(Shift.starts_at), func.min(PledgedSeat.changed_at)
    due = day_of(first, AHEAD, MANNED_BEFORE)
    mine = select(Adoption.id, Project.title, since, due).join(Adoption.project)
    mine = mine.join(PledgedSeat, PledgedSeat.adoption_id == Adoption.id).join(PledgedSeat.shift)
    mine = mine.where(Adoption.partner_id.in_(asker.partners), PledgedSeat.state == Manning.NOBODY)
    return mine.where(Shift.starts_at > soon).group_by(Adoption.id, Project.title)


def under_contract(asker):
    """Duties with dates to come that fell under a property contract and give no reason yet: of the lead, of staff."""
    if asker.id is None:
        return None
    paths = [post.place.path for post in asker.posts if post.office in STAFF]
    mine = Duty.lead_id == asker.id
    if paths:
        mine |= Duty.place_id.in_(select(Place.id).where(in_ranges(Place.path, paths)))
    coming = exists().where(Shift.duty_id == Duty.id, Shift.starts_at > waiting.now(), Shift.status == Status.PLANNED)
    found = select(Duty.id, titled(), Duty.written_at, waiting.no_due()).join(Place, Place.id == Duty.place_id)
    inside = Place.kind.in_((Kind.COMPOUND, Kind.BUILDING))  # most duties are elsewhere: for them nothing more is asked
    return found.where(inside, Duty.grounds.is_(None), mine, ContractService.around(Place, Duty.category_id), coming)


DESKS = (
    waiting.Desk(
        kind="duty.contract",
        label=_("岗位进了物业合同"),
        action=_("写明理由"),
        query=under_contract,
        url=lambda id: url_for("duties.edit", id=id) + "#grounds",
    ),
    waiting.Desk(
        kind="shift.short",
        label=_("人没到齐，办不办"),
        action=_("定一下"),
        query=short,
        url=lambda id: url_for("shifts.show", id=id) + "#manage",
    ),
    waiting.Desk(
        kind="shift.gaps",
        label=_("活动缺人"),
        action=_("看看差谁"),
        query=gaps,
        url=lambda id: url_for("shifts.show", id=id),
    ),
    waiting.Desk(
        kind="seat.unnamed",
        label=_("留的名额还没定谁去"),
        action=_("去请成员"),
        query=unnamed,
        url=lambda id: url_for("seats.index", id=id),
    ),
)
