"""What a community sets: residents at once, buildings a person, the term; how many helpers a building wants."""

from flask import g
from werkzeug.exceptions import NotFound

from communities.place import Kind, Place
from kernel.i18n import _
from kernel.request import Page, form_for, permit, say

from ...assignments.placing import set_helpers
from ...assignments.terms import Terms
from .buildings import a_building
from .forms import HelpersForm, TermsForm


def a_community(place: Place) -> Place:
    """The place, if it is a community; 404 for others."""
    if place.kind is not Kind.COMMUNITY:
        raise NotFound
    return place


@permit("coverage:settle", of=Place, by="code")
def terms(place):
    """The rules as they are."""
    now = Terms.of(a_community(place))
    facts = {"residents_at_once": now.residents_at_once, "most": now.most, "months": now.months}
    return Page("assignments/terms.html", place=place, form=form_for(TermsForm, **facts))


@permit("coverage:settle", of=Place, by="code", form=TermsForm, back=("coverage.terms", "terms"))
def settle(place, form):
    """Set them; what runs already keeps its term."""
    facts = {"residents_at_once": form.residents_at_once.data, "most": form.most.data, "months": form.months.data}
    Terms.settle(a_community(place), by=g.person, **facts)
    say(_("包联的规则存好了，以后的申请按新的来，在任的不变。"))


@permit("building:want", of=Place, form=HelpersForm, back=("buildings.show", "manage"))
def want(place, form):
    """How many helpers this building wants."""
    set_helpers(a_building(place), form.helpers.data, by=g.person)
    say(_("改好了：这栋楼要 %(helpers)s 名楼栋志愿者。", helpers=form.helpers.data))
