"""Staff asks somebody: found by name, for an open place, as a successor or to stand in."""

from flask import g, request
from sqlalchemy import select

from communities.person import Person
from communities.place import Place
from kernel.db import db
from kernel.i18n import _, day
from kernel.request import Back, Page, form_for, one, permit, say
from kernel.text import clean_line
from kernel.work import Refusal

from ...assignments import people, placing, succession
from ...assignments.assignment import Assignment
from ...assignments.chain import surroundings
from ...assignments.reasons import PlaceTaken, SomebodyComes, SomebodyElse
from ...assignments.state import Role, Standing
from .buildings import a_building
from .forms import OfferForm, SuccessorForm


class CannotServe(Refusal):
    """Why somebody else cannot take it, said to whoever asks him."""

    message = _("请不了%(person)s：%(why)s")
    field = "person_id"


def lock_somebody(**_keys) -> None:
    """The person of the form, before the building."""
    id = request.form.get("person_id", "")
    if id.isdecimal() and len(id) < 10:
        db.session.execute(select(Person.id).where(Person.id == int(id)).with_for_update(key_share=True))


def sought() -> str:
    """The name that is looked for."""
    return clean_line(request.args.get("q", ""))[: people.LONGEST]


@permit("building:offer", of=Place)
def show(place):
    """Volunteers nearby, neighbours first; a name narrows it down."""
    around = surroundings(a_building(place))
    held = people.of_building(place)
    return Page(
        "assignments/offers.html",
        place=place,
        around=around,
        free=people.free_roles(held, around.helpers),
        rows=people.candidates(g.person, place, sought()),
        q=sought(),
        form=form_for(OfferForm),
    )


@permit("building:offer", of=Place, form=OfferForm, first=lock_somebody, back=("buildings.offers", "people"))
def offer(place, form):
    """Ask him; he answers on his own page, or on a slip."""
    person = one(Person, form.person_id.data)
    ask(person, lambda: placing.offer(place, Role(form.role.data), person, by=g.person))
    return Back("buildings.show", id=place.id)


def ask(person, verb) -> None:
    """Carry the question out, with a refusal that speaks to staff."""
    try:
        row = verb()
    except (PlaceTaken, SomebodyComes, SomebodyElse):
        raise
    except Refusal as refusal:
        raise CannotServe(person=person.called, why=refusal) from None
    say(_("已邀请%(person)s，等他本人答复，%(day)s 前有效。", person=person.called, day=day(row.answer_due)))


@permit("assignment:hand-over", of=Assignment)
def successors(assignment):
    """The same list, for a place that somebody holds."""
    return Page(
        "assignments/successors.html",
        assignment=assignment,
        place=assignment.building,
        around=surroundings(assignment.building),
        rows=people.candidates(g.person, assignment.building, sought()),
        q=sought(),
        form=form_for(SuccessorForm),
        Standing=Standing,
    )


@permit(
    "assignment:hand-over",
    of=Assignment,
    form=SuccessorForm,
    first=lock_somebody,
    back=("assignments.successors", "people"),
)
def ask_successor(assignment, form):
    """Ask him to take over, or to stand in for the days away."""
    person = one(Person, form.person_id.data)
    stands_in = Standing(form.standing.data) is Standing.SUBSTITUTE
    verb = succession.stand_in if stands_in else succession.hand_over
    ask(person, lambda: verb(assignment, person, by=g.person))
    return Back("assignments.show", id=assignment.id)
