"""Spreading the word: following a project, the text for a group, and a notice to hang up."""

from flask import g, url_for
from werkzeug.exceptions import NotFound

from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.request import Page, permit, say

from ..project import Project
from ..sharing import group_text
from ..stage import UNSEEN

PAGE = ("projects.show", "project")


@permit("project:follow", of=Project, back=PAGE)
def follow(project):
    """Be told of what everybody may read."""
    published(project).follow(by=g.person)
    say(_("已关注。有公开的进展会告诉您，随时可以不再关注。"))


@permit("project:follow", of=Project, back=PAGE)
def unfollow(project):
    """No longer."""
    project.unfollow(by=g.person)
    say(_("不再关注“%(project)s”了。", project=project.title))


@permit("project:share", of=Project)
def share(project) -> Page:
    """The text for a group, the address and its code."""
    address = whole_url("projects.show", id=published(project).id)
    return Page(
        "projects/share.html", project=project, address=address, text=group_text(project, address), code=qr(address)
    )


@permit("project:share", of=Project)
def notice(project) -> Page:
    """The same on A4, to hang up in a stairwell."""
    address = whole_url("projects.show", id=published(project).id)
    back = url_for("projects.share", id=project.id)
    return Page("projects/notice.html", project=project, address=address, code=qr(address), back_url=back)


def published(project) -> Project:
    """A project that everybody may see, else 404: a draft has no followers and nothing to be spread."""
    if project.stage in UNSEEN:
        raise NotFound
    return project
