"""Writing agreements down: a new one at a place, a correction, the renewal of one that ends."""

from datetime import date, timedelta

from flask import g

from communities.place import Place
from kernel import clock
from kernel.fields import scanned
from kernel.i18n import _, day, joined
from kernel.request import Back, Page, form_for, permit, say

from ...agreements.agreement import Agreement
from ...agreements.signing import ChangedMeanwhile
from .forms import FACTS, AgreementForm, NewAgreementForm
from .sides import chosen, chosen_before, offer

DAY = timedelta(days=1)


@permit("agreement:write", of=Place, at="place")
def new(place) -> Page:
    """An empty form at the office of this place."""
    form = form_for(NewAgreementForm, since=clock.today(), signed_on=clock.today())
    offer(form, place)
    return Page("agreements/new.html", place=place, form=form)


@permit("agreement:write", of=Place, at="place", form=NewAgreementForm, before=scanned, back=("agreements.new", None))
def create(place, form, paper):
    """Keep what was signed."""
    return kept(Agreement.record(place, chosen(form, place), by=g.person, **form.facts), paper)


@permit("agreement:edit", of=Agreement)
def edit(agreement) -> Page:
    """What was written down, to be corrected."""
    known = {name: getattr(agreement, name) for name in (*FACTS, "scope", "version")}
    stored = {**known, **chosen_before(agreement.parties)}
    form = form_for(AgreementForm, **stored)
    offer(form, agreement.place, agreement.parties)
    theirs = None
    if isinstance(g.get("refusal"), ChangedMeanwhile):
        theirs = differing(AgreementForm(formdata=None, **stored), form)
        form.version.data = agreement.version
    return Page("agreements/edit.html", agreement=agreement, form=form, theirs=theirs)


def differing(theirs: AgreementForm, mine: AgreementForm) -> list[tuple[str, str]]:
    """Label and content of each field that is stored otherwise than typed."""
    theirs.offices.choices, theirs.partners.choices = mine.offices.choices, mine.partners.choices
    pairs = [(theirs[name], mine[name]) for name in (*FACTS, "scope", "offices", "partners", "outside")]
    return [(one.label.text, words_of(one)) for one, other in pairs if (one.data or "") != (other.data or "")]


def words_of(field) -> str:
    """What a field holds, as one reads it."""
    labels = dict(getattr(field, "choices", ()))
    held = field.data if isinstance(field.data, list) else [field.data]
    return joined(day(one, year=True) if isinstance(one, date) else str(labels.get(one, one or "")) for one in held)


@permit("agreement:edit", of=Agreement, form=AgreementForm, back=("agreements.edit", None))
def update(agreement, form):
    """Keep the correction."""
    agreement.amend(chosen(form, agreement.place, agreement), version=form.shown, by=g.person, **form.facts)
    say(_("已改好，各方会收到消息。"))
    return Back("agreements.show", id=agreement.id)


@permit("agreement:edit", of=Agreement)
def renewal(agreement) -> Page:
    """The same again, from the day after its end for as long as before."""
    length = agreement.until - agreement.since if agreement.until else None
    first = agreement.until + DAY if agreement.until else clock.today()
    days = {"signed_on": clock.today(), "since": first, "until": first + length if length else None}
    known = {"title": agreement.title, "scope": agreement.scope} | days
    form = form_for(NewAgreementForm, **known, **chosen_before(agreement.parties))
    offer(form, agreement.place, agreement.parties)
    return Page("agreements/renewal.html", agreement=agreement, place=agreement.place, form=form)


@permit("agreement:edit", of=Agreement, form=NewAgreementForm, before=scanned, back=("agreements.renewal", None))
def renew(agreement, form, paper):
    """The next agreement, which names this one."""
    sides = chosen(form, agreement.place, agreement)
    return kept(agreement.renew(sides, by=g.person, **form.facts), paper)


def kept(agreement, paper) -> Back:
    """The end of both: with its paper, where there is one."""
    if paper is not None:
        agreement.attach(paper, by=g.person)
        say(_("“%(agreement)s”和扫描件都存好了，各方会收到消息。", agreement=agreement.title))
    else:
        say(_("“%(agreement)s”存好了，各方会收到消息。有了扫描件随时可以补上。", agreement=agreement.title))
    return Back("agreements.show", id=agreement.id)
