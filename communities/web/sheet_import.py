"""Importing a sheet on the screen: upload it, look at what it would change, confirm; the same for every table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, g, request
from werkzeug.wrappers import Response

from kernel.db import db, seen
from kernel.draft import Draft
from kernel.fields import Form, Upload
from kernel.i18n import _
from kernel.request import Back, Page, checked, form_for, permit, say
from kernel.sheets import UnreadableSheet


class UploadForm(Form):
    """The file."""

    file = Upload(_("Excel 或 CSV 文件"), description=_("最多 10 MB。先给您看会改什么，确认以后才导入。"))


class ConfirmForm(Form):
    """Nothing to fill in: the upload was looked at."""


@dataclass(frozen=True)
class Importer:
    """One table that comes in as a sheet.

    `kind` names its drafts, `action` its rule; `take` reads bytes and file name without the database; `plan` says what
    it would change; `carry_out(taken, by=)` does it inside `work()`; `done` makes of its result the sentence for the
    person, with `back` as the endpoint shown after it, or an answer of its own. `new` and `show` are the templates.
    """

    kind: str
    action: str
    take: Callable[[bytes, str], Any]
    plan: Callable[[Any], Any]
    carry_out: Callable[..., Any]
    done: Callable[[Any], Any]
    back: str
    new: str
    show: str


def import_pages(bp: Blueprint, table: Importer) -> None:
    """Add the pages of this import to a blueprint: `new`, `create`, `show`, `confirm`, `drop`."""
    name = bp.name

    def uploaded(form) -> tuple[str, bytes]:
        """The file that was sent, once it can be read; who may not import has nothing read."""
        checked(table.action)
        file = form.file.data
        data = file.read()
        file.seek(0)  # the receipt reads it again
        try:
            table.take(data, file.filename)
        except UnreadableSheet as refusal:
            refusal.field = "file"
            raise
        return file.filename, data

    def taken(_form):
        """The rows of the draft in the address, read before the transaction; None when it is gone."""
        checked(table.action)
        wanted = Draft.seen_by(g.person).where(Draft.id == (request.view_args or {})["id"])
        draft = db.session.scalar(seen(wanted))
        return table.take(own(draft).payload, draft.filename) if draft else None

    def own(draft: Draft) -> Draft:
        """A draft of this table, not of another one."""
        return draft if draft.kind == table.kind else abort(404)

    @bp.get("/")
    @permit(table.action)
    def new():
        return Page(table.new, form=form_for(UploadForm))

    @bp.post("/")
    @permit(table.action, form=UploadForm, before=uploaded, back=(f"{name}.new", None))
    def create(form, file):
        return Back(f"{name}.show", id=Draft.keep(g.person, table.kind, *file).id)

    @bp.get("/<int:id>")
    @permit(table.action, of=Draft)
    def show(draft):
        plan = table.plan(table.take(own(draft).payload, draft.filename))
        return Page(table.show, draft=draft, plan=plan, form=form_for(ConfirmForm))

    @bp.post("/<int:id>/confirmation")
    @permit(table.action, of=Draft, form=ConfirmForm, before=taken, back=(f"{name}.show", None))
    def confirm(draft, form, rows):
        answer = table.done(table.carry_out(rows, by=g.person))
        draft.drop()
        if isinstance(answer, Response):
            return answer
        say(answer)
        return Back(table.back)

    @bp.post("/<int:id>/removal")
    @permit(table.action, of=Draft, form=ConfirmForm, back=(f"{name}.show", None))
    def drop(draft, form):
        own(draft).drop()
        say(_("这次上传已经丢开，什么都没有导入。"))
        return Back(f"{name}.new")
