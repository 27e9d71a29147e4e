"""Requests to join: somebody finds the partner that he belongs to and asks its managers to take him in."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Select, String, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.journal import Audience
from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

from .kind import has_members
from .member import Role, memberships

if TYPE_CHECKING:
    from .partner import Partner


class Answer(Choice):
    """What became of it."""

    OPEN = "open", _("等答复")
    ACCEPTED = "accepted", _("已加入")
    DECLINED = "declined", _("没有同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class NoMembers(Refusal):
    """An individual resident is one person."""

    message = _("“%(partner)s”是一位居民，不收成员。想一起出力，您可以自己申请成为合伙人。")


class AskedBefore(Refusal):
    """One request at a time."""

    message = _("您已经申请过加入“%(partner)s”，正在等管理员答复。")


class RequestAnswered(Refusal):
    """Two managers had the same list open."""

    message = _("这个申请已经答复过或者撤回了，请刷新后再看。")


class JoinRequest(Noted, Model):
    """One person asks to belong to one partner; never deleted, it is answered."""

    __tablename__ = "join_request"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_join_request_open",
            "partner_id",
            "person_id",
            unique=True,
            sqlite_where=text("answer = 'open'"),
            postgresql_where=text("answer = 'open'"),
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), info=kept("where the person wants to belong"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who wants to belong there"))
    words: Mapped[str] = mapped_column(String(200), default="", info=kept("so that the managers know who it is"))
    answer: Mapped[Answer] = mapped_column(stored(Answer), default=Answer.OPEN, info=kept("what became of it"))
    asked_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("since when the person waits"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was answered"))

    partner: Mapped["Partner"] = relationship()
    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those to partners that one manages."""
        managed = [member.partner_id for member in memberships(person) if member.role is Role.MANAGER]
        return select(cls).where(or_(cls.person_id == person.id, cls.partner_id.in_(managed)))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the partner before a request to it."""
        partner = cls.partner.property.entity.class_
        of_this = partner.id == select(cls.partner_id).where(cls.id == id).scalar_subquery()
        db.session.scalar(select(partner).where(of_this).with_for_update(of=partner, key_share=True))

    @classmethod
    def waiting(cls, partner: "Partner", person) -> Select:
        """Who asks to be taken into this partner and has no answer yet, the oldest first."""
        mine = cls.seen_by(person).where(cls.partner_id == partner.id, cls.answer == Answer.OPEN)
        return mine.order_by(cls.id).options(joinedload(cls.person, innerjoin=True))

    @classmethod
    def open_one(cls, partner: "Partner", person) -> "JoinRequest | None":
        """What this person has asked of this partner and is not answered yet."""
        mine = (cls.partner_id == partner.id) & (cls.person_id == person.id)
        return db.session.scalar(seen(select(cls).where(mine, cls.answer == Answer.OPEN)))

    @classmethod
    def ask(cls, partner: "Partner", words: str, *, by) -> "JoinRequest":
        """Ask the managers to be taken in; they are told.

        Refuses individual residents (`NoMembers`), partners that are not active (`NotVerified`), members
        (`AlreadyMember`) and a second request (`AskedBefore`).
        """
        if not has_members(partner.kind):
            raise NoMembers(partner=partner.name)
        partner.must_be_active()
        partner.must_be_new(by)
        if cls.open_one(partner, by):
            raise AskedBefore(partner=partner.name)
        request = cls(partner=partner, person=by, words=words)
        db.session.add(request)
        request._tell("join_request.made", by, partner.managers)
        return request

    def accept(self, *, by) -> None:
        """The person is a member from now on."""
        self._close(Answer.ACCEPTED)
        self.partner.must_be_active()
        self.partner.join(self.person, Role.MEMBER, by=by)

    def decline(self, *, by) -> None:
        """Not in this partner."""
        self._close(Answer.DECLINED)
        self._tell("join_request.declined", by, [self.person])

    def withdraw(self, *, by) -> None:
        """The person does not want to any more."""
        self._close(Answer.WITHDRAWN)
        self._tell("join_request.withdrawn", by, [])

    @classmethod
    def settle(cls, partner: "Partner", person) -> None:
        """Whoever came in on another way waits no longer."""
        waiting = cls.open_one(partner, person)
        if waiting:
            waiting._close(Answer.ACCEPTED)

    @classmethod
    def close_all(cls, partner: "Partner", *, by) -> None:
        """A partner that has ended takes nobody in: whoever waits is told."""
        waiting = seen(select(cls).where(cls.partner_id == partner.id, cls.answer == Answer.OPEN))
        for request in db.session.scalars(waiting):
            request.decline(by=by)

    def journal_place_id(self) -> int:
        """Where its partner is."""
        return self.partner.place_id

    def _close(self, answer: Answer) -> None:
        if self.answer is not Answer.OPEN:
            raise RequestAnswered
        self.answer, self.answered_at = answer, clock.now()

    def _tell(self, verb: str, by, people) -> None:
        """Between the two of them: who wants to belong where is nobody else's business."""
        ids = {"partner": self.partner.id, "person": self.person.id}
        self.note(verb, by, tell=people, audience=Audience.PARTIES, **ids)
