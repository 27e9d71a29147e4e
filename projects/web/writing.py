"""Writing a project: a new one under a place, and the corrections of a draft."""

from datetime import date

from flask import g, request

from communities.catalogue import Capability, Category
from communities.permits import decides_at
from communities.place import Kind, Place
from kernel.db import db, seen
from kernel.i18n import _, day, joined
from kernel.permits import may
from kernel.request import Back, Page, checked, form_for, one, permit, say

from ..origin import hold_needs
from ..project import Project
from ..writing import ChangedMeanwhile
from .forms import FACTS, TEXTS, DraftForm, ProjectForm

BELOW = {
    Kind.DISTRICT: (Kind.SUBDISTRICT, Kind.COMMUNITY),
    Kind.SUBDISTRICT: (Kind.COMMUNITY,),
    Kind.COMMUNITY: (Kind.GRID, Kind.DEDICATED_GRID, Kind.COMPOUND),
    Kind.GRID: (Kind.COMPOUND,),
    Kind.DEDICATED_GRID: (Kind.SITE,),
}


@permit("project:write", of=Place, at="place")
def new(place) -> Page:
    """An empty form under this place."""
    form = with_catalogues(form_for(ProjectForm, place=place.id))
    form.place.choices = [(row.id, "　" * depth(row, place) + row.name) for row in places_from(place)]
    return Page("projects/new.html", place=place, form=form, publishes=decides_at(g.person, place))


@permit("project:write", of=Place, at="place", form=ProjectForm, back=("projects.new", None))
def create(place, form):
    """Keep it as a draft, or publish it at once."""
    project = Project.write(place, by=g.person, **named_by(form), **form.facts)
    if form.part_title.data:
        project.cut(**form.part, by=g.person)
    return kept(project)


@permit("project:edit", of=Project)
def edit(project) -> Page:
    """The facts of a draft; after a colleague's save what he stored, beside what was typed."""
    form = with_catalogues(form_for(DraftForm, **stored(project)))
    theirs = None
    if isinstance(g.get("refusal"), ChangedMeanwhile):
        theirs = differing(with_catalogues(DraftForm(formdata=None, **stored(project))), form)
        form.version.data = project.version
    return Page("projects/edit.html", project=project, form=form, theirs=theirs, publishes=may("project:post", project))


@permit("project:edit", of=Project, form=DraftForm, first=hold_needs, back=("projects.edit", None))
def update(project, form):
    """Keep the corrections, or publish it with them."""
    project.rewrite(version=form.shown, by=g.person, **named_by(form), **form.facts)
    return kept(project)


def stored(project) -> dict:
    """The draft as its form calls it."""
    facts = {name: getattr(project, name) for name in (*FACTS, *TEXTS, "category_id", "version")}
    return facts | {"capabilities": [capability.id for capability in project.capabilities]}


def differing(theirs: DraftForm, mine: DraftForm) -> list[tuple[str, str]]:
    """Label and content of each field that is stored otherwise than typed."""
    fields = [(theirs[name], mine[name]) for name in (*FACTS, *TEXTS, "category_id", "capabilities")]
    return [(one.label.text, words_of(one)) for one, other in fields if (one.data or "") != (other.data or "")]


def words_of(field) -> str:
    """What a field holds, as one reads it."""
    labels = dict(getattr(field, "choices", ()))
    held = field.data if isinstance(field.data, list) else [field.data]
    return joined(day(one) if isinstance(one, date) else str(labels.get(one, one or "")) for one in held)


def kept(project) -> Back:
    """The end of both: published or handed in where the button said so."""
    wanted = request.form.get("then")
    if wanted == "post":
        checked("project:post", project).post(by=g.person)
        say(_("“%(project)s”已发布，合伙人可以认领了。", project=project.title))
    elif wanted == "hand-in":
        checked("project:hand-in", project).hand_in(by=g.person)
        say(_("“%(project)s”已送社区党委复核，发布或退回都会告诉您。", project=project.title))
    else:
        say(_("草稿已存好，只有本地工作人员看得到。"))
    return Back("projects.show", id=project.id)


def named_by(form) -> dict:
    """The catalogue entries that a form names by id."""
    wanted = Capability.seen_by(g.person).where(Capability.id.in_(form.capabilities.data or []))
    return {"category": one(Category, form.category_id.data), "capabilities": db.session.scalars(seen(wanted)).all()}


def with_catalogues(form):
    """The form with the choices of both catalogues."""
    form.category_id.choices = choices(Category)
    form.capabilities.choices = choices(Capability)
    return form


def choices(model) -> list[tuple[int, str]]:
    """The entries of a catalogue for a field."""
    return [(row.id, row.label) for row in db.session.scalars(seen(model.choosable(g.person)))]


def places_from(place) -> list[Place]:
    """This place and those below it where a project usually stands."""
    below = Place.within(place) & Place.kind.in_(BELOW.get(place.kind, ()))
    wanted = Place.seen_by(g.person).where((Place.id == place.id) | below)
    return list(db.session.scalars(seen(wanted.order_by(Place.path).limit(300))))


def depth(place, root) -> int:
    """How many levels below the root."""
    return len(place.ancestor_ids) - len(root.ancestor_ids)
