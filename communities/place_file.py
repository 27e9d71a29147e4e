"""The tree of places as a workbook that is too large for an answer: made by a task, kept for a day."""

from sqlalchemy import func, select

from kernel import clock
from kernel.db import db
from kernel.export import write
from kernel.i18n import _
from kernel.task_run import Run, does
from kernel.work import work

from . import place_sheet
from .place import Place

ROWS = 5_000  # of a workbook that is written within an answer
KIND = "places.xlsx"


def is_large(under: Place | None) -> bool:
    """Whether the tree, or what is in one place, is more than an answer holds."""
    inside = Place.within(under) if under else Place.id.is_not(None)
    return (db.session.scalar(select(func.count()).select_from(Place).where(inside)) or 0) > ROWS


def workbook(under: Place | None, tick=lambda _done, _total: None) -> bytes:
    """The workbook; `tick` hears of each row while it is written."""
    title = f"{under.name} {_('地点')}" if under else _("地点")
    rows = list(place_sheet.rows(under))  # all at once: between two words about how far it is there is no transaction

    def ticking():
        for number, row in enumerate(rows):
            tick(number, len(rows))
            yield row

    return write(title, place_sheet.headers(), ticking())


def stem() -> str:
    """The name of the file, with its day."""
    return f"places-{clock.today():%Y%m%d}"


def make(run: Run) -> None:
    """Write the workbook of the place that the task is about; 0 is the whole tree."""
    run.tell("read")
    under = db.session.get(Place, run.ref) if run.ref else None
    data = workbook(under, lambda done, total: run.tell("write", done, total))
    with work():
        run.finish({}, f"{stem()}.xlsx", data)


does(KIND, make)
