"""The texts of answers: all of a district, one more, and other words."""

from flask import g
from sqlalchemy import select

from communities.place import Kind, Place
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, Page, form_for, permit, say

from ..answer_text import AnswerText, Use
from .forms import NewTextForm, OldTextForm


@permit("answer-text:list")
def index() -> Page:
    """What is offered where something is solved or declined, and what is not any more."""
    own = [id for post in g.person.posts for id in post.place.ancestor_ids]
    texts = select(AnswerText).where(AnswerText.place_id.in_(own))
    rows = db.session.scalars(seen(texts.order_by(AnswerText.is_on.desc(), AnswerText.use, AnswerText.title))).all()
    return Page("needs/answer_texts.html", texts=rows, form=form_for(NewTextForm))


@permit("answer-text:add", form=NewTextForm, back=("answer_texts.index", "texts"))
def create(form):
    """One more, of the reader's own district."""
    place: Place = next(post.place for post in g.person.posts if post.place.kind is Kind.DISTRICT)
    text = AnswerText.write(place, Use(form.use.data), **words(form), by=g.person)
    say(_("加好了：“%(title)s”。", title=text.title))


def words(form) -> dict:
    """The words of a form as the model calls them."""
    return {"title": form.title.data, "words": form.words.data, "words_en": form.words_en.data or ""}


@permit("answer-text:edit", of=AnswerText)
def edit(text) -> Page:
    """Its words."""
    known = {name: getattr(text, name) for name in ("title", "words", "words_en", "is_on")}
    return Page("needs/answer_text.html", text=text, form=form_for(OldTextForm, **known))


@permit("answer-text:edit", of=AnswerText, form=OldTextForm, back=("answer_texts.edit", None))
def update(text, form) -> Back:
    """Other words."""
    text.rewrite(**words(form), is_on=form.is_on.data, by=g.person)
    say(_("改好了：“%(title)s”。", title=text.title))
    return Back("answer_texts.index")
