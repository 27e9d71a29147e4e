"""What stands in the way, as a sentence for who asks: whom to talk to, and which times near it are free."""

from datetime import datetime

from kernel.db import db
from kernel.i18n import _, joined, span
from kernel.permits import allowed
from kernel.text import masked_phone

from .booking import Booking
from .booking_words import ClosedThen, Obstacle, OthersWait, QuotaUsed, TimeTaken, Why
from .closure import Closure
from .fair import Excess, mean, month_of
from .free_times import nearest


def explain(resource, booking: Booking, why: Why, by) -> Obstacle:
    """The sentence for why this time cannot be granted to this booker."""
    if why is Why.CLOSED:
        closure = db.session.scalar(Closure.between(resource.id, booking.starts_at, booking.ends_at).limit(1))
        return ClosedThen(when=span(closure.starts_at, closure.ends_at), reason=closure.reason)
    if why is Why.QUOTA and (excess := resource.excess(booking)):
        return beyond(resource, excess)
    if why is Why.OTHERS and (first := resource.ahead(booking)):
        used = resource.used(month_of(booking))
        share = mean(used, [booking, first])
        mine = used.get(booking.booker_id, 0)
        return OthersWait(other=first.public_name, used=hours_of(mine), share=hours_of(share))
    return taken(resource, booking, by)


def beyond(resource, excess: Excess) -> QuotaUsed:
    """How much of the free hours of the month is left."""
    return QuotaUsed(
        resource=resource.name,
        quota=resource.free_hours,
        month=excess.month.month,
        used=hours_of(excess.used),
        wanted=hours_of(excess.wanted),
    )


def taken(resource, booking: Booking, by) -> TimeTaken:
    """Who has the time, whom to ask, what is free near it."""
    holders = db.session.scalars(resource.holders(booking.starts_at, booking.ends_at)).all()
    rivals = [holder for holder in holders if holder.booker_id != booking.booker_id]
    holder = rivals[0] if rivals else booking
    free = nearest(resource, booking.starts_at, booking.ends_at, booking.units)
    return TimeTaken(
        free=free,
        when=span(holder.starts_at, holder.ends_at) if rivals else span(booking.starts_at, booking.ends_at),
        other=holder.public_name if rivals else _("别人"),
        ask=whom_to_ask(resource, holder, by),
        nearest=offered(free),
    )


def whom_to_ask(resource, holder: Booking, by) -> object:
    """The owner's contact, and that of whoever has the time, as far as the asker may see it."""
    partner = holder.partner
    if partner is None or holder.public_name != holder.booker_name or not partner.contact_name:
        return resource.ask_line
    known = by is not None and allowed(by, "partner:see-contact", partner)
    phone = partner.contact_phone if known else masked_phone(partner.contact_phone)
    return _(
        "%(owner)s；对方联系人 %(name)s %(phone)s", owner=resource.ask_line, name=partner.contact_name, phone=phone
    )


def offered(free: list[tuple[datetime, datetime]]) -> object:
    """The nearest free times in words."""
    if not free:
        return _("前后两周里没有一样长的空档。")
    return _("最近空着的：%(times)s。", times=joined(span(start, end) for start, end in free))


def hours_of(minutes: float) -> str:
    """Minutes as hours: 90 is 1.5, 120 is 2."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
