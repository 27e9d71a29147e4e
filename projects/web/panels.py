"""What the pages of places and partners show of projects."""

from flask import g, render_template
from sqlalchemy.orm import joinedload

from kernel import slots
from kernel.db import db, seen
from kernel.permits import may

from .. import giveback
from ..adoption import Adoption
from ..market import Market
from ..standing import LIVING
from . import origins

SHOWN = 5
GIVEN_BACK = 12


def of_place(place) -> str | None:
    """The newest projects of this place that want somebody."""
    projects, total = Market(place=place).page(g.person, most=SHOWN)
    if not projects:
        return None
    return render_template("projects/of_place.html", place=place, projects=projects, total=total)


def of_partner(partner) -> str | None:
    """What this partner has taken on, newest first."""
    wanted = Adoption.seen_by(g.person).where(Adoption.partner_id == partner.id, Adoption.state.in_(LIVING))
    wanted = wanted.order_by(Adoption.id.desc()).options(joinedload(Adoption.project), joinedload(Adoption.part))
    adoptions = list(db.session.scalars(seen(wanted.limit(25))))
    return render_template("projects/of_partner.html", partner=partner, adoptions=adoptions) if adoptions else None


def papers_of(partner) -> str | None:
    """The way to its certificates, for the two sides."""
    shown = g.person.id is not None and may("participation:list", partner)
    return render_template("projects/participations_of_partner.html", partner=partner) if shown else None


def given_back(incubation) -> str:
    """What a raised firm has done since, beside what it was given."""
    if incubation.partner_id is None:
        return render_template("projects/giveback.html", incubation=incubation, sums=None, entries=[])
    total = giveback.sums([incubation.partner_id])
    entries = giveback.ledger(g.person, incubation.partner_id, GIVEN_BACK)
    return render_template("projects/giveback.html", incubation=incubation, sums=total, entries=entries)


def given_back_by(partner_ids) -> str:
    """What the partners of an incubator have done together."""
    return render_template("projects/giveback_sums.html", sums=giveback.sums(partner_ids))


def plan_of(project) -> str | None:
    """The common plan that its lead wrote."""
    return render_template("adoptions/plan.html", project=project) if project.plan else None


def set_up() -> None:
    """Fill the slots."""
    slots.fill("incubation.giveback", given_back)
    slots.fill("incubator.giveback", given_back_by)
    slots.fill("project.below", plan_of)
    slots.fill("place.below", of_place)
    slots.fill("need.below", origins.of_need)
    slots.fill("theme.below", origins.of_theme)
    slots.fill("partner.below", of_partner)
    slots.fill("partner.below", papers_of)
