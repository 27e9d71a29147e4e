"""Invitations: a link for one person and one use that makes whoever opens it a member; only its hash is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Select, String, delete, select, update
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.choice import stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.tokens import new_token, token_hash
from kernel.work import Refusal

from .member import Member, Role, memberships

if TYPE_CHECKING:
    from .partner import Partner

DAYS = timedelta(days=7)
KEPT = timedelta(days=180)


class InvitationSpent(Refusal):
    """Used, revoked, too old, of a partner that is not active, or never made: the answer is the same."""

    message = _("这个邀请链接不能用了：可能已经用过、过期或者收回了。请让对方重新发一个给您。")


class InvitationClosed(Refusal):
    """Two managers had the same list open, or somebody has just used it."""

    message = _("这个邀请已经用过、过期或者收回了，请刷新后再看。")


@dataclass(frozen=True)
class Slip:
    """What is shown once and stored nowhere: the token of the link."""

    invitation: "Invitation"
    token: str


class Invitation(Noted, Model):
    """One link into one partner: one use, 7 days, revocable."""

    __tablename__ = "invitation"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", 180))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), index=True, info=kept("where it leads", 180))
    role: Mapped[Role] = mapped_column(stored(Role), info=kept("what the person may do there", 180))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=kept("to know the link", 180))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who invites", 180))
    made_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("when it was made", 180))
    expires_at: Mapped[datetime] = mapped_column(Instant, info=kept("when it ends by itself", 180))
    used_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was used", 180))
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=kept("who used it", 180))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was taken back", 180))

    partner: Mapped["Partner"] = relationship()
    made_by: Mapped[Person] = relationship(foreign_keys=made_by_id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Those into partners that one manages."""
        managed = [member.partner_id for member in memberships(person) if member.role is Role.MANAGER]
        return select(cls).where(cls.partner_id.in_(managed))

    @classmethod
    def waiting(cls, partner: "Partner", person) -> Select:
        """The links of this partner that can still be used, with whoever made them, the newest first."""
        mine = cls.seen_by(person).where(cls.partner_id == partner.id, cls.is_open())
        return mine.order_by(cls.id.desc()).options(joinedload(cls.made_by, innerjoin=True))

    @classmethod
    def lock_owner(cls, id: int) -> None:
        """Hold the partner before its invitation."""
        cls._lock_partner(select(cls.partner_id).where(cls.id == id).scalar_subquery())

    @classmethod
    def _lock_partner(cls, id) -> "Partner | None":
        partner = cls.partner.property.entity.class_
        wanted = select(partner).where(partner.id == id).with_for_update(of=partner, key_share=True)
        return db.session.scalar(wanted.execution_options(populate_existing=True))

    @classmethod
    def is_open(cls):
        """A condition: can still be used, if its partner is active."""
        return cls.used_at.is_(None) & cls.revoked_at.is_(None) & (cls.expires_at > clock.now())

    @classmethod
    def make(cls, partner: "Partner", *, by, role: Role = Role.MEMBER) -> Slip:
        """A new link. Refuses before the partner is verified, and after (`NotVerified`)."""
        partner.must_be_active()
        token = new_token()
        facts = {"partner": partner, "role": role, "made_by": by, "expires_at": clock.now() + DAYS}
        invitation = cls(token_hash=token_hash(token), **facts)
        db.session.add(invitation)
        invitation.note("invitation.made", by, partner=partner.id)
        return Slip(invitation, token)

    @classmethod
    def of_token(cls, token: str) -> "Invitation | None":
        """The open invitation of a link, with its partner; whoever holds the link may know of it."""
        partner = cls.partner.property.entity.class_
        wanted = select(cls).join(cls.partner).where(cls.token_hash == token_hash(token), cls.is_open())
        asked = seen(wanted.where(partner.active()).options(joinedload(cls.partner), joinedload(cls.made_by)))
        return db.session.scalar(asked)

    @classmethod
    def use(cls, token: str, *, by) -> Member:
        """Whoever opens the link becomes a member. Raises `InvitationSpent`; `AlreadyMember` does not use it up."""
        of_it = cls.token_hash == token_hash(token)
        partner = cls._lock_partner(select(cls.partner_id).where(of_it).scalar_subquery())
        invitation = db.session.scalar(seen(select(cls).where(of_it, cls.is_open()).with_for_update(of=cls)))
        if partner is None or invitation is None or not partner.is_active:
            raise InvitationSpent
        partner.must_be_new(by)
        invitation.used_at, invitation.used_by_id = clock.now(), by.id
        return partner.join(by, invitation.role, by=by)

    def revoke(self, *, by) -> None:
        """The link is worthless from now on. Raises `InvitationClosed` when it is already."""
        if self.used_at or self.revoked_at or self.expires_at <= clock.now():
            raise InvitationClosed
        self.revoked_at = clock.now()
        self.note("invitation.revoked", by, partner=self.partner_id)

    @classmethod
    def revoke_all(cls, partner: "Partner") -> None:
        """Every open link into this partner is worthless: it may do nothing more, or not now."""
        open_ones = update(cls).where(cls.partner_id == partner.id, cls.is_open())
        db.session.execute(open_ones.values(revoked_at=clock.now()).execution_options(synchronize_session="fetch"))

    @classmethod
    def forget(cls) -> None:
        """Drop what is long over; inside `work()`."""
        db.session.execute(delete(cls).where(cls.expires_at < clock.now() - KEPT))

    def journal_place_id(self) -> int:
        """Where its partner is."""
        return self.partner.place_id
