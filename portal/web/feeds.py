"""Calendar files: a personal feed under a secret address, and one shift as a file."""

from datetime import timedelta

from flask import abort, make_response, request

from kernel import clock
from kernel.calendar import etag, feed_bytes, last_modified
from kernel.db import db
from kernel.i18n import _, force_locale
from kernel.paper import site_url
from kernel.request import permit
from volunteers.event import event_of_shift, event_of_signup
from volunteers.shift import Shift
from volunteers.signup import Signup

from ..address import owner_of

KEPT = timedelta(days=90)  # what was cancelled stays as CANCELLED, so that every calendar takes it down


@permit("feed:read")
def feed(token):
    """All that this person is expected at, from 90 days back; what was called off is there as CANCELLED."""
    owner = owner_of(token) or abort(404)
    language = owner.language or "zh"
    agenda = Signup.agenda(owner, since=clock.now() - KEPT).where(Signup.confirmed_at.is_not(None))
    with force_locale(language):
        events = [event_of_signup(signup, site_url()) for signup in db.session.scalars(agenda)]
        return calendar(events, name=str(_("我的社区志愿活动")), language=language)


@permit("shift:see", of=Shift)
def shift_ics(shift):
    """One shift, to be put into any calendar."""
    return calendar(
        [event_of_shift(shift, site_url())], name=str(shift), language="zh", filename=f"shift-{shift.id}.ics"
    )


def calendar(events, *, name: str, language: str, filename: str | None = None):
    """The answer: the bytes with a strong ETag and a true Last-Modified, or 304."""
    data = feed_bytes(events, name=name, language=language)
    response = make_response(data)
    response.content_type = "text/calendar; charset=utf-8"
    response.headers["Cache-Control"] = "private, max-age=300"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"' if filename else "inline"
    response.set_etag(etag(data))
    response.last_modified = last_modified(events)
    return response.make_conditional(request)
