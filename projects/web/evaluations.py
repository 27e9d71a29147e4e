"""What the committee says of an adopter after the end, and the answer."""

from flask import abort, g
from sqlalchemy import select

from kernel.db import db
from kernel.i18n import _
from kernel.request import Back, permit, say

from ..adoption import Adoption
from ..evaluation import Evaluation, Word
from .progress_forms import EvaluationForm, ReplyForm


def page_of(id) -> Back:
    """The page of the adoption that it is about."""
    adoption = db.session.scalar(select(Evaluation.adoption_id).where(Evaluation.id == id)) or abort(404)
    return Back("adoptions.show", "adoption", id=adoption)


@permit("adoption:evaluate", of=Adoption, form=EvaluationForm, back=("adoptions.show", "adoption"))
def give(adoption, form):
    """How it was."""
    Evaluation.give(adoption, Word(form.word.data), form.sentence.data, by=g.person)
    say(_("写好了，“%(partner)s”看得到，可以回应一次。", partner=adoption.partner.name))


@permit("evaluation:reply", of=Evaluation, form=ReplyForm, back=page_of)
def answer(evaluation, form):
    """The partner answers."""
    evaluation.answer(form.sentence.data, by=g.person)
    say(_("回应写好了，社区看得到。"))
