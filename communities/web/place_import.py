"""Places from a sheet, and a template to fill in."""

from flask import Blueprint, g, request

from kernel.fields import Form
from kernel.import_pages import Importer, import_pages
from kernel.request import Back, Page, form_for, one, permit, then
from kernel.sheets import csv_bytes, template
from kernel.task import Task
from kernel.task_run import start

from .. import place_file, place_sheet
from ..place import Place
from ..place_file import KIND, is_large, stem, workbook
from ..place_import import PLACES
from .files import attachment

bp = Blueprint("place_imports", __name__, url_prefix="/place-imports")
exports = Blueprint("place_exports", __name__)
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
    """The tree, or what is under `?place=`, as Excel; where that is large, a page that says how to get it."""
    under = chosen()
    if is_large(under):
        return Page("communities/place_file.html", under=under, most=place_file.ROWS, form=form_for(Form))
    return attachment(workbook(under), f"{stem()}.xlsx")


@exports.post("/places.xlsx")
@permit("place:export", form=Form, back=("places.index", None))
def make(form):
    """Have it made, and see how far it is."""
    under = chosen()
    task = Task.begin(g.person, KIND, under.id if under else 0)
    then(start(task))
    return Back("tasks.show", id=task.id)


@exports.get("/places.csv")
@permit("place:export")
def csv():
    """The same as CSV."""
    return attachment(csv_bytes(place_sheet.headers(), place_sheet.rows(chosen())), f"{stem()}.csv")


def chosen() -> Place | None:
    """The place in the query, if there is one."""
    id = request.args.get("place", "")
    return one(Place, int(id)) if id.isdecimal() and len(id) < 10 else None
