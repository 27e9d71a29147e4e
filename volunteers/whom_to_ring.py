"""Whom to ring about what stands in one's calendar: who leads it, for those who have promised to come."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, select

from communities.person import Person
from kernel.calendar import Event
from kernel.db import db, seen

from .duty import Duty
from .series import DutySeries
from .shift import Shift

OWN = re.compile(r"(shift|series)-(\d+)-person-\d+@hehuo")  # as `event` writes them, for ever


class Lead(NamedTuple):
    """Who leads a duty, as the slip of a sign-up says it too."""

    called: str
    phone: str | None


def leads_of(events: Iterable[Event]) -> dict[str, Lead]:
    """The leads of somebody's own appointments by the uid of the event; two statements at most.

    What only waits for an answer names nobody: a number is for those who may have to say that they cannot come.
    """
    found = [(event.uid, match) for event in events if not event.tentative and (match := OWN.fullmatch(event.uid))]
    known = {(kind, id): lead for kind in ("shift", "series") for id, lead in named(kind, found)}
    keys = {uid: (match[1], int(match[2])) for uid, match in found}
    return {uid: known[key] for uid, key in keys.items() if key in known}


def named(kind: str, found: list[tuple[str, re.Match]]) -> list[tuple[int, Lead]]:
    """The leads of the shifts, or of the series, among these."""
    ids = {int(match[2]) for _uid, match in found if match[1] == kind}
    if not ids:
        return []
    return [(id, Lead(called, phone)) for id, called, phone in db.session.execute(seen(asked(kind, ids)))]


def asked(kind: str, ids: set[int]) -> Select:
    """The statement for one of the two."""
    model = Shift if kind == "shift" else DutySeries
    rows = select(model.id, Person.called, Person.phone).join(Duty, Duty.id == model.duty_id)
    return rows.join(Person, Person.id == Duty.lead_id).where(model.id.in_(ids))
