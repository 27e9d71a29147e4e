"""Places from a sheet, and a template to fill in."""

from flask import Blueprint, request
from sqlalchemy import func, select

from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import one, permit
from kernel.sheets import csv_bytes, template, write
from kernel.work import Refusal

from .. import place_sheet
from ..place import Place
from ..place_import import PLACES
from .files import attachment

bp = Blueprint("place_imports", __name__, url_prefix="/place-imports")
exports = Blueprint("place_exports", __name__)
EXCEL_ROWS = 5_000


class TooManyForExcel(Refusal):
    """A workbook of that size keeps others waiting."""

    message = _("超过 %(most)s 行的表请下载 CSV，或到街道、社区的页面上分别下载。")


PAGES = Importer(
    table=PLACES,
    back="places.index",
    new="communities/place_import.html",
    show="communities/place_import_preview.html",
)
import_pages(bp, PAGES)


@bp.get("/template.xlsx")
@permit("place:import")
def blank():
    """An empty sheet with these columns; the kinds are offered in a list."""
    kind = place_sheet.in_language(place_sheet.COLUMNS["kind"])
    return attachment(template(place_sheet.headers(), {kind: place_sheet.kinds()}), "places-template.xlsx")


@exports.get("/places.xlsx")
@permit("place:export")
def xlsx():
    """The tree, or what is under `?place=`, as Excel."""
    under = chosen()
    inside = Place.within(under) if under else Place.id.is_not(None)
    if db.session.scalar(select(func.count()).select_from(Place).where(inside)) > EXCEL_ROWS:
        raise TooManyForExcel(most=EXCEL_ROWS)
    title = f"{under.name} {_('地点')}" if under else _("地点")
    return attachment(write(title, place_sheet.headers(), place_sheet.rows(under)), f"{stem()}.xlsx")


@exports.get("/places.csv")
@permit("place:export")
def csv():
    """The same as CSV."""
    return attachment(csv_bytes(place_sheet.headers(), place_sheet.rows(chosen())), f"{stem()}.csv")


def chosen() -> Place | None:
    """The place in the query, if there is one."""
    id = request.args.get("place", "")
    return one(Place, int(id)) if id.isdecimal() and len(id) < 10 else None


def stem() -> str:
    """The name of the file, with its day."""
    return f"places-{clock.today():%Y%m%d}"
