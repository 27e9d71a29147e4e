"""The photos of an outcome: seen on the page of the project, added by those who did it, shown by the committee."""

from dataclasses import dataclass

from flask import abort, g
from sqlalchemy import select

from kernel.db import db
from kernel.fields import Form, Line, Tick, Upload, drawn_anew
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, form_for, permit, say

from ..outcome import Outcome, outcome_of
from ..photo import MOST, Photo
from ..project import Project
from .forms import MoveForm, named


class PhotoForm(Form):
    """A photo, what is in it, and that everybody in it agrees."""

    file = Upload(
        _("照片"), description=_("JPG 或 PNG，最多 10 MB。存之前会缩小，拍摄的地点、时间和手机型号会自动去掉。")
    )
    photo_alt = Line(
        _("照片里有什么"), most=120, description=_("一句话，例如：新装的楼道扶手。看不见照片的人靠它知道；不写人名。")
    )
    consent = Tick(
        _("照片里认得出的人都同意公开"),
        needed=True,
        description=_("会记下是您、在什么时候勾选的。有人改了主意，随时可以撤下，照片当场删除。"),
    )


@dataclass(frozen=True)
class Row:
    """One photo, and whether this person may show or hide it, and take it away."""

    photo: Photo
    shows: bool
    withdraws: bool


@dataclass(frozen=True)
class Album:
    """What went in, and the photos that this person sees; the form for one more where there is room and he may."""

    outcome: Outcome
    rows: list[Row]
    button: MoveForm
    form: PhotoForm | None
    at_once: bool


def album(project: Project) -> Album:
    """What came of a closed project, for its page."""
    outcome = outcome_of(project, g.person)
    adds = len(outcome.photos) < MOST and may("project:add-photo", project)
    return Album(
        outcome=outcome,
        rows=[Row(one, may("photo:show", one), may("photo:withdraw", one)) for one in outcome.photos],
        button=named(MoveForm(formdata=None), "photo-move"),
        form=named(form_for(PhotoForm), "photo") if adds else None,
        at_once=adds and may("project:show-photo", project),
    )


@permit("photo:see", of=Photo)
def show(photo):
    """The picture itself."""
    return photo.file.picture(public=photo.shown)


@permit("project:add-photo", of=Project, form=PhotoForm, before=drawn_anew, back=("projects.show", "project"))
def add(project, form, drawn):
    """One more: at once for everybody when the committee adds it."""
    shown = may("project:show-photo", project)
    project.add_photo(drawn, form.photo_alt.data, consent=form.consent.data, shown=shown, by=g.person)
    say(_("照片加上了，大家都看得到。") if shown else _("照片加上了，社区看过后公开。"))


def page_of(id) -> Back:
    """The page of its project."""
    project = db.session.scalar(select(Photo.project_id).where(Photo.id == id)) or abort(404)
    return Back("projects.show", "project", id=project)


def and_back(photo) -> Back:
    """The same, when the photo itself may be gone."""
    return Back("projects.show", "project", id=photo.project_id)


@permit("photo:show", of=Photo, back=page_of)
def publish(photo):
    """Everybody sees it."""
    photo.show(by=g.person)
    say(_("这张照片公开了。"))


@permit("photo:show", of=Photo, back=page_of)
def hide(photo):
    """Only the two sides see it."""
    photo.hide(by=g.person)
    say(_("这张照片收起了，只有社区和认领方看得到。"))


@permit("photo:withdraw", of=Photo, back=page_of)
def withdraw(photo):
    """It is gone, and so is its file."""
    back = and_back(photo)
    photo.withdraw(by=g.person)
    say(_("照片撤下了，文件已经删除。"))
    return back
