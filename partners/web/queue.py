"""The queue of a committee: who wants to become a partner or stay one."""

from datetime import datetime
from typing import Any

from flask import g, request, url_for

from communities.place import Place
from kernel.cursor import PAGE, pack, unpack
from kernel.request import Page, permit
from kernel.text import clean_line

from ..kind import Kind
from ..queue import COUNTED, Queue, What
from .register import places_near

FILTERS = "kind", "place", "what", "late"


@permit("partner:queue")
def index() -> Page:
    """25 lines, the oldest first; the filters stay in the address."""
    queue = asked_for(request.args)
    lines, total = queue.page(g.person, behind())
    shown = lines[:PAGE]
    here = [post.place for post in g.person.posts]
    return Page(
        "partners/queue.html",
        queue=queue,
        lines=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        kinds=Kind,
        whats=What,
        places=places_near(queue.place or (here[0] if here else None)),
        kept=kept(),
        more=url_for("partners.queue", **kept(), page=after_last(shown[-1])) if lines[PAGE:] else None,
    )


def asked_for(args) -> Queue:
    """What the address asks for; what cannot be read is not asked for."""
    return Queue(
        kind=next((kind for kind in Kind if kind.value == args.get("kind")), None),
        place=Place.at(clean_line(args["place"])[:40]) if args.get("place") else None,
        what=next((what for what in What if what.value == args.get("what")), None),
        late=bool(args.get("late")),
    )


def kept() -> dict[str, Any]:
    """The filters of this address, without the cursor."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def after_last(line) -> str:
    """The cursor behind this line."""
    return pack(line.since.isoformat(), line.partner.id)


def behind() -> tuple | None:
    """The moment and the id that the cursor remembers; None for no cursor and for a mangled one."""
    values = unpack(request.args.get("page"), str, int)
    try:
        return (datetime.fromisoformat(values[0]), values[1]) if values else None
    except ValueError:
        return None
