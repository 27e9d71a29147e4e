"""The list of agreements: which ones are listed for whom, the latest signed first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from communities.place import Place
from kernel import clock
from kernel.bigrams import escape_like
from kernel.cursor import PAGE
from kernel.db import db, seen
from kernel.text import clean_line

from ..partner import Partner
from .agreement import Agreement
from .party import Party
from .term import State

COUNTED = 1000  # a count stops here
LONGEST = 64  # characters of a query


@dataclass(frozen=True)
class Agreements:
    """The agreements kept in a place or below it, in one state, of one partner, with `text` in a title or a name."""

    state: State | None = None
    place: Place | None = None
    partner_id: int | None = None
    text: str = ""

    @classmethod
    def asked_for(cls, words: Mapping[str, str]) -> "Agreements":
        """What an address asks for; what cannot be read is not asked for."""
        partner = words.get("partner", "")
        return cls(
            state=next((state for state in State if state.value == words.get("state")), None),
            place=Place.at(clean_line(words["place"])[:40]) if words.get("place") else None,
            partner_id=int(partner) if partner.isascii() and partner.isdecimal() and len(partner) < 10 else None,
            text=clean_line(words.get("q", ""))[:LONGEST],
        )

    def listed(self, person) -> Select:
        """What this person may know of it, in no order."""
        found = Agreement.seen_by(person)
        if self.state is not None:
            found = found.where(Agreement.stands(self.state, clock.today()))
        if self.place is not None:
            found = found.where(Agreement.place_id.in_(select(Place.id).where(Place.within(self.place))))
        if self.partner_id is not None:
            signed = select(Party.agreement_id).where(Party.partner_id == self.partner_id)
            found = found.where(Agreement.id.in_(signed))
        return found.where(self.says()) if self.text else found

    def says(self):
        """A condition: the title or the name of a party holds the words."""
        like = {"other": f"%{escape_like(self.text)}%", "escape": "\\"}
        named = select(Party.agreement_id).outerjoin(Partner, Partner.id == Party.partner_id)
        named = named.where(or_(Party.outside.ilike(**like), Partner.name.ilike(**like)))
        return or_(Agreement.title.ilike(**like), Agreement.id.in_(named))

    def page(self, person, after: tuple[date, int] | None = None) -> tuple[list[Agreement], int]:
        """Up to 26 agreements signed before this one (day, id), and how many there are in all, at most 1,001."""
        counted = self.listed(person).with_only_columns(Agreement.id).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        rows = self.rows(person)
        if after is not None:
            day, id = after
            earlier = (Agreement.signed_on == day) & (Agreement.id < id)
            rows = rows.where(or_(Agreement.signed_on < day, earlier))
        found = db.session.execute(seen(rows.add_columns(total).limit(PAGE + 1))).all()
        return [agreement for agreement, _total in found], found[0][1] if found else 0

    def rows(self, person) -> Select:
        """The latest signed first, each with its parties and the place that keeps it."""
        parties = selectinload(Agreement.parties)
        beside = (
            joinedload(Agreement.place, innerjoin=True),
            joinedload(Agreement.file),
            selectinload(Agreement.renewals),
            parties.joinedload(Party.partner),
            parties.joinedload(Party.place),
        )
        return self.listed(person).order_by(Agreement.signed_on.desc(), Agreement.id.desc()).options(*beside)

    def counts(self, person) -> dict[State, int]:
        """How many of them stand how today, whatever state was asked for."""
        everything = Agreements(place=self.place, partner_id=self.partner_id, text=self.text)
        found = everything.listed(person).with_only_columns(Agreement.id).subquery()
        today = clock.today()
        sums = [func.count(Agreement.id).filter(Agreement.stands(state, today)) for state in State]
        row = db.session.execute(seen(select(*sums).where(Agreement.id.in_(select(found.c.id))))).one()
        return dict(zip(State, row, strict=True))
