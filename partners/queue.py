"""What waits for a committee: applications and renewals, the oldest first, with the working days that are left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import contains_eager

from communities.place import Place
from communities.post import DECIDERS, Office, Post
from communities.working_day import exceptions, is_weekday
from kernel import clock
from kernel.choice import Choice
from kernel.cursor import PAGE, after
from kernel.db import db, seen
from kernel.i18n import _

from .kind import Kind
from .member import Member, Role
from .partner import Partner
from .renewal import Outcome, Renewal
from .standing import Stage

COUNTED = 1000  # a count stops here


class What(Choice):
    """What is asked for."""

    APPLICATION = "application", _("新申请")
    RENEWAL = "renewal", _("续期")


@dataclass(frozen=True)
class Asked:
    """One line: who asks, since when, by when it is to be answered, and how many working days are left (or over)."""

    partner: Partner
    what: What
    since: datetime
    due: date
    days: int


def answered_here(person):
    """A condition on a partner: this person is the first who answers.

    A committee answers for all of its community, an office above it for what stands at its own level, and where whoever
    decides manages the partner himself (`OwnPartner`).
    """
    posts = [post for post in person.posts if post.office in DECIDERS]
    communities = [post.place for post in posts if post.office is Office.COMMITTEE]
    inside = Partner.place_id.in_(select(Place.id).where(Place.within(*communities)))
    own = Partner.place_id.in_([post.place_id for post in posts])
    below = [post.place for post in posts if post.office is not Office.COMMITTEE]
    if not below:
        return or_(own, inside)
    theirs = Partner.place_id.in_(select(Place.id).where(Place.within(*below)))
    return or_(own, inside, and_(theirs, managed_by_who_decides()))


def managed_by_who_decides():
    """A condition on a partner: somebody who decides at its place speaks for it."""
    speaks = (Member.partner_id == Partner.id) & Member.until.is_(None) & (Member.role == Role.MANAGER)
    decides = (Post.person_id == Member.person_id) & (Post.place_id == Partner.place_id) & Post.is_now()
    return exists().where(speaks, decides, Post.office.in_(DECIDERS))


@dataclass(frozen=True)
class Queue:
    """What waits where this person decides: one kind, one place, applications or renewals only, only what is late."""

    kind: Kind | None = None
    place: Place | None = None
    what: What | None = None
    late: bool = False

    def listed(self, person) -> Select:
        """The partners with what they ask, in no order."""
        open_one = and_(Renewal.partner_id == Partner.id, Renewal.outcome == Outcome.OPEN)
        found = select(Partner, Renewal, since(), due()).outerjoin(Renewal, open_one)
        new, again = Partner.stage == Stage.APPLIED, Renewal.id.is_not(None)
        wanted = {What.APPLICATION: new, What.RENEWAL: again, None: or_(new, again)}
        found = found.where(wanted[self.what])
        places = [post.place for post in person.posts if post.office in DECIDERS]
        found = found.join(Partner.place).where(Place.within(*places))
        if self.kind is not None:
            found = found.where(Partner.kind == self.kind)
        if self.place is not None:
            found = found.where(Place.within(self.place))
        return found.where(due() < clock.today()) if self.late else found

    def page(self, person, behind: tuple | None = None) -> tuple[list[Asked], int]:
        """Up to 26 lines behind these sort values, and how many there are in all, at most 1,001."""
        counted = self.listed(person).with_only_columns(Partner.id, maintain_column_froms=True).limit(COUNTED + 1)
        total = select(func.count()).select_from(counted.subquery()).scalar_subquery()
        rows = self.listed(person).add_columns(total).order_by(since(), Partner.id)
        if behind is not None:
            rows = rows.where(after((since(), Partner.id), behind))
        found = db.session.execute(seen(rows.options(contains_eager(Partner.place)).limit(PAGE + 1))).all()
        left = days_left({row[3] for row in found})
        lines = [
            Asked(partner, What.RENEWAL if renewal else What.APPLICATION, asked_at, by, left[by])
            for partner, renewal, asked_at, by, _total in found
        ]
        return lines, found[0][4] if found else 0


def since():
    """Since when it waits."""
    return func.coalesce(Renewal.asked_at, Partner.applied_at)


def due():
    """By when it is to be answered."""
    return func.coalesce(Renewal.answer_due, Partner.answer_due)


def days_left(dues: Iterable[date]) -> dict[date, int]:
    """Day → working days from today until then, negative when it is past; one query for all of them."""
    today, days = clock.today(), set(dues)
    first, last = min([today, *days]), max([today, *days])
    special = exceptions(first, last)
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    worked = [day for day in span if special.get(day, is_weekday(day))]
    return {day: sum(today < one <= day for one in worked) - sum(day < one <= today for one in worked) for day in days}
