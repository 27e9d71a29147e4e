"""What shifts put into calendars: into a person's, and into the public ones of a duty and a place."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased, joinedload

from communities.place import Place
from communities.working_day import holidays
from kernel import clock
from kernel.agenda import OWNER, SINCE, Source, Window
from kernel.calendar import Event
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import site_url
from kernel.recurrence import DAY, recurring
from projects.adoption import Adoption
from projects.standing import LIVING as ADOPTED

from .duty import Duty
from .event import event_of_seat, event_of_series, event_of_shift, event_of_signup
from .manning import Manning
from .pledged_seat import PledgedSeat
from .series import DutySeries
from .shift import Shift
from .signup import ASKED, Signup, State
from .standing_place import StandingPlace
from .standing_state import State as Standing

GONE = (State.LAPSED, State.PASSED, State.TURNED_DOWN)  # it was offered: a calendar may have it


def of_person(person, window: Window) -> Iterator[Event]:
    """The appointments of a person; those of a standing place together, with the dates that are not laid yet."""
    mine = [signup for signup in signups_of(person, window) if is_appointment(signup)]
    places = held(person)
    regular = {place.series_id for place, _laid, _changed in places}
    yield from (event_of_signup(signup, site_url()) for signup in mine if signup.shift.series_id not in regular)
    for place, laid, changed in places:
        yield from standing(
            place, [one for one in mine if one.shift.series_id == place.series_id], laid, changed, window
        )


def offers(person, window: Window) -> Iterator[Event]:
    """What waits for the answer of this person, or of the lead to him: tentative, at the time of the shift."""
    mine = signups_of(person, window)
    yield from (event_of_signup(signup, site_url()) for signup in mine if is_offer(signup))
    yield from (event_of_seat(seat, site_url()) for seat in db.session.scalars(PledgedSeat.asking(person)))


def signups_of(person, window: Window) -> list[Signup]:
    """His sign-ups from the first moment on, looked up once for all kinds."""
    agenda = Signup.agenda(person, since=window.begins)
    return person.remember(f"agenda from {window.since}", lambda _person: list(db.session.scalars(agenda)))


def is_appointment(signup: Signup) -> bool:
    """Whether he is expected, or was: then a calendar has it to take down."""
    return signup.is_appointed or (signup.confirmed_at is not None and signup.state not in ASKED)


def is_offer(signup: Signup) -> bool:
    """Whether somebody is asked, or was and never came to it."""
    return signup.state in ASKED or (signup.state in GONE and signup.confirmed_at is None)


def held(person) -> list[tuple[StandingPlace, date, datetime]]:
    """His standing places that repeat, each with the last day that is laid and the last change of one of its dates."""
    dates = select(func.max(Shift.occurrence_on)).where(Shift.series_id == StandingPlace.series_id)
    changed = select(func.max(Shift.changed_at)).where(Shift.series_id == StandingPlace.series_id)
    mine = select(StandingPlace, dates.scalar_subquery(), changed.scalar_subquery())
    mine = mine.where(StandingPlace.person_id == person.id, StandingPlace.state == Standing.HELD)
    duty = joinedload(StandingPlace.series, innerjoin=True).joinedload(DutySeries.duty, innerjoin=True)
    where = duty.joinedload(Duty.place, innerjoin=True).joinedload(Place.parent)
    mine = mine.options(where, duty.joinedload(Duty.category, innerjoin=True)).order_by(StandingPlace.id)
    found = [(place, laid or place.since, at or place.changed_at) for place, laid, at in db.session.execute(seen(mine))]
    return [row for row in found if row[0].series.is_living and not row[0].series.pattern.is_single]


def standing(place: StandingPlace, signups: list[Signup], laid: date, changed: datetime, window: Window) -> list[Event]:
    """What one standing place puts into the calendar of its person."""
    series = place.series
    changes = [place.changed_at, changed, *(signup.changed_at for signup in signups)]
    template = event_of_series(series, site_url(), changed=max(changes), person_id=place.person_id)
    known = {on: event_of_signup(one, site_url()) for one in signups if (on := one.shift.occurrence_on) is not None}
    since = max(window.since, place.since)
    early = [event for day, event in known.items() if day < since]
    late = {day: event for day, event in known.items() if day >= since}
    return [*early, *recurring(template, series.pattern, late, since=since, laid=laid, off=off(series, laid, window))]


def off(series: DutySeries, laid: date, window: Window) -> set[date]:
    """The days after those that are laid which the rule leaves out, as far as they are known."""
    return holidays(laid, window.until) if series.skip_holidays else set()


def of_duty(duty: Duty, window: Window) -> list[Event]:
    """All dates of a duty; nobody is named."""
    return programme(Shift.duty_id == duty.id, window)


def of_place(place: Place, window: Window) -> list[Event]:
    """All shifts in a place and below it."""
    return programme(Shift.place_id.in_(select(Place.id).where(Place.within(place))), window)


def of_partner(partner, window: Window) -> list[Event]:
    """The shifts of the projects that a partner has adopted."""
    adopted = select(Adoption.project_id).where(Adoption.partner_id == partner.id, Adoption.state.in_(ADOPTED))
    return programme(Shift.duty_id.in_(select(Duty.id).where(Duty.project_id.in_(adopted))), window)


def of_building(place: Place, window: Window) -> list[Event]:
    """The shifts of a building and those of its compound as a whole."""
    return programme(Shift.place_id.in_([place.id, place.parent_id]), window)


def programme(where: ColumnElement[bool], window: Window) -> list[Event]:
    """The public events of these shifts: the dates of a living series as one that repeats, the others by themselves."""
    place = joinedload(Shift.place, innerjoin=True).joinedload(Place.parent)
    duty = joinedload(Shift.duty, innerjoin=True).joinedload(Duty.category, innerjoin=True)
    asked = select(Shift).where(where, Shift.ends_at > window.begins, Shift.starts_at < end(window))
    shifts = db.session.scalars(asked.options(place, duty).order_by(Shift.starts_at, Shift.id)).all()
    living = {series.id: series for series in going_on({shift.series_id for shift in shifts if shift.series_id})}
    dates: dict[int, list[Shift]] = {id: [] for id in living}
    found = []
    for shift in shifts:
        if shift.series_id in dates:
            dates[shift.series_id].append(shift)
        else:
            found.append(event_of_shift(shift, site_url()))
    for id, some in dates.items():
        found += repeated(living[id], some, window)
    return found


def end(window: Window):
    """The first moment after a window."""
    return clock.at(window.until + DAY)


def going_on(ids: set[int]) -> list[DutySeries]:
    """Those of these series that repeat still."""
    if not ids:
        return []
    rows = db.session.scalars(select(DutySeries).where(DutySeries.id.in_(ids), DutySeries.going_on()))
    return [series for series in rows if not series.pattern.is_single]


def repeated(series: DutySeries, shifts: list[Shift], window: Window) -> list[Event]:
    """A series for everybody."""
    known = {shift.occurrence_on: event_of_shift(shift, site_url()) for shift in shifts if shift.occurrence_on}
    laid = max(known)
    template = event_of_series(series, site_url(), changed=max(shift.changed_at for shift in shifts))
    return recurring(template, series.pattern, known, since=window.since, laid=laid, off=off(series, laid, window))


@cache
def stamps_of_person() -> Sequence[Select]:
    """When anything changed that a person is signed up for, or holds a standing place in."""
    mine = select(func.count(Signup.id), func.max(Signup.changed_at), func.max(Shift.changed_at))
    mine = mine.join(Signup.shift).where(Signup.person_id == OWNER, Shift.ends_at > SINCE)
    regular = select(func.count(StandingPlace.id), func.max(StandingPlace.changed_at), func.max(Shift.changed_at))
    regular = regular.outerjoin(Shift, Shift.series_id == StandingPlace.series_id)
    regular = regular.where(StandingPlace.person_id == OWNER)
    return mine, regular


def stamps_of_offers() -> Sequence[Select]:
    """When a seat was kept for a person, or let go; sign-ups are seen by the other stamp as well."""
    seats = select(func.count(PledgedSeat.id), func.max(PledgedSeat.changed_at), func.max(Shift.changed_at))
    seats = seats.join(PledgedSeat.shift).where(PledgedSeat.person_id == OWNER, PledgedSeat.state == Manning.ASKED)
    return *stamps_of_person(), seats


def stamps_of_duty() -> Sequence[Select]:
    """When a date of the duty changed."""
    dates = select(func.count(Shift.id), func.max(Shift.changed_at))
    return (dates.where(Shift.duty_id == OWNER, Shift.ends_at > SINCE),)


def stamps_of_place() -> Sequence[Select]:
    """When a shift here changed."""
    owner = aliased(Place)
    end = func.substr(owner.path, 1, func.length(owner.path) - 1).concat("0")
    dates = select(func.count(Shift.id), func.max(Shift.changed_at)).join(Shift.place)
    dates = dates.join(owner, (Place.path >= owner.path) & (Place.path < end))
    return (dates.where(owner.id == OWNER, Shift.ends_at > SINCE),)


def stamps_of_partner() -> Sequence[Select]:
    """When a shift of a project changed that a partner has adopted."""
    dates = select(func.count(Shift.id), func.max(Shift.changed_at)).join(Shift.duty)
    dates = dates.join(Adoption, Adoption.project_id == Duty.project_id)
    return (dates.where(Adoption.partner_id == OWNER, Adoption.state.in_(ADOPTED), Shift.ends_at > SINCE),)


def stamps_of_building() -> Sequence[Select]:
    """When a shift of the building or of its compound changed."""
    dates = select(func.count(Shift.id), func.max(Shift.changed_at))
    dates = dates.join(Place, (Place.id == Shift.place_id) | (Place.parent_id == Shift.place_id))
    return (dates.where(Place.id == OWNER, Shift.ends_at > SINCE),)


SOURCES = (
    Source("person", "shift", _("我要去的"), of_person, stamps_of_person),
    Source("person", "offer", _("等答复的"), offers, stamps_of_offers),
    Source("duty", "shift", _("活动"), of_duty, stamps_of_duty),
    Source("place", "shift", _("活动"), of_place, stamps_of_place),
    Source("partner", "shift", _("活动"), of_partner, stamps_of_partner),
    Source("building", "shift", _("活动"), of_building, stamps_of_building),
)
