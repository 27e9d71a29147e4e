"""From a graduate to a partner: the application of its kind, filled in with all that the incubation knows."""

from flask import g

from kernel.i18n import _, day
from kernel.request import Back, Page, form_for, permit, say

from ...incubations.incubation import Incubation
from ...kind import Kind
from ..applications import written
from ..choices import chosen
from ..forms import form_of


def application():
    """The application of an incubated firm, as it was sent."""
    return form_of(Kind.INCUBATED_FIRM)()


@permit("incubation:become", of=Incubation)
def new(incubation) -> Page:
    """What is missing is the code of the licence, and what it offers."""
    known = {"name": incubation.name, "place": incubation.place_id, "incubated_since": incubation.since}
    known |= {"about": incubation.idea, "contact_name": incubation.founder_name}
    form = form_for(form_of(Kind.INCUBATED_FIRM), **known, contact_phone=incubation.founder_phone)
    return written("incubations/partner.html", form, Kind.INCUBATED_FIRM, incubation=incubation)


@permit("incubation:become", of=Incubation, form=application, back=("incubations.become", None))
def create(incubation, form) -> Back:
    """Apply at the community that raised it."""
    partner = incubation.become_partner(by=g.person, **chosen(form, incubation.place))
    due = day(partner.answer_due)
    say(_("申请已交给%(place)s（社区党委），%(day)s 前答复。", place=incubation.place.name, day=due))
    return Back("incubations.show", id=incubation.id)
