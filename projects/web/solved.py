"""已解决: what was done, by whom, and what came of it; open to everybody."""

from datetime import date
from typing import Any

from flask import request, url_for

from kernel.cursor import PAGE, pack, unpack
from kernel.request import Page, permit
from kernel.text import clean_line

from ..solved import COUNTED, Solved
from .filters import categories, place_at, places_near

FILTERS = ("place", "category")


@permit("project:list")
def index() -> Page:
    """25 closed projects, the latest first; the filters stay in the address."""
    asked = asked_for(request.args)
    rows, total = asked.page(after(request.args.get("page")))
    shown = rows[:PAGE]
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    more = pack(shown[-1].closed_on.isoformat(), shown[-1].id) if len(rows) > PAGE else None
    return Page(
        "projects/solved.html",
        asked=asked,
        projects=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        places=places_near(asked.place),
        categories=categories(),
        kept=kept,
        more=url_for("projects.solved", **kept, page=more) if more else None,
    )


def asked_for(args) -> Solved:
    """What the address asks for; what cannot be read is not asked for."""
    category = args.get("category", "")
    return Solved(
        place=place_at(clean_line(args["place"])[:40]) if args.get("place") else None,
        category_id=int(category) if category.isascii() and category.isdecimal() and len(category) < 10 else None,
    )


def after(word: str | None) -> tuple[date, int] | None:
    """The last row that was shown, as the address says it."""
    found = unpack(word, str, int)
    try:
        return (date.fromisoformat(found[0]), found[1]) if found else None
    except ValueError:
        return None
