"""Themes on the screen: what was gathered, what might be, and one theme with its needs by grid."""

from itertools import groupby

from flask import abort, g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from communities.place import Kind, Place
from communities.post import CARERS
from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Back, Page, form_for, one, permit, say

from ..need import Need
from ..theme import Theme, suggested
from .forms import GatherForm, NewsForm, OneMoreForm, ThemeNeedForm, named

SHOWN = 50


@permit("theme:list")
def index() -> Page:
    """The themes that the reader may know, newest first, and what could be gathered where he serves."""
    themes = Theme.seen_by(g.person).order_by(Theme.id.desc()).limit(SHOWN).options(selectinload(Theme.needs))
    place = own_place()
    groups = suggested(g.person, place) if place.kind not in (Kind.DISTRICT, Kind.SUBDISTRICT) else []
    form = form_for(GatherForm)
    form.needs.choices = [(need.id, need.excerpt) for group in groups for need in group]
    rows = db.session.scalars(seen(themes)).unique().all()
    return Page("needs/themes.html", themes=rows, groups=groups, place=place, form=form)


def own_place() -> Place:
    """Where the reader serves first."""
    return next(post.place for post in g.person.posts if post.office in CARERS)


@permit("theme:gather", of=Place, at="area", form=GatherForm, back=("themes.index", None))
def create(place, form) -> Back:
    """Under one title from now on."""
    held = Need.seen_by(g.person).where(Need.id.in_(form.needs.data)).order_by(Need.id)
    locked = seen(held.with_for_update(of=Need, key_share=True)).execution_options(populate_existing=True)
    needs = db.session.scalars(locked).all()
    theme = Theme.gather(place, form.title.data, needs, by=g.person)
    say(
        _(
            "归成专题“%(title)s”：%(n)s 件，%(households)s 户。",
            title=theme.title,
            n=len(needs),
            households=theme.households,
        )
    )
    return Back("themes.show", id=theme.id)


@permit("theme:see", of=Theme)
def show(theme) -> Page:
    """Its needs by grid; the reader sees those that he may know."""
    needs = needs_of(theme)
    edits = may("theme:edit", theme)
    places = grids(needs)
    rows = [(places.get(key), list(some)) for key, some in groupby(sorted(needs, key=grid_of), key=grid_of)]
    return Page(
        "needs/theme.html",
        theme=theme,
        rows=rows,
        needs=needs,
        households=sum(need.households for need in needs),
        report=named(form_for(NewsForm), "news") if edits else None,
        drop=form_for(ThemeNeedForm) if edits else None,
        more=one_more(theme) if edits else None,
    )


def needs_of(theme) -> list[Need]:
    """What is in it, as far as the reader may know of it."""
    mine = Need.seen_by(g.person).where(Need.theme_id == theme.id).order_by(Need.id)
    return list(db.session.scalars(seen(mine.options(joinedload(Need.place).joinedload(Place.parent)))))


def grid_of(need: Need) -> int:
    """The id of the grid, or of the community, that a need lies in."""
    ids = need.place.ancestor_ids
    return ids[min(3, len(ids) - 1)]


def grids(needs: list[Need]) -> dict[int, Place]:
    """These grids, by id; one query."""
    wanted = select(Place).where(Place.id.in_({grid_of(need) for need in needs}))
    return {place.id: place for place in db.session.scalars(seen(wanted))}


def one_more(theme) -> OneMoreForm | None:
    """The form that takes one more in: of the same category, in no theme."""
    here = Need.place_id.in_(select(Place.id).where(Place.within(theme.place)))
    free = Need.seen_by(g.person).where(here, Need.theme_id.is_(None), Need.category_id == theme.category_id)
    found = db.session.scalars(seen(free.order_by(Need.id.desc()).limit(SHOWN))).all()
    form = named(form_for(OneMoreForm), "more")
    form.need.choices = [("", _("请选择")), *((need.id, f"{need.excerpt} · {need.place.name}") for need in found)]
    return form if found else None


def hold_need(id) -> None:
    """The need is held before its theme: it goes its own way meanwhile."""
    sent = request.form.get("need", "")
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 10):
        abort(404)
    held = select(Need.id).where(Need.id == int(sent)).with_for_update(of=Need, key_share=True)
    db.session.execute(held).all()


@permit("theme:edit", of=Theme, form=OneMoreForm, first=hold_need, back=("themes.show", "theme"))
def add(theme, form):
    """One more."""
    theme.add(one(Need, form.need.data), by=g.person)
    say(_("放进来了。"))


@permit("theme:edit", of=Theme, form=ThemeNeedForm, first=hold_need, back=("themes.show", "theme"))
def drop(theme, form):
    """It is about something else."""
    theme.drop(one(Need, form.need.data), by=g.person)
    say(_("拿出来了，它单独办。"))


@permit("theme:edit", of=Theme, form=NewsForm, back=("themes.show", "theme"))
def report(theme, form):
    """How it stands, told to all at once."""
    theme.report(form.news.data, by=g.person)
    say(_("一起告诉了：有账号的收到消息，有链接的打开就看得到。"))
