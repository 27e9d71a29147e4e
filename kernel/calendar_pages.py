"""The pages of a calendar file: upload it for one row, see date by date what it would do, confirm; the same for all."""

from dataclasses import dataclass
from os import SEEK_END
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from sqlalchemy.orm import contains_eager
from wtforms import HiddenField

from .calendar_import import WRITES, Judge, Will, taken
from .calendar_lines import SIZE, CalendarTooBig
from .cursor import PAGE, pack, unpack
from .db import db, seen
from .draft import Draft
from .fields import Form, Upload
from .i18n import _
from .import_pages import KEPT, ConfirmForm
from .request import Back, Page, checked, form_for, locked, one, permit, say


class CalendarForm(Form):
    """The file."""

    file = Upload(_("日历文件（.ics）"), description=_("最多 2 MB。先给您看每一场会怎么办，确认以后才导入。"))


class FactsForm(Form):
    """What a file does not say and new dates need; `seen` is what was looked at."""

    seen = HiddenField()

    def typed(self) -> dict[str, Any]:
        """What was typed, for the verbs."""
        raise NotImplementedError


@dataclass(frozen=True)
class Importer:
    """Calendar files for one kind of rows: `action` is what its owner may do, `facts` the form of what new dates need.

    Templates `new` and `show`; `back` is the page of the owner.
    """

    judge: type[Judge]
    model: Any
    action: str
    facts: type[FactsForm]
    new: str
    show: str
    back: str

    @property
    def kind(self) -> str:
        """Of its drafts."""
        return f"ics.{self.judge.of}"


def calendar_pages(bp: Blueprint, importer: Importer, rows: str, uploads: str) -> None:
    """Add `new`, `create` under `rows`/<id>, and `show`, `confirm`, `drop` under `uploads`/<id>."""
    name = bp.name

    def owner_of(draft: Draft) -> tuple[Any, bytes, tuple]:
        """What an upload is for, if this person may still do it, what was uploaded, and `also`; one statement."""
        if draft.kind != importer.kind:
            abort(404)
        wanted = importer.model.seen_by(g.person).join(Draft, Draft.ref == importer.model.id)
        place = importer.model.place
        wanted = wanted.join(place).where(Draft.id == draft.id).options(contains_eager(place))
        wanted = wanted.add_columns(Draft.payload, *importer.judge.also())
        row = db.session.execute(seen(wanted)).one_or_none() or abort(404)
        return checked(importer.action, row[0]), row[1], tuple(row[2:])

    def uploaded(form) -> tuple[str, bytes]:
        """The file that was sent, once it can be read; who may not import has nothing read, and nobody a huge one."""
        checked(importer.action, one(importer.model, (request.view_args or {})["id"]))
        file = form.file.data
        if file.seek(0, SEEK_END) > SIZE:
            raise CalendarTooBig
        file.seek(0)
        data = file.read()
        file.seek(0)  # the receipt reads it again
        taken(data)
        return file.filename, data

    def prepared(_form):
        """The file read before the transaction."""
        draft = db.session.scalar(seen(Draft.seen_by(g.person).where(Draft.id == (request.view_args or {})["id"])))
        return taken(draft.payload) if draft is not None and draft.kind == importer.kind else abort(404)

    @bp.get(f"{rows}/<int:id>/calendar-imports/")
    @permit(importer.action, of=importer.model)
    def new(owner):
        mine = Draft.seen_by(g.person).where(Draft.kind == importer.kind, Draft.ref == owner.id)
        drafts = list(db.session.scalars(seen(mine.order_by(Draft.id.desc()).limit(KEPT))))
        return Page(importer.new, owner=owner, form=form_for(CalendarForm), drafts=drafts, tasks={}, endpoint=name)

    @bp.post(f"{rows}/<int:id>/calendar-imports/")
    @permit(importer.action, of=importer.model, form=CalendarForm, before=uploaded, back=(f"{name}.new", None))
    def create(owner, _form, file):
        draft = Draft.keep(g.person, importer.kind, *file, ref=owner.id)
        return Back(f"{name}.show", id=draft.id)

    @bp.get(f"{uploads}/<int:id>")
    @permit("calendar:import", of=Draft)
    def show(draft):
        owner, payload, also = owner_of(draft)
        judge = importer.judge(owner, taken(payload), *also)
        plan = judge.judged()
        asked = next((will for will in Will if will.value == request.args.get("will")), None)
        lines = plan.of(asked) if asked else plan.lines
        first = max((unpack(request.args.get("page"), int) or (0,))[0], 0)
        rest = {"will": asked.value} if asked else {}
        more = url_for(f"{name}.show", id=draft.id, **rest, page=pack(first + PAGE))
        form = form_for(importer.facts, **judge.usual())
        form.seen.data = plan.digest
        return Page(
            importer.show,
            draft=draft,
            owner=owner,
            endpoint=name,
            form=form,
            plan=plan,
            wills=Will,
            asked=asked,
            total=len(lines),
            lines=lines[first : first + PAGE],
            more=more if first + PAGE < len(lines) else None,
            writes=len(plan.of(*WRITES)),
        )

    @bp.post(f"{uploads}/<int:id>/confirmation")
    @permit("calendar:import", of=Draft, form=importer.facts, before=prepared, back=(f"{name}.show", None))
    def confirm(draft, form, file):
        owner = checked(importer.action, locked(importer.model, draft.ref))
        plan = importer.judge(owner, file).carry_out(form.seen.data or "", form.typed(), g.person)
        draft.drop()
        counts = plan.counts
        say(
            _(
                "导入好了：新加 %(new)s 场，改时间 %(moved)s 场，取消 %(off)s 场，恢复 %(back)s 场。",
                **{will.value: counts[will] for will in WRITES},
            )
        )
        return Back(importer.back, id=owner.id)

    @bp.post(f"{uploads}/<int:id>/removal")
    @permit("calendar:import", of=Draft, form=ConfirmForm, back=(f"{name}.show", None))
    def drop(draft, _form):
        owner, *_rest = owner_of(draft)
        draft.drop()
        say(_("这次上传已经丢开，什么都没有导入。"))
        return Back(f"{name}.new", id=owner.id)
