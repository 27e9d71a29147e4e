"""The pages of an import: upload a sheet, see how far it is, see what it would change, confirm; the same for all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from .db import db, seen
from .draft import Draft
from .fields import Form, Upload
from .i18n import _
from .jobs import is_asleep
from .request import Back, Page, checked, form_for, permit, say, then
from .sheet_import import Table, quiet, register
from .task import State, Task
from .task_run import start
from .upload import UnreadableSheet, kind_of
from .work import Refusal

KEPT = 5  # uploads that are listed, so that one that was left is found again


class UploadForm(Form):
    """The file."""

    file = Upload(_("Excel 或 CSV 文件"), description=_("最多 10 MB。先给您看会改什么，确认以后才导入。"))


class ConfirmForm(Form):
    """Nothing to fill in: the upload was looked at."""


class NotLookedAt(Refusal):
    """Only what was compared, without a problem, is stored; and once."""

    message = _("这张表还没核对好，或者已经导入过了，请先看上面写的。")


@dataclass(frozen=True)
class Importer:
    """The pages of a `Table`: templates `new` and `show`, and `back`, the endpoint to go on from.

    `answer`, where it is given, turns the result of a small import into a response of its own, or None.
    """

    table: Table
    back: str
    new: str
    show: str
    answer: Callable[[Any], Response | None] = lambda _result: None


def import_pages(bp: Blueprint, importer: Importer) -> None:
    """Add the pages of this import to a blueprint: `new`, `create`, `show`, `confirm`, `drop`."""
    table, name = importer.table, bp.name
    register(table)

    def own(draft: Draft) -> Draft:
        """A draft of this table, not of another one."""
        return draft if draft.kind == table.kind else abort(404)

    def latest(draft: Draft) -> Task | None:
        """What is or was done last with a large upload; a small one has none."""
        return Task.latest(g.person, [draft.id], table.check, table.store).get(draft.id)

    def uploaded(form) -> tuple[str, bytes]:
        """The file that was sent, once it can be read; who may not import has nothing read."""
        checked(table.action)
        file = form.file.data
        data = file.read()
        file.seek(0)  # the receipt reads it again
        try:
            if len(data) > table.small:
                kind_of(data, file.filename)
            else:
                table.take(data, file.filename, quiet)
        except UnreadableSheet as refusal:
            refusal.field = "file"
            raise
        return file.filename, data

    def prepared(_form):
        """A small upload read and compared before the transaction; None for a large one, and when it is gone."""
        checked(table.action)
        wanted = Draft.seen_by(g.person).where(Draft.id == (request.view_args or {})["id"])
        draft = db.session.scalar(seen(wanted))
        small = draft is not None and latest(own(draft)) is None
        return table.prepare(draft.payload, draft.filename, g.person) if small else None

    @bp.get("/")
    @permit(table.action)
    def new():
        mine = Draft.seen_by(g.person).where(Draft.kind == table.kind).order_by(Draft.id.desc())
        drafts = list(db.session.scalars(seen(mine.limit(KEPT))))
        tasks = Task.latest(g.person, [draft.id for draft in drafts], table.check, table.store)
        return Page(importer.new, form=form_for(UploadForm), drafts=drafts, tasks=tasks, endpoint=name)

    @bp.post("/")
    @permit(table.action, form=UploadForm, before=uploaded, back=(f"{name}.new", None))
    def create(form, file):
        draft = Draft.keep(g.person, table.kind, *file)
        if len(file[1]) > table.small:
            then(start(Task.begin(g.person, table.check, draft.id)))
        return Back(f"{name}.show", id=draft.id)

    @bp.get("/<int:id>")
    @permit(table.action, of=Draft)
    def show(draft):
        task = latest(own(draft))
        if task is None:
            _taken, plan = table.prepare(draft.payload, draft.filename, g.person)
            look = table.look(plan)
        else:
            look = task.report if task.kind == table.check and task.state is State.DONE else None
        facts = {"endpoint": name, "back": importer.back, "asleep": task is not None and task.is_open and is_asleep()}
        return Page(importer.show, draft=draft, task=task, look=look, form=form_for(ConfirmForm), **facts)

    @bp.post("/<int:id>/confirmation")
    @permit(table.action, of=Draft, form=ConfirmForm, before=prepared, back=(f"{name}.show", None))
    def confirm(draft, form, ready):
        if ready is None:
            return store_later(own(draft))
        result = table.carry_out(*ready, g.person)
        draft.drop()
        if answer := importer.answer(result):
            return answer
        say(table.said(result))
        return Back(importer.back)

    def store_later(draft: Draft):
        """A large upload that was compared without a problem is stored by the jobs process."""
        task = latest(draft)
        if task is None or task.kind != table.check or task.state is not State.DONE or task.report["problem_count"]:
            raise NotLookedAt
        then(start(Task.begin(g.person, table.store, draft.id)))

    @bp.post("/<int:id>/removal")
    @permit(table.action, of=Draft, form=ConfirmForm, back=(f"{name}.show", None))
    def drop(draft, form):
        own(draft).drop()
        say(_("这次上传已经丢开，什么都没有导入。"))
        return Back(f"{name}.new")
