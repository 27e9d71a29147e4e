"""The ledger of support: one more entry, and an entry that was wrong."""

from flask import abort, g
from sqlalchemy import select

from communities.office import office_label
from communities.place import Kind as PlaceKind
from communities.place import Place
from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.request import Back, Page, form_for, one, permit, say

from ...incubations.becoming import KINDS
from ...incubations.incubation import Incubation
from ...incubations.support import OFFICES, Help, Unit
from ...partner import Partner
from ...standing import Stage
from .forms import ConnectForm, StrikeForm, SupportForm

OFFERED = 300  # partners


@permit("incubation:run", of=Incubation)
def new(incubation) -> Page:
    """Who gave what, when and how much."""
    form = form_for(SupportForm, day=clock.today(), giver=f"place-{incubation.place_id}")
    form.giver.choices = list(givers(incubation.place).items())
    return Page("incubations/support.html", incubation=incubation, form=form)


@permit("incubation:run", of=Incubation, form=SupportForm, back=("incubations.support", None))
def create(incubation, form) -> Back:
    """Keep it."""
    kind, unit = Help(form.help.data), Unit(form.unit.data)
    giver, amount = chosen(form.giver.data, incubation.place), form.quantity.data
    entry = incubation.help(kind, form.what.data, amount, unit, form.day.data, giver, by=g.person)
    say(_("记下了：%(what)s，%(amount)s。", what=entry.what, amount=entry.amount))
    return Back("incubations.show", id=incubation.id)


@permit("incubation:run", of=Incubation, form=StrikeForm, back=("incubations.show", "incubation"))
def strike(incubation, form):
    """It was wrong."""
    entry = next((row for row in incubation.supports if row.id == form.support.data), None) or abort(404)
    incubation.strike(entry, form.reason.data or "", by=g.person)
    say(_("划掉了“%(what)s”，不再算进总数。", what=entry.what))


@permit("incubation:run", of=Incubation)
def connection(incubation) -> Page:
    """The firms of the community that may be this one."""
    taken = select(Incubation.partner_id).where(Incubation.partner_id.is_not(None))
    firms = partners_near(incubation.place, Partner.kind.in_(KINDS), Partner.id.not_in(taken))
    form = form_for(ConnectForm)
    form.partner_id.choices = [(firm.id, firm.name) for firm in firms]
    return Page("incubations/connection.html", incubation=incubation, form=form)


@permit("incubation:run", of=Incubation, form=ConnectForm, back=("incubations.connection", None))
def connect(incubation, form) -> Back:
    """It is this one."""
    incubation.connect(one(Partner, form.partner_id.data), by=g.person)
    say(_("连上了：“%(partner)s”就是这里毕业的企业。", partner=incubation.partner.name))
    return Back("incubations.show", id=incubation.id)


def givers(place: Place) -> dict[str, str]:
    """Offices from here up, and the partners that serve here, as options."""
    line = reversed(db.session.scalars(seen(place.line)).all())
    offices = {f"place-{at.id}": office_label(OFFICES[at.kind], at) for at in line if at.kind in OFFICES}
    return offices | {f"partner-{partner.id}": partner.name for partner in partners_near(place)}


def chosen(value: str, place: Place) -> Partner | Place:
    """The giver of such an option; 404 for one that was not offered."""
    if value not in givers(place):
        abort(404)
    kind, id = value.split("-")
    return one(Partner if kind == "partner" else Place, int(id))


def partners_near(place: Place, *which) -> list[Partner]:
    """The active partners that are registered here or serve this community, by name."""
    here = (Partner.place_id == place.id) | Partner.serving(place, near=place.kind is PlaceKind.COMMUNITY)
    wanted = select(Partner).where(here, Partner.stage == Stage.ACTIVE, *which).order_by(Partner.name, Partner.id)
    return list(db.session.scalars(seen(wanted.limit(OFFERED))))
