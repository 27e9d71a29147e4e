"""From needs to projects: the button on the page of a need or theme, and what stands there afterwards."""

from flask import abort, g, render_template
from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload

from communities.place import Place, in_ranges
from governance.need import Need
from governance.theme import Theme
from kernel.db import db, seen
from kernel.fields import Form, Pick, row_id
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, permit, say

from ..grounds import READY
from ..origin import Origin
from ..project import Project
from ..stage import WRITTEN, Stage
from .forms import MoveForm, named

OFFERED = 50  # projects to choose from
COMMUNITY = 3  # ids on the path from the district to the community


class GroundForm(Form):
    """Which project answers it: a new one, or one that is there."""

    project = Pick(_("由哪个项目来办"), coerce=row_id, needed=False)


def hold_needs_of_theme(id) -> None:
    """The needs of a theme before the theme, in their order."""
    held = select(Need.id).where(Need.theme_id == id).order_by(Need.id).with_for_update(of=Need, key_share=True)
    db.session.scalars(held).all()


@permit("project:write-from-theme", of=Theme, first=hold_needs_of_theme, back=("themes.show", None))
def from_theme(theme):
    """A draft for all that was said of one matter."""
    return written(Project.from_needs(theme.place, theme.title, theme.needs, by=g.person))


@permit("project:write-from-need", of=Need, form=GroundForm, back=("needs.show", None))
def from_need(need, form):
    """A draft for one need, or one more need of a project that is there."""
    if not form.project.data:
        return written(Project.from_needs(need.place, need.title, [need], by=g.person))
    wanted = Project.seen_by(g.person).where(Project.id == form.project.data)
    held = wanted.with_for_update(of=Project, key_share=True)
    project = db.session.scalar(seen(held)) or abort(404)
    project.ground(need, by=g.person)
    say(_("已放进项目“%(project)s”。", project=project.title))
    return Back("needs.show", id=need.id)


def written(project) -> Back:
    """The draft, to be filled in."""
    say(_("草稿写好了，需求都连在上面。请把要做的事、日子和安全提示填上，再发布。"))
    return Back("projects.edit", id=project.id)


def of_need(need) -> str | None:
    """The project that answers it, or the button that makes one; one statement."""
    writes = need.state in READY and may("project:write-from-need", need)
    project, near = around(need, offers=writes)
    if project is None and not writes:
        return None
    form = None
    if project is None:
        form = named(GroundForm(formdata=None), "ground")
        form.project.choices = [("", _("新写一个项目")), *[(one.id, one.title) for one in near]]
    return render_template("projects/of_need.html", need=need, project=project, form=form)


def around(need: Need, *, offers: bool) -> tuple[Project | None, list[Project]]:
    """The project that answers a need, and, if `offers`, what could still take it in, in its community."""
    mine = exists().where(Origin.project_id == Project.id, Origin.need_id == need.id, Origin.until.is_(None))
    path = "/".join(need.place.path.split("/")[: COMMUNITY + 1]) + "/"
    here = Project.place_id.in_(select(Place.id).where(in_ranges(Place.path, [path])))
    near = here & Project.stage.in_((*WRITTEN, Stage.OPEN, Stage.ADOPTED))
    found = Project.seen_by(g.person).add_columns(mine).where(or_(mine, near) if offers else mine)
    beside = joinedload(Project.place)
    found = found.options(beside).order_by(mine.desc(), Project.id.desc()).limit(OFFERED)
    rows = [(project, is_mine) for project, is_mine in db.session.execute(seen(found))]
    return next((one for one, is_mine in rows if is_mine), None), [one for one, _is_mine in rows]


def of_theme(theme) -> str | None:
    """The projects that answer its needs, and the button that makes one for the rest."""
    mine = select(Origin).join(Origin.need).where(Need.theme_id == theme.id, Origin.until.is_(None))
    origins = list(db.session.scalars(seen(mine.options(joinedload(Origin.project).joinedload(Project.place)))))
    projects = [one for one in dict.fromkeys(origin.project for origin in origins) if may("project:see-origin", one)]
    taken = {origin.need_id for origin in origins}
    free = [need for need in theme.needs if need.state in READY and need.category_id and need.id not in taken]
    form = named(MoveForm(formdata=None), "ground") if free and may("project:write-from-theme", theme) else None
    facts = {"theme": theme, "projects": projects, "form": form, "free": free}
    return render_template("projects/of_theme.html", **facts) if projects or form else None
