"""台账 of service time: one row an entry, with what the law asks for (67号令 art. 7); of where one decides."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.ledger import Filters, Ledger, register

from ..duty import Duty
from ..shift import Shift
from .certificate import recorder
from .entry import Entry
from .sync import State, Sync
from .unit import RecordingUnit


def entries(person, filters: Filters) -> Iterator[list]:
    """In the order of the units and their numbers."""
    paths = [post.place.path for post in person.posts if post.office in DECIDERS]
    inside = [place.path for place in [Place.at(filters["place"])] if place] if "place" in filters else paths
    rows = (
        select(Entry, Sync.state).join(Entry.unit).join(RecordingUnit.place).outerjoin(Sync, Sync.entry_id == Entry.id)
    )
    rows = rows.where(in_ranges(Place.path, paths), in_ranges(Place.path, inside))
    doing, shift = joinedload(Entry.duty), joinedload(Entry.shift).joinedload(Shift.place)
    beside = joinedload(Entry.person), doing.joinedload(Duty.lead), shift, joinedload(Entry.transfer)
    for entry, state in db.session.execute(seen(rows.options(*beside).order_by(Place.path, Entry.number))):
        unit, duty, paper = entry.unit, entry.duty, entry.transfer
        lead = duty.lead.name if duty and duty.lead else None
        where = entry.shift.place.name if entry.shift else None
        what = duty.title if duty else paper and paper.about
        organiser = recorder(unit.name, unit.word) if duty else paper and paper.issuer
        about = duty.about if duty else None
        facts = entry.kind.label, entry.reason.label if entry.reason else None, (state or State.NONE).label
        yield [entry.number, entry.person.name, what, entry.day, where, about, entry.minutes, organiser, lead, *facts]


HOURS = Ledger(
    "hours",
    _("服务时长台账"),
    {
        "number": _("编号"),
        "name": _("姓名"),
        "activity": _("活动名称"),
        "day": _("日期"),
        "place": _("地点"),
        "about": _("服务内容"),
        "minutes": _("服务时间（分钟）"),
        "organiser": _("活动组织单位"),
        "lead": _("活动负责人"),
        "kind": _("类别"),
        "reason": _("更正原因"),
        "national": _("全国系统"),
    },
    entries,
)


def set_up() -> None:
    """Put it on the page of the ledgers."""
    register(HOURS)
