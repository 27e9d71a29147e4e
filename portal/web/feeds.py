"""Calendar files: what stands in the calendar of a person, a duty, a place; and one shift by itself."""

from datetime import datetime
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache, cached
from flask import abort, g, make_response, request

from communities.place import Place
from kernel import agenda, clock
from kernel.agenda import Known
from kernel.calendar import Event, etag, feed_bytes, last_modified
from kernel.i18n import _, force_locale, language
from kernel.packing import PLAIN, packed, wanted
from kernel.paper import site_url
from kernel.request import permit
from partners.member import memberships
from partners.partner import Partner
from partners.resources.resource import Resource
from volunteers.duty import Duty
from volunteers.event import event_of_shift
from volunteers.shift import Shift

from ..address import fits, id_in, owner_of, person_of
from ..ringing import SILENT, Ringing
from .kinds import asked
from .subscribing import sort_of
from .wechat import for_calendars

MOST_KEPT = 64 << 20  # bytes, in each process
QUARTER = 15 * 60  # seconds: names of places and categories are looked up again this often


class File(NamedTuple):
    """A calendar as it is sent, in one coding."""

    data: bytes
    etag: str
    changed: datetime | None
    coding: str = PLAIN

    def in_coding(self, coding: str) -> "File":
        """The same packed. Other bytes have another ETag."""
        if coding == self.coding:
            return self
        return File(packed(self.data, coding), f"{self.etag}-{coding}", self.changed, coding)


FILES: LRUCache[tuple, File] = LRUCache(MOST_KEPT, getsizeof=lambda file: len(file.data))


@permit("feed:read")
@for_calendars
def feed(token):
    """All that this person is expected at or asked for; what was called off is there as CANCELLED."""
    id = id_in(token)
    known = None if id is None else known_of("person", id)
    if known is None or not fits(token, known.facts):
        abort(404)
    with force_locale(known.facts.language or "zh"):
        return calendar(known, lambda: person_of(known.id), _("我的社区志愿活动"), Ringing.of(known.facts))


@permit("portal:me")
@for_calendars
def own_ics():
    """The same once more for whoever is signed in, also when no address works."""
    return calendar(known_of("person", g.person.id), lambda: g.person, _("我的社区志愿活动"), Ringing.of(g.person))


@permit("feed:read")
@for_calendars
def partner_feed(id, token):
    """What a partner has booked, lends, has promised and has signed, for one of its members."""
    owner = owner_of(token, "partner", str(id)) or abort(404)
    partner = next((one.partner for one in memberships(owner) if one.partner_id == id), None) or abort(404)
    with force_locale(owner.language or "zh"):
        return calendar(known_of("partner", id), lambda: partner, partner.name, Ringing.of(owner))


@permit("feed:of-partner", of=Partner)
@for_calendars
def partner_ics(partner):
    """The same once more for a member who is signed in."""
    return calendar(known_of("partner", partner.id), lambda: partner, partner.name, Ringing.of(g.person))


@permit("resource:see", of=Resource)
@for_calendars
def resource_ics(resource):
    """When a resource is taken; nobody is named."""
    return calendar(known_of("resource", resource.id), lambda: resource, resource.name)


@permit("duty:see", of=Duty)
@for_calendars
def duty_ics(duty):
    """All dates of a duty, whoever goes."""
    return calendar(known_of("duty", duty.id), lambda: duty, duty.title)


@permit("place:see", of=Place, by="code")
@for_calendars
def place_ics(place):
    """What takes place here, for everybody; of a building also what is for its whole compound."""
    return calendar(known_of(sort_of(place), place.id), lambda: place, place.whole_name)


@permit("shift:see", of=Shift)
@for_calendars
def shift_ics(shift):
    """One shift, to be put into any calendar."""
    file = file_of(Ringing.of(g.person).rung([event_of_shift(shift, site_url())]), str(shift))
    return answer(file.in_coding(wanted()), filename=f"shift-{shift.id}.ics")


def known_of(of: str, id: int) -> Known | None:
    """What one statement says of a calendar, of the kinds that the address names, else of all."""
    return agenda.known(of, id, agenda.window(clock.today()), asked(of) or None)


def calendar(known: Known, owner, name, ringing: Ringing = SILENT):
    """The calendar of which this is known, made anew only when something changed; `owner()` is loaded only then.

    With `?save=1` a file to keep, which a calendar takes in once.
    """
    moment = int(clock.now().timestamp()) // QUARTER
    content = (known.of, known.id, known.window, known.kinds, known.stamp, known.also(owner))
    key = (content, ringing, language(), site_url(), moment)

    def made() -> File:
        events = agenda.events(known.of, owner(), known.window, known.kinds)
        file = file_of(ringing.rung(events), str(name), since=known.window.begins)
        goes = any(source.goes for source in agenda.sources(known.of, known.kinds))
        return file._replace(changed=clock.now()) if goes else file  # something may have gone since it was last made

    coding, saved = wanted(), f"{known.of}-{known.id}.ics" if "save" in request.args else None
    return answer(kept((key, coding), lambda: kept((key, PLAIN), made).in_coding(coding)), filename=saved)


@cached(FILES, key=lambda key, _make: key, lock=Lock())
def kept(_key: tuple, make) -> File:
    """The file of this key, made if it is not at hand."""
    return make()


def file_of(events: list[Event], name: str, *, since: datetime | None = None) -> File:
    """These events as a file, in the language that is in force; what was before `since` went out of it then."""
    data = feed_bytes(events, name=name, language=language())
    changes = [moment for moment in (last_modified(events), since) if moment is not None]
    return File(data, etag(data), max(changes, default=None))


def answer(file: File, *, filename: str | None = None):
    """The bytes with a strong ETag and a true Last-Modified, or 304."""
    response = make_response(file.data)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"' if filename else "inline"
    response.vary.add("Accept-Encoding")
    if file.coding != PLAIN:
        response.content_encoding = file.coding
    response.set_etag(file.etag)
    response.last_modified = file.changed
    return response.make_conditional(request)
