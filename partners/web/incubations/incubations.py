"""Incubations on the screen: the short page for everybody, the board and the table for staff, one of them."""

from typing import Any

from flask import g, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from communities.journal import Line, tell
from communities.place import Kind, Place
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.permits import may
from kernel.request import Page, permit

from ...incubations.board import COUNTED, Board, alumni, mine, totals
from ...incubations.incubating import PAST, Stage
from ...incubations.incubation import Incubation
from ...incubations.support import Support
from .desk import forms_for

LEVELS = (Kind.DISTRICT, Kind.SUBDISTRICT, Kind.COMMUNITY)
COLUMNS = (Stage.APPLIED, Stage.INCUBATING, Stage.GRADUATED)


@permit("incubation:index")
def index() -> Page:
    """Who graduated and became a partner; above it the reader's own firms."""
    board = Board.asked_for(request.args)
    before = unpack(request.args.get("page"), int)
    rows, graduated, partners = alumni(board.place, before[0] if before else None)
    shown = rows[:PAGE]
    kept: dict[str, Any] = {"place": board.place.code} if board.place else {}
    return Page(
        "incubations/index.html",
        place=board.place,
        alumni=shown,
        graduated=graduated,
        partners=partners,
        partner_ids=[one.partner_id for one in shown],
        mine=mine(g.person),
        more=url_for("incubations.index", **kept, page=pack(shown[-1].id)) if len(rows) > PAGE else None,
    )


@permit("incubation:board")
def show_board() -> Page:
    """The columns of a community, or of all communities of a wider place."""
    places = places_here()
    board = Board.asked_for(request.args, places)
    return Page(
        "incubations/board.html",
        board=board,
        counts=board.counts(g.person),
        columns=board.columns(g.person),
        stages=COLUMNS,
        shown=PAGE,
        support=board.support(g.person),
        partner_ids=board.partner_ids(g.person),
        places=places,
    )


@permit("incubation:board")
def table() -> Page:
    """The same as a list, 25 a page; the filters stay in the address."""
    places = places_here()
    board = Board.asked_for(request.args, places)
    before = unpack(request.args.get("page"), int)
    rows, total = board.page(g.person, before[0] if before else None)
    shown = rows[:PAGE]
    names = ("place", "stage", "q")
    kept: dict[str, Any] = {name: request.args[name] for name in names if request.args.get(name)}
    return Page(
        "incubations/table.html",
        board=board,
        stages=Stage,
        incubations=shown,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        places=places,
        kept=kept,
        more=url_for("incubations.table", **kept, page=pack(shown[-1].id)) if len(rows) > PAGE else None,
    )


def places_here() -> list[Place]:
    """Where this person serves, and the subdistricts and communities in it."""
    places = [post.place for post in g.person.posts]
    if all(place.kind not in (Kind.DISTRICT, Kind.SUBDISTRICT) for place in places):
        return places
    wanted = Place.seen_by(g.person).where(Place.within(*places), Place.kind.in_(LEVELS)).order_by(Place.path)
    return list(db.session.scalars(seen(wanted.limit(300))))


@permit("incubation:see", of=Incubation)
def show(incubation) -> Page:
    """Where it stands, what it reached, what it was given and what it gives back; beside it what the reader can do."""
    incubation = whole(incubation)
    return Page(
        "incubations/show.html",
        incubation=incubation,
        steps=steps(incubation),
        totals=totals(incubation.given),
        contact=may("incubation:see-contact", incubation),
        **forms_for(incubation),
    )


def whole(incubation: Incubation) -> Incubation:
    """The same incubation with all that its page shows, in two statements."""
    supports = selectinload(Incubation.supports)
    beside = (
        joinedload(Incubation.place),
        joinedload(Incubation.partner),
        joinedload(Incubation.founder),
        joinedload(Incubation.milestones),
        joinedload(Incubation.branches),
        supports.joinedload(Support.partner),
        supports.joinedload(Support.place),
    )
    wanted = select(Incubation).where(Incubation.id == incubation.id)
    return db.session.scalars(seen(wanted.options(*beside))).unique().one()


def steps(incubation: Incubation) -> list[tuple[str, Stage, Any]]:
    """The way of the firm up to graduation, or to where it ended: done, now, next or late; the stage; its day."""
    days = [(stage, incubation.day_of(stage)) for stage in COLUMNS]
    over, waits = incubation.stage in PAST, incubation.stage in (Stage.APPLIED, Stage.INCUBATING)
    way = [("now" if waits and stage is incubation.stage else "done", stage, day) for stage, day in days if day]
    end = [("late", incubation.stage, incubation.day_of(incubation.stage))] if over else []
    return [*way, *end, *(("next", stage, None) for stage, day in days if not day and not over)]


@permit("incubation:see", of=Incubation)
def handling(incubation) -> Page:
    """The record of handling."""
    lines = list(db.session.scalars(seen(Line.about(incubation))))
    return Page("incubations/handling.html", incubation=incubation, handling=tell(lines))
