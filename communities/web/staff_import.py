"""Batch accounts: staff from a sheet, first-use codes to print, and who has not signed in yet."""

from itertools import groupby

from flask import Blueprint, g, url_for

from kernel.i18n import _
from kernel.request import Page, permit
from kernel.sheets import template

from .. import staff_sheet
from ..staff_import import Imported, carry_out, not_yet
from ..staff_plan import plan
from .cards import slips
from .files import attachment
from .sheet_import import Importer, import_pages

bp = Blueprint("staff_imports", __name__, url_prefix="/staff-imports")


def done(imported: Imported):
    """The codes to print; a sentence where nobody is new here."""
    if not imported.papers:
        return _("导入好了：安排了 %(count)s 个岗位，都是已有账号的人，不用发首次登录码。", count=len(imported.posts))
    posts: dict[int, list] = {}
    for post in imported.posts:
        posts.setdefault(post.person_id, []).append(post)
    return slips(imported.papers, _("首次登录码"), url_for("staff_imports.new"), posts)


STAFF = Importer(
    kind="staff",
    action="staff:import",
    take=staff_sheet.take,
    plan=lambda staff: plan(staff, by=g.person),
    carry_out=carry_out,
    done=done,
    back="posts.index",
    new="communities/staff_import.html",
    show="communities/staff_import_preview.html",
)
import_pages(bp, STAFF)


@bp.get("/template.xlsx")
@permit("staff:import")
def blank():
    """An empty sheet with these columns; the offices are offered in a list."""
    headers = staff_sheet.headers()
    return attachment(template(headers, {headers[2]: staff_sheet.offices()}), "staff-template.xlsx")


@bp.get("/waiting")
@permit("staff:import")
def waiting():
    """Who has not signed in yet, by place."""
    places = [(place, list(posts)) for place, posts in groupby(not_yet(g.person), key=lambda post: post.place)]
    return Page("communities/staff_waiting.html", places=places, count=sum(len(posts) for _place, posts in places))
