"""What a sheet of partners is compared with: who is registered here, and what its words can mean."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from communities.catalogue import Capability, Category
from communities.person import Person
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel.bulk import among
from kernel.db import db, seen

from ..kind import Fact
from ..partner import Partner
from ..standing import PAST
from .cells import digits
from .sheet import PHONES, Given, Partners, as_read, listed, words

PLACES = ("place", "areas", Fact.COMPOUNDS.value, Fact.CONSENTING.value)
LISTS = Partner.areas, Partner.capabilities, Partner.compounds, Partner.functions, Partner.members


@dataclass
class Known:
    """Partners of the importer's places by id, their words as a ledger writes them, and what words mean."""

    paths: list[str]
    partners: dict[int, Partner] = field(default_factory=dict)
    words: dict[int, dict[str, str]] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    by_name: dict[tuple[str, int], int] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)  # codes of living partners of others: their names
    places: dict[str, list[Place]] = field(default_factory=dict)
    catalogues: dict[str, dict[str, Any]] = field(default_factory=dict)  # by column, then by word
    people: dict[str, Person] = field(default_factory=dict)  # by phone

    def covers(self, place: Place) -> bool:
        """Whether the importer decides there."""
        return any(place.path.startswith(path) for path in self.paths)


def known(sheet: Partners, by) -> Known:
    """Look up everything that the sheet names, in a few statements."""
    found = Known([post.place.path for post in by.posts if post.office in DECIDERS])
    registered(found)
    codes = {given[Fact.CREDIT_CODE.value] for given in sheet.rows} - {""} - found.by_code.keys()
    found.elsewhere = codes_elsewhere(codes)
    found.places = places(sheet)
    found.catalogues = {"capabilities": catalogue(Capability), Fact.FUNCTIONS.value: catalogue(Category)}
    found.people = people(sheet, found, by)
    return found


def registered(found: Known) -> None:
    """Everybody in the register of the importer's places, past ones too: they are not registered twice by accident."""
    here = select(Partner).join(Partner.place).where(in_ranges(Place.path, found.paths)).order_by(Partner.id)
    beside = joinedload(Partner.place), joinedload(Partner.consenting), *map(selectinload, LISTS)
    for partner in db.session.scalars(seen(here.options(*beside).execution_options(populate_existing=True))):
        found.partners[partner.id] = partner
        found.words[partner.id] = words(partner)
        if partner.stage not in PAST:
            found.by_name[as_read(partner.name), partner.place_id] = partner.id
            if partner.credit_code:
                found.by_code[partner.credit_code] = partner.id


def codes_elsewhere(codes: Iterable[str]) -> dict[str, str]:
    """Codes that living partners of other places have, and whose they are."""
    rows = select(Partner.credit_code, Partner.name).where(Partner.stage.not_in(PAST))
    found = db.session.execute(rows.where(Partner.credit_code.in_(among(codes))))
    return {code: name for code, name in found if code}


def places(sheet: Partners) -> dict[str, list[Place]]:
    """Every place that is named, by code and by name: a code is one place, a name may be several."""
    wanted = {word for given in sheet.rows for key in PLACES for word in listed(given[key])}
    found: dict[str, list[Place]] = {}
    words = among(wanted)
    named = select(Place).where(or_(Place.code.in_(words), Place.name.in_(words))).order_by(Place.path)
    for place in db.session.scalars(named):
        for word in {place.code, place.name} & wanted:
            found.setdefault(word, []).append(place)
    return found


def catalogue(model) -> dict[str, Any]:
    """The entries of a catalogue by code and by both of their names."""
    rows = db.session.scalars(select(model))
    return {word.casefold(): row for row in rows for word in (row.code, row.name, row.name_en) if word}


def people(sheet: Partners, found: Known, by) -> dict[str, Person]:
    """Whoever of those named lives or serves in the importer's places, or belongs to a partner there.

    Of everybody else it is not told whether the number is known here: nobody finds out by importing.
    """
    phones = {digits(phone) for given in sheet.rows for phone in listed(given[PHONES])}
    ours = {member.person_id for partner in found.partners.values() for member in partner.members}
    named = Person.phone.in_(among(phones))
    here = db.session.scalars(seen(Person.near(by).where(named)))
    near = {person.phone or "": person for person in here}
    theirs = db.session.scalars(seen(select(Person).where(named)))
    return near | {person.phone or "": person for person in theirs if person.id in ours}


def same(given: Given, found: Known, place: Place | None, code: str) -> int | None:
    """The partner that a row without a number means: the one with its code, else with its name at its place."""
    if code and code in found.by_code:
        return found.by_code[code]
    return found.by_name.get((given["name"], place.id)) if place else None
