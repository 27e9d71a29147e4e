"""Moves of an adoption that runs: who leads, the common plan, a pause, more time."""

from flask import g

from kernel.i18n import _, day
from kernel.request import permit, say

from ..adoption import Adoption
from .progress_forms import PauseForm, PlanForm, ProlongForm

PAGE = ("adoptions.show", "adoption")


@permit("adoption:lead", of=Adoption, back=PAGE)
def take_lead(adoption):
    """This one leads from now on."""
    adoption.take_lead(by=g.person)
    say(_("现在由“%(partner)s”牵头，各家会收到消息。", partner=adoption.partner.name))


@permit("adoption:plan", of=Adoption, form=PlanForm, back=PAGE)
def write_plan(adoption, form):
    """The lead says who does what when."""
    adoption.project.write_plan(form.plan.data or "", by=g.person)
    say(_("共同计划存好了，各家会收到消息。"))


@permit("adoption:pause", of=Adoption, form=PauseForm, back=PAGE)
def pause(adoption, form):
    """Nothing is asked until that day."""
    adoption.pause(form.until.data, form.reason.data, by=g.person)
    say(_("暂停到 %(day)s，期间不催、不算晚；到日子自动接着做。", day=day(form.until.data)))


@permit("adoption:pause", of=Adoption, back=PAGE)
def end_pause(adoption):
    """It goes on today."""
    adoption.end_pause(by=g.person)
    say(_("暂停结束了，今天起接着做。"))


@permit("adoption:prolong", of=Adoption, form=ProlongForm, back=PAGE)
def prolong(adoption, form):
    """The days count anew."""
    adoption.prolong(form.reason.data, by=g.person)
    say(_("延长了，没有动静的日子从今天重新算。“%(partner)s”会收到消息。", partner=adoption.partner.name))
