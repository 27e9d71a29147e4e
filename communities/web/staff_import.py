"""Batch accounts: staff from a sheet, first-use codes to print, and who has not signed in yet."""

from itertools import groupby

from flask import Blueprint, g, request, url_for

from kernel import cursor
from kernel.db import db
from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import Page, permit
from kernel.sheets import template

from .. import staff_sheet
from ..first_code import places, posts_at, print_at, print_for, totals
from ..place import Place
from ..staff_import import STAFF, Imported
from .cards import slips
from .files import attachment

bp = Blueprint("staff_imports", __name__, url_prefix="/staff-imports")


def codes(imported: Imported):
    """The codes of a small sheet are printed at once; nothing where nobody is new."""
    if not imported.newcomers:
        return None
    return sheet_of(print_for(imported.newcomers, by=g.person), url_for("staff_imports.new"))


def sheet_of(printed, back_url: str):
    """The slips, stored before they are shown."""
    papers, posts = printed
    db.session.flush()
    return slips(papers, _("首次登录码"), back_url, posts)


PAGES = Importer(
    table=STAFF,
    back="posts.index",
    new="communities/staff_import.html",
    show="communities/staff_import_preview.html",
    answer=codes,
)
import_pages(bp, PAGES)


@bp.get("/template.xlsx")
@permit("staff:import")
def blank():
    """An empty sheet with these columns; the offices are offered in a list."""
    headers = staff_sheet.headers()
    return attachment(template(headers, {headers[2]: staff_sheet.offices()}), "staff-template.xlsx")


@bp.get("/waiting")
@permit("staff:import")
def waiting():
    """Who has not signed in yet, 25 places at a time."""
    found = places(g.person)
    if after := cursor.unpack(request.args.get("page"), str):
        found = found.where(Place.path > after[0])
    rows = db.session.execute(found.limit(cursor.PAGE + 1)).all()
    shown, more = rows[: cursor.PAGE], len(rows) > cursor.PAGE
    posts = posts_at(g.person, [place.id for place, _count in shown])
    named = {id: list(group) for id, group in groupby(posts, key=lambda post: post.place_id)}
    here, count = totals(g.person)
    return Page(
        "communities/staff_waiting.html",
        places=[(place, count, named.get(place.id, [])) for place, count in shown],
        here=here,
        count=count,
        next_url=url_for("staff_imports.waiting", page=cursor.pack(shown[-1][0].path)) if more else None,
    )


@bp.post("/codes")
@permit("staff:print-codes", of=Place, at="place", back=("staff_imports.waiting", None))
def print_codes(place):
    """The codes of everybody at one place who has none yet."""
    return sheet_of(print_at(place, by=g.person), url_for("staff_imports.waiting"))
