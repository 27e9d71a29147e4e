"""The moves of a project that its committee makes."""

from flask import g

from kernel.i18n import _
from kernel.request import permit, say

from ..origin import hold_needs
from ..project import Project
from .forms import GiveBackForm, OutcomeForm

PAGE = ("projects.show", "project")


@permit("project:post", of=Project, first=hold_needs, back=PAGE)
def post(project):
    """Publish it."""
    project.post(by=g.person)
    say(_("“%(project)s”已发布，合伙人可以认领了。", project=project.title))


@permit("project:hand-in", of=Project, back=PAGE)
def hand_in(project):
    """Ask the committee to publish it."""
    project.hand_in(by=g.person)
    say(_("“%(project)s”已送社区党委复核，发布或退回都会告诉您。", project=project.title))


@permit("project:give-back", of=Project, form=GiveBackForm, back=PAGE)
def give_back(project, form):
    """Not yet, and what is missing."""
    project.give_back(form.reason.data, by=g.person)
    say(_("已退回修改，写草稿的同事会看到您写的。"))


@permit("project:withdraw", of=Project, first=hold_needs, back=PAGE)
def withdraw(project):
    """Take it back."""
    project.withdraw(by=g.person)
    say(_("“%(project)s”已撤回，只有本地工作人员看得到。", project=project.title))


@permit("project:close", of=Project, form=OutcomeForm, first=hold_needs, back=PAGE)
def close(project, form):
    """End it with what came of it."""
    project.close(form.outcome.data, form.people_served.data, by=g.person)
    say(_("“%(project)s”已结项，成效写在页面上，认领方会收到消息。", project=project.title))


@permit("project:reopen", of=Project, back=PAGE)
def reopen(project):
    """Not finished after all."""
    project.reopen(by=g.person)
    say(_("“%(project)s”回到进行中，认领方会收到消息。", project=project.title))
