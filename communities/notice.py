"""Notices: who is to be told of a line, on which way, and whether it was done."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, func, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

from .channel import Channel
from .journal import Line
from .place import Place, in_ranges

if TYPE_CHECKING:
    from .person import Person

TAKE_BACK = timedelta(minutes=10)
BY_HAND = (Channel.PHONE, Channel.SLIP, Channel.GROUP)


def neighbours(places: Select) -> Select:
    """The ids of those who live in these places."""
    people = Model.metadata.tables["person"]
    return select(people.c.id).where(people.c.home_id.in_(places))


class AlreadyTold(Refusal):
    """Two colleagues had the same list open."""

    message = _("这一条已经有同事告知过了。")


class TooLate(Refusal):
    """A tick is taken back at once or not at all."""

    message = _("只能在 10 分钟内撤回自己刚记的“已告知”。")


class Notice(Model):
    """One person is to be told of one line on one way. The row is the outbox: open until told."""

    __tablename__ = "notice"
    __private__ = True
    __table_args__ = (
        UniqueConstraint("line_id", "person_id", "channel"),
        Index("ix_notice_inbox", "person_id", "channel", "told_at"),
        Index("ix_notice_open", "channel", "told_at"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    line_id: Mapped[int] = mapped_column(ForeignKey("line.id"), info=kept("what there is to tell"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who is to be told"))
    channel: Mapped[Channel] = mapped_column(stored(Channel), info=kept("on which way"))
    at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("since when it waits"))
    sent_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when a letter left"))
    told_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when the person knew"))
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who told the person"))
    tries: Mapped[int] = mapped_column(default=0, info=kept("how often it was tried"))
    tried_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was tried last"))

    line: Mapped[Line] = relationship(lazy="joined", innerjoin=True, back_populates="notices")
    person: Mapped["Person"] = relationship(foreign_keys=person_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and what is to be told by hand to those who live where one serves."""
        near = select(Place.id).where(in_ranges(Place.path, person.reach))
        by_hand = cls.channel.in_(BY_HAND) & cls.person_id.in_(neighbours(near))
        return seen(select(cls).where(or_(cls.person_id == person.id, by_hand)))

    @classmethod
    def inbox(cls, person) -> Select:
        """What this person was told here, newest first."""
        mine = select(cls).where(cls.person_id == person.id, cls.channel == Channel.INBOX)
        return seen(mine.order_by(cls.id.desc()))

    @classmethod
    def unread(cls, person) -> Select:
        """How many of them were not read yet."""
        where = (cls.person_id == person.id) & (cls.channel == Channel.INBOX) & cls.told_at.is_(None)
        return seen(select(func.count()).select_from(cls).where(where))

    @classmethod
    def calls(cls, paths: list[str]) -> Select:
        """电话通知单: whom to ring or to bring a slip in the places below these paths, oldest first."""
        here = neighbours(select(Place.id).where(in_ranges(Place.path, paths)))
        open_ = cls.channel.in_(BY_HAND) & cls.told_at.is_(None) & cls.person_id.in_(here)
        return seen(select(cls).where(open_).order_by(cls.id))

    @classmethod
    def just_told(cls, person) -> Select:
        """What this person ticked within the last minutes, to be taken back."""
        mine = (cls.told_by_id == person.id) & (cls.person_id != person.id) & cls.channel.in_(BY_HAND)
        return seen(select(cls).where(mine, cls.told_at > clock.now() - TAKE_BACK).order_by(cls.told_at.desc()))

    def read(self) -> None:
        """Read by its own person; reading twice is no mistake."""
        if self.told_at is None:
            self.tick(by=self.person)

    @classmethod
    def read_all(cls, person) -> None:
        """Everything up to now was read."""
        mine = (cls.person_id == person.id) & cls.told_at.is_(None)
        db.session.execute(update(cls).where(mine).values(told_at=clock.now(), told_by_id=person.id))

    def tick(self, *, by) -> None:
        """Told: by the person reading it, or by whoever rang. The person's other ways of this line are settled too."""
        if self.told_at is not None:
            raise AlreadyTold
        self.told_at, self.told_by_id = clock.now(), by.id
        others = select(Notice).where(
            Notice.line_id == self.line_id, Notice.person_id == self.person_id, Notice.told_at.is_(None)
        )
        for other in db.session.scalars(others):
            other.told_at, other.told_by_id = self.told_at, by.id

    def take_back(self, *, by) -> None:
        """A wrong tick: it stands on the list again. Raises `TooLate` after some minutes, or for another's tick."""
        at = self.told_at
        if at is None or self.told_by_id != by.id or clock.now() - at > TAKE_BACK:
            raise TooLate
        ways = (Notice.line_id == self.line_id) & (Notice.person_id == self.person_id) & (Notice.told_at == at)
        for way in db.session.scalars(select(Notice).where(ways)):
            way.told_at = way.told_by_id = None

    def sent(self) -> None:
        """A letter left. Whether the person knows shows when the inbox is read."""
        self.sent_at = clock.now()

    def to_be_rung(self) -> None:
        """Letters do not arrive: somebody rings."""
        self.channel, self.tries, self.tried_at = Channel.PHONE, 0, None

    def not_reached(self) -> None:
        """Rang in vain: it stays on the list, with the number of tries."""
        if self.told_at is not None:
            raise AlreadyTold
        self.tries += 1
        self.tried_at = clock.now()


def tell_of(line: Line, people) -> None:
    """Write the notices of a line: the inbox for everybody, and the way that each has chosen."""
    db.session.add_all(Notice(**facts) for facts in notices_of(line, people))


def notices_of(line: Line, people) -> list[dict[str, Any]]:
    """The same as values, for whoever writes those of many lines at once."""
    found = []
    for person in {person.id: person for person in people}.values():
        ways = {Channel.INBOX, person.told_by or Channel.INBOX}
        found += [{"line_id": line.id, "person_id": person.id, "channel": way} for way in sorted(ways)]
    return found


def told(line: Line) -> tuple[int, int]:
    """How many were to be told of this line, and how many know."""
    one_each = select(Notice.person_id, func.max(Notice.told_at).label("at")).where(Notice.line_id == line.id)
    people = one_each.group_by(Notice.person_id).subquery()
    row = db.session.execute(seen(select(func.count(), func.count(people.c.at)).select_from(people))).one()
    return row[0], row[1]
