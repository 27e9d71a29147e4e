"""Receiving a need: said by somebody, verified, or declined with a reason."""

from datetime import date, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.place import Place
from communities.working_day import working_days_after
from kernel import clock, search
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper_number import new_number, shown
from kernel.tokens import token_hash
from kernel.work import Refusal

from . import ticket
from .need_state import Privacy, Source, State, Stated
from .voice import UNKNOWN, Reach, Voice
from .wording import check

if TYPE_CHECKING:
    from .need import Need

NOON = time(12)  # of a day of which only the day is known
ANSWER_IN = 2  # working days, as for everything that a committee answers


class NumberNeeded(Refusal):
    """A hotline ticket has its number, by which the two are compared."""

    message = _("来自 12345 的，请写工单号。")
    field = "external_number"


class TicketKnown(Refusal):
    """A hotline ticket is written down once."""

    message = _("12345 工单 %(ticket)s 已经记过了，编号 %(number)s。")
    field = "external_number"


class Receiving(Stated):
    """The part of Need that is about its beginning."""

    if TYPE_CHECKING:
        number: Any
        place: Any
        category: Any
        category_id: Any
        privacy: Any
        matter: Any
        due: Any
        for_meeting: Any
        voice: Any
        title: Any
        told: Any

    @classmethod
    def say(
        cls,
        place: Place,
        words: str,
        *,
        by,
        token: str,
        source: Source = Source.SELF,
        category=None,
        privacy: Privacy = Privacy.HANDLERS,
        matter: str = "",
        external_number: str = "",
        said_on: date | None = None,
        reach: Reach = UNKNOWN,
        behalf_of: str = "",
        requester=None,
        households: int = 1,
        language: str = "zh",
    ) -> "Need":
        """Something is wrong in a place; the staff verify it within 2 working days.

        `said_on` is a day before today, where it was said then; `external_number` is kept without what people put
        between its signs. `by` is None for somebody without an account, `requester` the account that follows it,
        `token` the secret of the follow-up link, of which the hash is kept. Refuses a public matter without words
        (`MatterNeeded`) and a hotline ticket without its number (`NumberNeeded`), or that is known (`TicketKnown`).
        """
        new: Any = cls
        check(privacy, matter)
        number = ticket.plain(external_number)
        if source is Source.HOTLINE:
            cls._only_once(number)
        today = clock.today()
        voice = Voice(
            words=words,
            name=reach.name,
            phone=reach.phone,
            behalf_of=behalf_of,
            person_id=requester.id if requester else None,
            language=language,
            token_hash=token_hash(token),
        )
        facts = {"source": source, "category": category, "privacy": privacy, "matter": matter}
        facts |= {"external_number": number, "number": new_number(today.year), "voice": voice}
        facts["households"] = households
        if said_on and said_on < today:
            facts["said_at"] = clock.at(said_on, NOON)
        need = new(place=place, due=working_days_after(today, ANSWER_IN), **facts)
        db.session.add(need)
        db.session.flush()
        need._index()
        need._tell("need.noted" if by and by is not requester else "need.said", by, place=place.id)
        return need

    @classmethod
    def _only_once(cls, number: str) -> None:
        """Raise `NumberNeeded` or `TicketKnown`."""
        need: Any = cls
        if not number:
            raise NumberNeeded
        known = db.session.scalar(seen(select(need.number).where(need.external_number == number).limit(1)))
        if known:
            raise TicketKnown(ticket=number, number=shown(known))

    def verify(self, category, *, privacy: Privacy, matter: str = "", by) -> None:
        """It is so: the category is known, and who may read what it is about. Refuses as `say` does."""
        self._only(State.RECEIVED)
        check(privacy, matter)
        self._move(State.VERIFIED)
        self.category, self.privacy, self.matter = category, privacy, matter
        self._index()
        self._tell("need.verified", by, tell=self.told)

    def decline(self, reason: str, *, by) -> None:
        """Nothing that is done here, and why; whoever said it reads the reason."""
        self._move(State.DECLINED, reason)
        self.due, self.for_meeting = None, False
        self._tell("need.declined", by, tell=self.told)

    def reveal(self, *, by) -> None:
        """Somebody reads the whole number; that he did stands in the record."""
        self._tell("need.contact_seen", by)

    def _index(self) -> None:
        """The search finds it by its number and by what may be shown; words about people are not in it."""
        label = self.category.label if self.category else ""
        search.index("need", self.id, self.title, self.number, self.matter, label, self.place.name)
