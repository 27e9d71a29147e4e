"""Reminders: 60, 30 and 7 days before an agreement ends, once each, to those who can do something about it."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from communities.noted import Noted
from communities.person import Person
from communities.post import DECIDERS, Post
from kernel import clock
from kernel.db import db, seen

from ..member import Member, Role

DAYS = (60, 30, 7)  # before its last day


class Reminding(Noted):
    """The part of Agreement that is about its end coming near."""

    if TYPE_CHECKING:
        id: Any
        place_id: Any
        until: Any
        ended_on: Any
        runs_out: Any
        renewal: Any
        renewals: Any
        parties: Any
        reminded_days: Any
        reminded_at: Any
        days_left: Any

    @classmethod
    def to_be_reminded(cls):
        """A condition: a reminder is due that was not sent. What was recorded late gets the one that fits, not all."""
        today = clock.today()
        near = [
            and_(cls.until <= today + timedelta(days=days), or_(cls.reminded_days.is_(None), cls.reminded_days > days))
            for days in DAYS
        ]
        renewed = cls.renewals.any(ended_on=None)
        return and_(cls.ended_on.is_(None), cls.runs_out.is_(None), cls.until >= today, or_(*near), ~renewed)

    def remind(self) -> bool:
        """Tell the parties' managers and the offices, unless they were told of this step; whether it was done."""
        left = self.days_left
        if left is None or left < 0 or self.ended_on or self.runs_out or self.renewal:
            return False
        step = min((days for days in DAYS if days >= left), default=None)
        if step is None or (self.reminded_days is not None and self.reminded_days <= step):
            return False
        self.reminded_days, self.reminded_at = step, clock.now()
        self.note("agreement.ending", None, tell=self._everybody(), agreement=self.id, days=left)
        return True

    def _everybody(self) -> list[Person]:
        """The managers of the partners that signed, and whoever holds an office that did or that keeps it."""
        partners = [party.partner_id for party in self.parties if party.partner_id]
        managers = (Member.partner_id.in_(partners)) & (Member.role == Role.MANAGER) & Member.until.is_(None)
        signed = [(Post.office == p.office) & (Post.place_id == p.place_id) for p in self.parties if p.place_id]
        keeps = (Post.place_id == self.place_id) & Post.office.in_(DECIDERS)
        in_office = select(Post.person_id).where(Post.is_now(), or_(keeps, *signed))
        people = select(Person).where(
            or_(Person.id.in_(select(Member.person_id).where(managers)), Person.id.in_(in_office))
        )
        return list(db.session.scalars(seen(people.order_by(Person.id))))
