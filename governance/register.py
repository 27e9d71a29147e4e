"""The list of needs: which ones are listed for whom, what is most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, case, false, func, literal, or_, select
from sqlalchemy.orm import joinedload

from communities.place import Place
from kernel import paper_number
from kernel.bigrams import escape_like
from kernel.cursor import PAGE, after
from kernel.db import db, seen
from kernel.text import clean_line

from . import ticket
from .need import Need
from .need_state import RUNNING, State
from .voice import Voice

COUNTED = 1000  # a count stops here
LONGEST = 64  # characters of a query
NEVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Needs:
    """The needs of a place and below, of one category, in one state or still running, late ones, with some words."""

    place: Place | None = None
    category_id: int | None = None
    state: State | None = None
    all: bool = False
    late: bool = False
    meeting: bool = False
    text: str = ""

    @classmethod
    def asked_for(cls, words: Mapping[str, str]) -> "Needs":
        """What an address asks for; what cannot be read is not asked for."""
        category, code = words.get("category", ""), clean_line(words.get("place", ""))[:40]
        return cls(
            place=Place.at(code) if code else None,
            category_id=int(category) if category.isascii() and category.isdecimal() and len(category) < 10 else None,
            state=next((state for state in State if state.value == words.get("state")), None),
            all=words.get("state") == "all",
            late=words.get("late") == "1",
            meeting=words.get("meeting") == "1",
            text=clean_line(words.get("q", ""))[:LONGEST],
        )

    def listed(self, person) -> Select:
        """What this person may know of it, in no order."""
        found = Need.seen_by(person)
        if self.place is not None:
            found = found.where(Need.place_id.in_(select(Place.id).where(Place.within(self.place))))
        if self.category_id is not None:
            found = found.where(Need.category_id == self.category_id)
        if self.state is not None:
            found = found.where(Need.state == self.state)
        elif not self.all:
            found = found.where(Need.state.in_((*RUNNING, State.SOLVED)))
        if self.late:
            found = found.where(Need.late())
        if self.meeting:
            found = found.where(Need.for_meeting)
        return found.where(self.says()) if self.text else found

    def says(self):
        """A condition: the matter, the words or a number holds the text."""
        like = {"other": f"%{escape_like(self.text)}%", "escape": "\\"}
        typed = ticket.plain(self.text)
        words = Need.id.in_(select(Voice.need_id).where(Voice.words.ilike(**like)))
        number = Need.number == paper_number.plain(self.text)
        hotline = Need.external_number.contains(typed, autoescape=True) if typed else false()
        return or_(Need.matter.ilike(**like), words, number, hotline)

    def page(self, person, behind: tuple | None = None) -> tuple[list[Need], int]:
        """Up to 26 needs behind this one (order, day, id), and how many there are in all, at most 1,001."""
        counted = self.listed(person).with_only_columns(Need.id).limit(COUNTED + 1).subquery()
        total = select(func.count()).select_from(counted).scalar_subquery()
        rows = self.rows(person, behind)
        found = db.session.execute(seen(rows.add_columns(total).limit(PAGE + 1))).all()
        return [need for need, _total in found], found[0][1] if found else 0

    def rows(self, person, behind: tuple | None = None) -> Select:
        """What somebody has to do soonest first, then what is over, the newest of it first."""
        columns = order()
        found = self.listed(person)
        if behind is not None:
            is_over, day, id = behind
            found = found.where(after(columns, (is_over, date.fromisoformat(day), id)))
        return found.order_by(*columns).options(joinedload(Need.place).joinedload(Place.parent))


def order() -> tuple:
    """The columns of the order: running ones before the others, by day, then as they came; the rest newest first."""
    running = Need.state.in_(RUNNING)
    day = case((running, func.coalesce(Need.due, literal(NEVER))), else_=literal(NEVER))
    return case((running, 0), else_=1), day, case((running, Need.id), else_=-Need.id)


def key_of(need: Need) -> tuple[int, str, int]:
    """The values of that order for one row, as a cursor keeps them."""
    if need.state in RUNNING:
        return 0, (need.due or NEVER).isoformat(), need.id
    return 1, NEVER.isoformat(), -need.id
