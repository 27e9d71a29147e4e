"""消息: what I was told, and what I have read."""

from flask import Blueprint, g, request, url_for

from kernel import cursor
from kernel.db import db
from kernel.request import Back, Page, permit

from ..journal import tell
from ..notice import Notice

bp = Blueprint("notices", __name__)


@bp.get("/notices/")
@permit("notice:list")
def inbox():
    """My messages, newest first, read or not."""
    rows, following = listed()
    told = tell([notice.line for notice in rows])
    unread = db.session.scalar(Notice.unread(g.person)) or 0
    notices = list(zip(rows, told, strict=True))
    return Page("communities/notices.html", notices=notices, unread=unread, next_url=following)


def listed() -> tuple[list[Notice], str | None]:
    """25 messages, and the address of the next ones."""
    found = Notice.inbox(g.person)
    if after := cursor.unpack(request.args.get("page"), int):
        found = found.where(Notice.id < after[0])
    rows = list(db.session.scalars(found.limit(cursor.PAGE + 1)))
    if len(rows) <= cursor.PAGE:
        return rows, None
    return rows[:-1], url_for("notices.inbox", page=cursor.pack(rows[cursor.PAGE - 1].id))


@bp.post("/notices/<int:id>/read")
@permit("notice:read", of=Notice, back=lambda id: Back("notices.inbox", "notices"))
def read(notice):
    """I know."""
    notice.read()


@bp.post("/notices/read")
@permit("notice:list", back=("notices.inbox", "notices"))
def read_all():
    """I know all of it."""
    Notice.read_all(g.person)
