"""电话通知单: whom to ring or to bring a slip, oldest first; the one list that shows whole phone numbers."""

from flask import Blueprint, abort, g, request, url_for
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from kernel import cursor
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, Page, permit, say
from kernel.waiting import Desk, no_due

from ..channel import Channel
from ..journal import due, tell
from ..notice import BY_HAND, Notice, neighbours
from ..person import Person
from ..place import Place, in_ranges
from ..post import CARERS

bp = Blueprint("calls", __name__)
ON_PAPER = 300


@bp.get("/calls/")
@permit("call:list")
def index():
    """Who is still to be told, 25 at a time; below, what I ticked within the last minutes."""
    found = Notice.calls(wanted_paths()).options(joinedload(Notice.person).joinedload(Person.home))
    if after := cursor.unpack(request.args.get("page"), int):
        found = found.where(Notice.id > after[0])
    rows = list(db.session.scalars(found.limit(cursor.PAGE + 1)))
    calls, more = rows[: cursor.PAGE], len(rows) > cursor.PAGE
    place = request.args.get("place")
    return Page(
        "communities/calls.html",
        calls=described(calls),
        total=db.session.scalar(seen(select(func.count()).select_from(Notice.calls(wanted_paths()).subquery()))),
        just_told=list(db.session.scalars(Notice.just_told(g.person).options(joinedload(Notice.person)).limit(5))),
        next_url=url_for("calls.index", page=cursor.pack(calls[-1].id), place=place) if more else None,
        place=place,
        Channel=Channel,
    )


@bp.get("/calls/print")
@permit("call:list")
def paper():
    """The list to take to the telephone, and the slips to bring."""
    found = Notice.calls(wanted_paths()).options(joinedload(Notice.person).joinedload(Person.home))
    calls = described(list(db.session.scalars(found.limit(ON_PAPER))))
    return Page("communities/calls_paper.html", calls=calls, Channel=Channel, back_url=url_for("calls.index"))


def wanted_paths() -> list[str]:
    """Where the asker serves, or the one place of it that the address names."""
    mine = [post.place.path for post in g.person.posts if post.office in CARERS]
    wanted = request.args.get("place", "")
    if not wanted:
        return mine
    if not (wanted.isdecimal() and len(wanted) < 10):
        abort(404)
    near = select(Place.path).where(Place.id == int(wanted), in_ranges(Place.path, mine))
    return [db.session.scalar(near) or abort(404)]


def described(calls: list[Notice]) -> list[tuple]:
    """Each call with its sentence, and by when it is to be told where that is known."""
    lines = [call.line for call in calls]
    deadlines = due(lines)
    return [(call, told, deadlines.get(call.line_id)) for call, told in zip(calls, tell(lines), strict=True)]


def the_list(id: int) -> Back:
    """What is shown after a row was ticked."""
    return Back("calls.index", "calls")


@bp.post("/calls/<int:id>/told")
@permit("call:tick", of=Notice, back=the_list)
def told(notice):
    """The person knows."""
    notice.tick(by=g.person)
    say(_("记下了：%(name)s已告知。", name=notice.person.called))


@bp.post("/calls/<int:id>/not-reached")
@permit("call:tick", of=Notice, back=the_list)
def not_reached(notice):
    """Nobody answered."""
    notice.not_reached()
    say(_("记下了：%(name)s这次没打通，还留在单子上。", name=notice.person.called))


@bp.post("/calls/<int:id>/take-back")
@permit("call:tick", of=Notice, back=the_list)
def take_back(notice):
    """A wrong tick."""
    notice.take_back(by=g.person)
    say(_("%(name)s放回单子上了。", name=notice.person.called))


def waiting_calls(asker):
    """今天要办: everybody who waits for a call, once."""
    paths = [post.place.path for post in asker.posts if post.office in CARERS]
    if not paths:
        return None
    here = neighbours(select(Place.id).where(in_ranges(Place.path, paths)))
    open_ = Notice.channel.in_(BY_HAND) & Notice.told_at.is_(None) & Notice.person_id.in_(here)
    each = select(func.min(Notice.id), Person.called, func.min(Notice.at), no_due()).join(Notice.person)
    return each.where(open_).group_by(Person.id, Person.called)


DESK = Desk(
    kind="call",
    label=_("打电话或送纸条告知"),
    action=_("去告知"),
    query=waiting_calls,
    url=lambda id: url_for("calls.index", _anchor=f"call-{id}"),
)
