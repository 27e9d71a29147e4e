"""People of my places: found by name or the end of a phone number, a card printed at the desk."""

import re

from flask import Blueprint, g, request, url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, selectinload

from kernel import cursor
from kernel.bigrams import escape_like
from kernel.db import db, seen
from kernel.request import Page, permit
from kernel.text import ascii_digits, clean_line

from ..card import Card
from ..person import Person
from ..place import Place, in_ranges

bp = Blueprint("people", __name__)
LONGEST = 40  # characters of a search


@bp.get("/people/")
@permit("people:see")
def index():
    """Whoever lives where I serve, in the order of the buildings, phones masked."""
    q = clean_line(request.args.get("q", ""))[:LONGEST]
    people, following = listed(q)
    cards = {card.person_id: card for card in db.session.scalars(Card.kept_by(people))}
    return Page("communities/people.html", q=q, people=people, cards=cards, next_url=following)


def listed(q: str) -> tuple[list[Person], str | None]:
    """25 people, and the address of the next ones."""
    found = select(Person).join(Person.home).where(in_ranges(Place.path, g.person.reach))
    if q:
        found = found.where(called(q))
    if after := cursor.unpack(request.args.get("page"), str, int):
        found = found.where(cursor.after([Place.path, Person.id], after))
    found = found.options(contains_eager(Person.home).joinedload(Place.parent), selectinload(Person.posts))
    rows = list(db.session.scalars(seen(found.order_by(Place.path, Person.id).limit(cursor.PAGE + 1))))
    shown = rows[: cursor.PAGE]
    if len(rows) == len(shown) or shown[-1].home is None:
        return shown, None
    return shown, url_for("people.index", page=cursor.pack(shown[-1].home.path, shown[-1].id), q=q or None)


def called(q: str):
    """A condition: the name holds these words, or the phone number ends with these four or more digits."""
    like = f"%{escape_like(q)}%"
    names = or_(Person.name.like(like, escape="\\"), Person.called.like(like, escape="\\"))
    digits = re.sub(r"[\s-]", "", ascii_digits(q))
    return or_(names, Person.phone.endswith(digits)) if re.fullmatch(r"\d{4,}", digits) else names
