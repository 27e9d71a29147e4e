"""交接: the duties that somebody leads at a place go to whoever takes over there."""

from sqlalchemy import select

from communities.place import Place
from communities.post import CARRIED
from kernel.db import db

from .duty import Duty


def carry_duties(person, successor, place: Place, by) -> None:
    """Put the successor in charge of every duty that this person leads at the place or below it."""
    here = select(Place.id).where(Place.within(place))
    for duty in db.session.scalars(select(Duty).where(Duty.lead_id == person.id, Duty.place_id.in_(here))):
        duty.hand_over(successor, by=by)


if carry_duties not in CARRIED:
    CARRIED.append(carry_duties)
