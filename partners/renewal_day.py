"""The last day of the year for which a partner was verified, in calendars until another year is asked for."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Select, String, cast, func, select

from kernel import clock
from kernel.agenda import OWNER, Source, Window
from kernel.calendar import Event
from kernel.db import db
from kernel.due import event_of_day
from kernel.i18n import _
from kernel.paper import site_url

from .partner import Partner
from .renewal import Outcome, Renewal
from .standing import Stage

ALARM = 30 * 24 * 60  # minutes: renewing is possible from then on


def of_partner(partner, window: Window) -> Iterator[Event]:
    """Its own. Those who answer for it have it among what waits for them, a month before."""
    return days(Partner.id == partner.id, window)


def runs_out(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """A condition: verified until a day, and nobody asked for another year."""
    asked = select(Renewal.id).where(Renewal.partner_id == Partner.id, Renewal.outcome == Outcome.OPEN)
    return where & Partner.stage.in_((Stage.ACTIVE, Stage.LAPSED)) & ~asked.exists()


def days(where: ColumnElement[bool], window: Window) -> Iterator[Event]:
    """The day of each of these partners that lies in the window."""
    near = Partner.verified_until.between(window.since, window.until)
    for one in db.session.scalars(select(Partner).where(runs_out(where), near).order_by(Partner.id)):
        words = str(_("合伙人到期，请在这天前续期：%(partner)s", partner=one.name))
        since = clock.at(one.active_since) if one.active_since else one.applied_at
        url = f"{site_url()}/partners/{one.id}/renewal"
        yield event_of_day("partner", one.id, one.verified_until, words, url, since=since, alarm=ALARM)  # type: ignore[arg-type]


def changes(where: ColumnElement[bool]) -> Sequence[Select]:
    """All that the events are made of."""
    words = cast(Partner.id, String) + " " + cast(Partner.verified_until, String) + " " + Partner.name
    return (select(func.aggregate_strings(words, ";")).where(runs_out(where)),)


def stamps_of_partner() -> Sequence[Select]:
    """When its day changed."""
    return changes(Partner.id == OWNER)


SOURCES = (Source("partner", "renewal", _("合伙人续期"), of_partner, stamps_of_partner, goes=True),)
