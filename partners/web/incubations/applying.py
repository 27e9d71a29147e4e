"""Asking to be raised: a founder for himself, the committee for somebody; again after a refusal; other words later."""

from flask import g, request

from communities.place import Kind as PlaceKind
from communities.place import Place
from communities.post import DECIDERS
from communities.tree import overview
from kernel import clock
from kernel.i18n import _, day
from kernel.request import Back, Page, form_for, one, permit, say

from ...incubations.incubating import Stage
from ...incubations.incubation import Incubation
from ...partner import COMMUNITY
from .forms import ApplicationForm, IdeaForm

WORDS = ("name", "idea", "founder_name", "founder_phone")


@permit("incubation:apply")
def new() -> Page:
    """An empty form; who decides somewhere writes it down for somebody else."""
    desk = g.person.holds(DECIDERS, own_place())
    known = {"founder_name": g.person.name, "founder_phone": g.person.phone}
    form = form_for(ApplicationForm, place=wanted_place(), **({"applied_on": clock.today()} if desk else known))
    form.place.choices = communities()
    return Page("incubations/new.html", form=form, desk=desk)


@permit("incubation:apply", form=ApplicationForm, back=("incubations.new", None))
def create(form) -> Back:
    """Ask; what the committee of the place itself writes down belongs to no account yet."""
    place = one(Place, form.place.data)
    desk = g.person.holds(DECIDERS, place)
    mine = {"applied_on": form.applied_on.data} if desk else {"founder": g.person}
    incubation = Incubation.apply(place, by=g.person, **form.facts, **mine)
    return asked(incubation)


@permit("incubation:edit", of=Incubation)
def edit(incubation) -> Page:
    """Its words, to be corrected or, after a refusal, to be sent again."""
    known = {name: getattr(incubation, name) for name in (*WORDS, "version")}
    again = incubation.stage is Stage.REFUSED
    form = form_for(IdeaForm, **known)
    if g.get("refusal"):
        form.version.data = incubation.version
    return Page("incubations/edit.html", incubation=incubation, form=form, again=again)


@permit("incubation:edit", of=Incubation, form=IdeaForm, back=("incubations.edit", None))
def update(incubation, form) -> Back:
    """Keep the correction."""
    incubation.amend(version=form.shown, by=g.person, **form.facts)
    say(_("已更新。"))
    return Back("incubations.show", id=incubation.id)


@permit("incubation:edit", of=Incubation, form=IdeaForm, back=("incubations.edit", None))
def apply_again(incubation, form) -> Back:
    """After a refusal, with better facts."""
    incubation.apply_again(by=g.person, **form.facts)
    return asked(incubation)


def asked(incubation) -> Back:
    """Say who answers by which day, on its page."""
    until = day(incubation.answer_due)
    say(_("申请已交给%(place)s（社区党委），%(day)s 前答复。", place=incubation.place.name, day=until))
    return Back("incubations.show", id=incubation.id)


def own_place() -> Place | None:
    """Where this person serves first."""
    return g.person.posts[0].place if g.person.posts else None


def wanted_place() -> int | None:
    """The community in the address, else where this person serves or lives."""
    sent = request.args.get("place", "")
    if sent.isascii() and sent.isdecimal() and len(sent) < 10:
        return int(sent)
    if own := own_place():
        return own.id if own.kind is PlaceKind.COMMUNITY else None
    return next(iter(g.person.home.ancestor_ids[COMMUNITY:]), None) if g.person.home else None


def communities() -> dict:
    """All communities by subdistrict."""
    found: dict = {None: [("", _("请选择"))]}
    for district in overview():
        for subdistrict in district.branches:
            found[subdistrict.place.name] = [(branch.place.id, branch.place.name) for branch in subdistrict.branches]
    return found
