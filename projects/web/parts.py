"""Parts: one more, or one less while the project is a draft."""

from flask import g

from kernel.i18n import _
from kernel.request import Back, permit, say

from ..project import Project
from .forms import PartForm


@permit("project:cut", of=Project, form=PartForm, back=("projects.show", "project"))
def add(project, form):
    """Cut one more part."""
    part = project.cut(**form.part, by=g.person)
    say(_("加上了：%(part)s", part=part))


def page_of(id, part_id) -> Back:
    """The page of the project."""
    return Back("projects.show", "project", id=id)


@permit("project:cut", of=Project, back=page_of)
def drop(project, part_id):
    """Take a part out of a draft."""
    part = project.part(part_id)
    say(_("去掉了：%(part)s", part=part))
    project.drop(part.id, by=g.person)
