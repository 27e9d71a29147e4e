"""Sheets that come in: read, compared, looked at, confirmed, stored; a small one in an answer, a large one by tasks.

A package describes its table once, as a `Table`, and says `register(table)`; `import_pages.py` has its pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select

from .db import db, seen
from .draft import Draft
from .i18n import _
from .permits import allowed
from .task_run import Run, does
from .work import Refusal, work

SMALL = 60_000  # bytes: some 1,500 rows, read and stored in the time of an answer
SHOWN = 100  # problems on a page


class UploadGone(Refusal):
    """Dropped meanwhile, or older than a day."""

    message = _("这个文件已经丢开或过期了，请重新上传。")


class NotAllowedNow(Refusal):
    """Rights count as they are when it is done, not as they were when it was asked for."""

    message = _("您现在的身份不能导入这张表了，什么都没有导入。")


def quiet(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True)
class Table:
    """One table that comes in as a sheet.

    `kind` names its drafts and tasks, `action` its rule. `take(data, filename, tick)` reads without the database and
    calls `tick(rows done, rows in all)`; `plan(taken, by)` compares with what is stored; `look(plan)` is that in words
    and numbers that JSON knows, of which `problems` (see `shown`) and `writes` (how many rows would be written) are
    needed here, the rest by its template; `carry_out(taken, plan, by)` does it inside `work()`; `said(result)` is the
    sentence for the person. Up to `small` bytes all that is done within an answer.
    """

    kind: str
    action: str
    take: Callable[[bytes, str, Callable[[int, int], None]], Any]
    plan: Callable[[Any, Any], Any]
    look: Callable[[Any], dict[str, Any]]
    carry_out: Callable[[Any, Any, Any], Any]
    said: Callable[[Any], Any]
    small: int = SMALL

    @property
    def check(self) -> str:
        """The kind of its tasks that only look."""
        return f"{self.kind}.check"

    @property
    def store(self) -> str:
        """The kind of its tasks that write."""
        return f"{self.kind}.store"

    def prepare(self, data: bytes, filename: str, by, tick=quiet) -> tuple[Any, Any]:
        """Read and compare, before any transaction: (taken, plan)."""
        taken = self.take(data, filename, tick)
        return taken, self.plan(taken, by)


def shown(problems) -> dict[str, Any]:
    """The part of a look that every table has: what is wrong, row by row, as far as it is shown, and how much it is."""
    rows = [[problem.row, problem.column, str(problem.message)] for problem in problems[:SHOWN]]
    return {"problems": rows, "problem_count": len(problems)}


def register(table: Table) -> None:
    """Let the jobs process do the tasks of this table."""
    does(table.check, partial(check, table))
    does(table.store, partial(store, table))


def check(table: Table, run: Run) -> dict[str, Any]:
    """Read a large upload and say what it would change."""
    by, (data, filename) = entitled(table, run), upload(run)
    taken = table.take(data, filename, partial(run.tell, "read"))
    run.tell("compare")
    return table.look(table.plan(taken, by))


def store(table: Table, run: Run) -> None:
    """Read it again, and store all of it in one `work()` or nothing. Others can write until then."""
    by, (data, filename) = entitled(table, run), upload(run)
    taken = table.take(data, filename, partial(run.tell, "read"))
    run.tell("compare")
    found = table.plan(taken, by)
    run.tell("store")
    with work():
        by = entitled(table, run)
        draft = db.session.scalar(seen(one_draft(run).with_for_update()))
        if draft is None:
            raise UploadGone
        result = table.carry_out(taken, found, by)
        draft.empty()
        run.finish({"sentence": str(table.said(result))})


def entitled(table: Table, run: Run) -> Any:
    """Whoever asked for it, with the rights of now. Raises `NotAllowedNow`."""
    person = run.person
    if person is None or not allowed(person, table.action):
        raise NotAllowedNow
    return person


def upload(run: Run) -> tuple[bytes, str]:
    """The file of a task. Raises `UploadGone`."""
    row = db.session.execute(seen(one_draft(run).with_only_columns(Draft.payload, Draft.filename))).one_or_none()
    if row is None:
        raise UploadGone
    return row.payload, row.filename


def one_draft(run: Run):
    """The draft that a task is about."""
    return select(Draft).where(Draft.id == run.ref, Draft.owner == run.owner)
