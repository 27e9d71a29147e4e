"""Steps of an adoption: promised, reached with evidence, moved to another day, dropped."""

from flask import abort, g
from sqlalchemy import select

from kernel import scan
from kernel.db import db
from kernel.i18n import _, day
from kernel.request import Back, permit, say

from ..adoption import Adoption
from ..milestone import Milestone
from .progress_forms import DayForm, ProgressForm, PromiseForm, ReachForm

PAGE = ("adoptions.show", "adoption")


def uploaded(form) -> scan.Scan | None:
    """The evidence that was sent with the form, looked at before the transaction; who is nobody has nothing read."""
    file = form.file.data
    if g.person.id is None or not file or not file.filename:
        return None
    data = file.read()
    file.seek(0)  # the receipt reads it again
    return scan.read(data, file.filename)


def page_of(id) -> Back:
    """The page of its adoption."""
    adoption = db.session.scalar(select(Milestone.adoption_id).where(Milestone.id == id)) or abort(404)
    return Back("adoptions.show", "adoption", id=adoption)


@permit("adoption:promise", of=Adoption, form=PromiseForm, back=PAGE)
def promise(adoption, form):
    """One more step."""
    made = adoption.promise(form.title.data, form.due.data, by=g.person)
    say(_("记下了：%(day)s 前“%(step)s”。", day=day(made.due), step=made.title))


@permit("adoption:promise", of=Adoption, form=ProgressForm, before=uploaded, back=PAGE)
def report(adoption, form, evidence):
    """Something was done."""
    adoption.report_progress(form.words.data, evidence, by=g.person)
    say(_("记下了，谢谢！社区看得到你们在做。"))


@permit("milestone:reach", of=Milestone, form=ReachForm, before=uploaded, back=page_of)
def reach(milestone, form, evidence):
    """It is done."""
    milestone.reach(form.words.data, evidence, by=g.person)
    say(_("“%(step)s”做到了，谢谢！", step=milestone.title))


@permit("milestone:reach", of=Milestone, form=DayForm, back=page_of)
def move(milestone, form):
    """Another day."""
    milestone.move(form.due.data, form.reason.data, by=g.person)
    say(_("“%(step)s”改到 %(day)s，原来的日子留着。", step=milestone.title, day=day(milestone.due)))


@permit("milestone:reach", of=Milestone, form=DayForm, back=page_of)
def drop(milestone, form):
    """Not any more."""
    milestone.drop(form.reason.data, by=g.person)
    say(_("“%(step)s”不做了，原因留着。", step=milestone.title))


@permit("milestone:see-evidence", of=Milestone)
def evidence(milestone):
    """Take its picture or file along."""
    return milestone.file.answer() if milestone.file else abort(404)
