"""Agreements on the screen: the list, one of them, its paper."""

from datetime import date
from typing import Any

from flask import abort, g, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.journal import Line, tell
from communities.place import Kind, Place
from kernel import clock
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.permits import may
from kernel.request import Page, form_for, permit

from ...agreements.agreement import Agreement
from ...agreements.listed import COUNTED, Agreements
from ...agreements.party import Party
from ...agreements.reminding import DAYS
from ...agreements.term import State
from .forms import EndForm, PaperForm

FILTERS = ("state", "place", "partner", "q")
LEVELS = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY)


@permit("agreement:list")
def index() -> Page:
    """25 agreements, the latest signed first; the filters stay in the address."""
    asked = Agreements.asked_for(request.args)
    rows, total = asked.page(g.person, after(request.args.get("page")))
    shown = rows[:PAGE]
    kept: dict[str, Any] = {name: request.args[name] for name in FILTERS if request.args.get(name)}
    more = pack(shown[-1].signed_on.isoformat(), shown[-1].id) if len(rows) > PAGE else None
    return Page(
        "agreements/index.html",
        asked=asked,
        states=State,
        counts=asked.counts(g.person),
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        agreements=shown,
        places=places_here() if g.person.posts else [],
        kept=kept,
        more=url_for("agreements.index", **kept, page=more) if more else None,
    )


def after(word: str | None) -> tuple[date, int] | None:
    """The last row that was shown, as the address says it."""
    found = unpack(word, str, int)
    try:
        return (date.fromisoformat(found[0]), found[1]) if found else None
    except ValueError:
        return None


def places_here() -> list[Place]:
    """Where this person serves, and the subdistricts and communities in it."""
    inside = Place.within(*(post.place for post in g.person.posts))
    wanted = Place.seen_by(g.person).where(inside, Place.kind.in_(LEVELS)).order_by(Place.path)
    return list(db.session.scalars(seen(wanted.limit(300))))


@permit("agreement:see", of=Agreement)
def show(agreement) -> Page:
    """Who agreed to what, how long it lasts, its paper, what happened; beside it what the reader can do."""
    agreement = whole(agreement)
    keeps = may("agreement:edit", agreement)
    return Page(
        "agreements/show.html",
        agreement=agreement,
        reminders=DAYS,
        today=clock.today(),
        handling=tell(list(db.session.scalars(seen(Line.about(agreement))))),
        end=form_for(EndForm, ended_on=clock.today()) if keeps else None,
        paper=form_for(PaperForm) if keeps else None,
    )


def whole(agreement: Agreement) -> Agreement:
    """The same agreement with all that its page shows, in one statement."""
    parties = joinedload(Agreement.parties)  # a handful, and hardly ever more than one renewal
    beside = (
        joinedload(Agreement.place),
        joinedload(Agreement.file),
        joinedload(Agreement.renews),
        joinedload(Agreement.renewals),
        parties.joinedload(Party.partner),
        parties.joinedload(Party.place),
    )
    wanted = select(Agreement).where(Agreement.id == agreement.id).execution_options(populate_existing=True)
    return db.session.scalars(seen(wanted.options(*beside))).unique().one()


@permit("agreement:see", of=Agreement)
def paper(agreement):
    """Take its paper along."""
    return agreement.file.answer() if agreement.file else abort(404)
