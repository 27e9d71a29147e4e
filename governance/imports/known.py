"""What a sheet of needs is compared with: the needs that its rows may mean, and what its words name."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, or_, select

from communities import place_names
from communities.catalogue import Category
from communities.place import Place, in_ranges
from communities.post import DECIDERS
from kernel import clock, paper_number
from kernel.bulk import among
from kernel.db import db, seen
from partners.imports.known import catalogue
from partners.imports.sheet import Given

from .. import ticket
from ..need import Need
from ..voice import Voice


@dataclass
class Known:
    """Needs of the importer's places by number, by ticket or else by place, day and words; places and categories."""

    paths: list[str]
    places: dict[str, list[Place]] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    categories: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, Need] = field(default_factory=dict)
    tickets: dict[str, Need] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)  # tickets that others have written down
    said: dict[tuple[int, date, str], Need] = field(default_factory=dict)

    def note(self, needs: list[Need]) -> None:
        """Find them by all that a row may name them by."""
        for need in needs:
            self.numbers[need.number] = need
            if need.external_number:
                self.tickets[need.external_number] = need
            else:
                self.said[need.place_id, clock.local(need.said_at).date(), need.voice.words] = need


def known(rows: list[Given], by) -> Known:
    """Look up everything that the rows name, in a few statements."""
    found = Known([post.place.path for post in by.posts if post.office in DECIDERS])
    found.places = places({given["place"] for given in rows}, found.paths)
    named = [place for some in found.places.values() for place in some]
    found.labels = place_names.labels(named) if named else {}
    found.categories = catalogue(Category)
    tickets = {ticket.plain(given["external_number"]) for given in rows} - {""}
    numbers = {paper_number.plain(given["number"]) for given in rows} - {""}
    own = select(Need).where(Need.place_id.in_(select(Place.id).where(in_ranges(Place.path, found.paths))))
    called = or_(Need.number.in_(among(numbers)), Need.external_number.in_(among(tickets)))
    spoken = select(Voice.need_id).where(Voice.words.in_(among({given["words"] for given in rows} - {""})))
    found.note(listed(own.where(or_(called, Need.id.in_(spoken)))))
    kept = select(Need.external_number).where(Need.external_number.in_(among(tickets)))
    found.elsewhere = set(db.session.scalars(seen(kept))) - found.tickets.keys()
    return found


def listed(wanted: Select) -> list[Need]:
    """The needs as they are now, even where the session held them from before."""
    return list(db.session.scalars(seen(wanted.order_by(Need.id).execution_options(populate_existing=True))))


def last_word(text: str) -> str:
    """The name that the words of a place end with: 1号楼 of “31小区 1号楼”."""
    return text.split()[-1] if text.split() else ""


def places(texts: set[str], paths: list[str]) -> dict[str, list[Place]]:
    """The places in these that are called so or have this code, by the last word of what was typed."""
    wanted = {last_word(text) for text in texts} - {""}
    words = among(wanted)
    named = or_(Place.code.in_(words), Place.name.in_(words)) & in_ranges(Place.path, paths)
    found: dict[str, list[Place]] = {}
    for place in db.session.scalars(seen(select(Place).where(named).order_by(Place.path))):
        for word in {place.code, place.name} & wanted:
            found.setdefault(word, []).append(place)
    return found
