"""Who records hours in a community: it lets teams and social organisations record what they lead, and ends that."""

from flask import g
from sqlalchemy import select

from communities.place import Place
from kernel.db import db, seen
from kernel.fields import Form, Pick, row_id
from kernel.i18n import _
from kernel.request import Back, Page, form_for, one, permit, say
from partners.partner import Partner

from ...hours.entrusting import RECORDERS
from ...hours.unit import RecordingUnit
from .books import Book, book_at

MOST = 50


class EntrustForm(Form):
    """Which partner."""

    partner_id = Pick(_("哪支队伍、哪个社会组织"), coerce=row_id)


@permit("hours:review", of=Place, by="code")
def recorders(place) -> Page:
    """The partners that record here, those that did, and the form for one more."""
    book = book_at(place)
    units = list(db.session.scalars(kept_at(place)))
    form = form_for(EntrustForm)
    living = {unit.partner_id for unit in units if unit.entrusted}
    form.partner_id.choices = [(id, name) for id, name in db.session.execute(could_record(place)) if id not in living]
    return Page("hours/recorders.html", book=book, units=[Book(place, unit) for unit in units], form=form)


def kept_at(place: Place):
    """The ledgers of partners at this place, those that go on first."""
    mine = select(RecordingUnit).where(RecordingUnit.place_id == place.id, RecordingUnit.partner_id.is_not(None))
    return mine.order_by(RecordingUnit.entrusted.desc(), RecordingUnit.id).limit(MOST)


def could_record(place: Place):
    """(id, name) of the teams and social organisations that serve this place."""
    near = select(Partner.id, Partner.name).where(Partner.active(), Partner.kind.in_(RECORDERS))
    return seen(near.where(Partner.serving(place, near=True) | (Partner.place_id == place.id)).limit(MOST))


@permit("hours:entrust", of=Place, by="code", form=EntrustForm, back=("hours.recorders", "units"))
def entrust(place, form):
    """From now on it records what it leads here."""
    unit = RecordingUnit.entrust(one(Partner, form.partner_id.data), book_at(place).place, by=g.person)
    say(_("好了：%(partner)s可以自己记时长。写岗位时，把“时长由谁记”选成它。", partner=unit.name))


def to_recorders(id: int) -> Back:
    """The page of its place."""
    return Back("hours.recorders", "units", code=one(RecordingUnit, id).place.code)


@permit("hours:end-trust", of=RecordingUnit, back=to_recorders)
def end_trust(unit):
    """The community records again."""
    unit.end_trust(by=g.person)
    say(_("好了：%(partner)s的活动，时长改由社区记。已经记下的还在它的台账里。", partner=unit.name))
