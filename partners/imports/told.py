"""Who acts for imported partners, and who is told: lines and notices, written by the thousand."""

from collections.abc import Iterable
from typing import Any

from communities.channel import Channel
from communities.journal import Audience, Line
from communities.notice import Notice
from communities.person import Person
from kernel import clock
from kernel.bulk import insert_all, new_ids

from ..member import Member, Role
from .judge import New, Plan

LINE: Any = Line.__table__
NOTICE: Any = Notice.__table__
MEMBER: Any = Member.__table__


def tell_new(rows: list[tuple[int, New]], by) -> None:
    """One line for each new partner, one for each of its people, of whom the first speaks for it."""
    write("partner.imported", [(id, row.place.id, {}, row.people[:1]) for id, row in rows], by)
    people = [(id, row, number, person) for id, row in rows for number, person in enumerate(row.people)]
    roles = {True: Role.MANAGER, False: Role.MEMBER}
    since = {"since": clock.today(), "until": None}
    insert_all(
        MEMBER,
        [
            {"partner_id": id, "person_id": person.id, "role": roles[not number]} | since
            for id, _row, number, person in people
        ],
    )
    joined = [(id, row.place.id, {"person": person.id}, [person]) for id, row, _number, person in people]
    write("partner.joined", joined, by)


def tell_changed(found: Plan, by) -> None:
    """One line for each partner that was changed; whoever speaks for it is told."""
    partners = found.known.partners
    rows = [row for row in found.changed if row.facts or row.lists]
    write("partner.corrected", [(row.id, partners[row.id].place_id, {}, partners[row.id].managers) for row in rows], by)


def write(verb: str, rows: Iterable[tuple[int, int, dict[str, Any], list[Person]]], by) -> None:
    """Lines about partners (id, place, other ids, people to tell) and their notices, each in the way it was chosen."""
    rows = list(rows)
    ids, now = new_ids(LINE, len(rows)), clock.now()
    same = {"verb": verb, "by_id": by.id, "audience": Audience.PLACE, "subject": "partner", "at": now}
    lines = [
        {"id": line, "place_id": place, "subject_id": id, "ids": {"partner": id} | more} | same
        for line, (id, place, more, _people) in zip(ids, rows, strict=True)
    ]
    insert_all(LINE, lines)
    told = {"at": now, "tries": 0}
    notices = [
        {"line_id": line, "person_id": person.id, "channel": way} | told
        for line, (_id, _place, _more, people) in zip(ids, rows, strict=True)
        for person in people
        if person.id != by.id
        for way in sorted({Channel.INBOX, person.told_by or Channel.INBOX})
    ]
    insert_all(NOTICE, notices)


def join(found: Plan, by) -> None:
    """People whose numbers a row adds to a partner that is registered become its members."""
    for row in found.changed:
        for person in row.people:
            found.known.partners[row.id].join(person, Role.MEMBER, by=by)
