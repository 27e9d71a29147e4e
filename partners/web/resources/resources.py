"""资源清单: the list as a page and as a sheet, one resource, its week."""

from datetime import date, timedelta
from typing import Any

from flask import g, make_response, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from communities.place import Place, walk
from kernel import clock, sheets
from kernel.cursor import PAGE, pack, unpack
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.permits import may
from kernel.request import Page, form_for, permit
from kernel.text import clean_line, masked_phone

from ...resources.booker import bookers_of
from ...resources.booking import Booking
from ...resources.booking_words import LIVING, State, TimeTaken
from ...resources.closure import Closure
from ...resources.listed import COUNTED, ResourceList
from ...resources.resource import Resource
from ...resources.resource_words import Sort
from ...resources.usage import usage
from ...resources.week import DAYS, board
from ..register import XLSX, places_near
from .booking_forms import wanted_forms
from .resource_forms import CloseForm, RenewForm, WhyForm, named

LONGEST = 64  # characters of a query
ROWS = 5000  # rows of a sheet
SHOWN = 6  # bookings on the page of a resource
CLOSURES = 10
DAY, HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)
HEADS = (
    _("编号"), _("类别"), _("名称"), _("谁提供"), _("在哪里"), _("具体位置"), _("数量"), _("容纳人数"), _("本领"),
    _("设备"), _("无障碍"), _("开放时间"), _("免费给谁"), _("每家每月免费小时"), _("怎么约"), _("条件"), _("找谁"),
    _("电话"), _("提供到"), _("现在"),
)  # fmt: skip


@permit("resource:list")
def index() -> Page:
    """25 resources, newest first; the filters stay in the address."""
    asked = asked_for(request.args)
    before = unpack(request.args.get("page"), int)
    rows, total, units = asked.page(g.person, before[0] if before else None)
    shown = rows[:PAGE]
    return Page(
        "resources/index.html",
        asked=asked,
        sorts=Sort,
        total=f"{COUNTED:,}+" if total > COUNTED else total,
        units=units,
        resources=shown,
        places=places_near(asked.place),
        kept=kept(),
        more=url_for("resources.index", **kept(), page=pack(shown[-1].id)) if len(rows) > PAGE else None,
    )


def asked_for(args) -> ResourceList:
    """What the address asks for; what cannot be read is not asked for."""
    return ResourceList(
        sort=next((sort for sort in Sort if sort.value == args.get("sort")), None),
        place=Place.at(clean_line(args["place"])[:40]) if args.get("place") else None,
        text=clean_line(args.get("q", ""))[:LONGEST],
    )


def kept() -> dict[str, Any]:
    """The filters of this address, without the cursor."""
    return {name: request.args[name] for name in ("sort", "place", "q") if request.args.get(name)}


@permit("resource:list")
def sheet():
    """The same list as an Excel file."""
    asked = asked_for(request.args)
    resources = asked.all(g.person, ROWS)
    notes = [_("共 %(n)s 项。电话只对能约的合伙人和工作人员完整显示。", n=len(resources))]
    place = asked.place.name if asked.place else ""
    data = sheets.write(str(_("资源清单")), HEADS, map(line, resources), notes=notes, place=place, as_of=clock.now())
    response = make_response(data)
    response.mimetype = XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="resources-{clock.today()}.xlsx"'
    return response


def line(resource) -> list:
    """One row of the sheet."""
    phone = resource.contact_phone
    return [
        resource.id,
        resource.sort.label,
        resource.name,
        resource.owner_name,
        resource.place.name,
        resource.spot,
        resource.quantity,
        resource.capacity,
        resource.capability.label if resource.capability else "",
        resource.equipment,
        _("是") if resource.step_free else "",
        resource.hours_line,
        resource.welcome_names,
        resource.free_hours,
        _("空着就能约") if resource.at_once else _("由提供方答复"),
        resource.conditions,
        resource.contact_name,
        phone if may("resource:see-contact", resource) else masked_phone(phone) if phone else "",
        resource.valid_until,
        resource.why_not_lent or _("可以约"),
    ]


@permit("resource:see", of=Resource)
def show(resource) -> Page:
    """What it is, when and for whom, how much of it was used this month; beside it what the reader can do."""
    edits = may("resource:edit", resource)
    booking, weekly = wanted_forms(resource)
    refusal = g.get("refusal")
    return Page(
        "resources/show.html",
        resource=resource,
        closures=list(db.session.scalars(coming_closures(resource))),
        usage=usage(resource.id, clock.today()),
        bookings=concerned(resource),
        walk=walk(g.person.home, resource.point) if g.person.id else None,
        masked=masked_phone(resource.contact_phone),
        booking=booking,
        weekly=weekly,
        free_times=refusal.free if isinstance(refusal, TimeTaken) else [],
        prefilled=prefilled,
        renew=named(form_for(RenewForm, valid_until=resource.valid_until), "renew") if edits else None,
        close=named(form_for(CloseForm), "close") if edits else None,
        why=named(form_for(WhyForm), "why") if edits else None,
    )


def prefilled(start, end) -> dict[str, str]:
    """What the address says so that the form is filled in."""
    first, last = clock.local(start), clock.local(end)
    return {"day": f"{first:%Y-%m-%d}", "starts": f"{first:%H:%M}", "ends": f"{last:%H:%M}"}


def two_hours_of(day: date, stretch) -> dict[str, str]:
    """The same for the first two hours of a free stretch, as far as they lie ahead."""
    start = clock.at(day) + timedelta(minutes=stretch.first)
    end = clock.at(day) + timedelta(minutes=stretch.last)
    while start <= clock.now() and start + HALF_AN_HOUR < end:
        start += HALF_AN_HOUR
    return prefilled(start, min(end, start + 4 * HALF_AN_HOUR))


def coming_closures(resource):
    """When it is closed from now on."""
    mine = (Closure.resource_id == resource.id) & (Closure.ends_at > clock.now())
    return select(Closure).where(mine).order_by(Closure.starts_at).limit(CLOSURES)


def concerned(resource) -> list[Booking]:
    """Some bookings to come that this person may know of, requests first; who has nothing to do with it has none."""
    if not (bookers_of(g.person) or may("resource:run", resource)):
        return []
    coming = (Booking.resource_id == resource.id) & (Booking.ends_at > clock.now()) & Booking.state.in_(LIVING)
    found = (
        Booking.seen_by(g.person)
        .where(coming)
        .order_by(Booking.state != State.ASKED, Booking.starts_at, Booking.id)
        .limit(SHOWN)
    )
    return list(db.session.scalars(seen(found.options(joinedload(Booking.partner), joinedload(Booking.office)))))


@permit("resource:see", of=Resource)
def week(resource) -> Page:
    """Seven days of it: what is free, what is taken, to read on a phone and to print for the door."""
    first = asked_day()
    return Page(
        "resources/week.html",
        resource=resource,
        board=board(resource, first),
        today=clock.today(),
        before=max(first - DAYS * DAY, clock.today() - 52 * DAYS * DAY),
        after=first + DAYS * DAY,
        prefilled=two_hours_of,
        can_book=may("resource:book", resource) and resource.why_not_lent is None,
        code=qr(whole_url("resources.show", id=resource.id)),
    )


def asked_day() -> date:
    """The Monday of the week in the address, else of this one."""
    try:
        day = date.fromisoformat(request.args.get("from", ""))
    except ValueError:
        day = clock.today()
    if abs(day - clock.today()) > timedelta(days=800):
        day = clock.today()
    return day - day.weekday() * DAY
