"""Members: people who act for a partner."""

from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, Integer, Select, bindparam, exists, or_, select, text
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from communities.person import Person
from communities.sign_in import LATER, ask_along
from kernel import clock, waiting
from kernel.choice import Choice, stored
from kernel.db import Id, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept

if TYPE_CHECKING:
    from .partner import Partner


class Role(Choice):
    """What a member may do for the partner."""

    MANAGER = "manager", _("管理员")
    MEMBER = "member", _("成员")


class Member(Model):
    """A person in a partner; never deleted, it ends."""

    __tablename__ = "member"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_member_living",
            "partner_id",
            "person_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    partner_id: Mapped[int] = mapped_column(ForeignKey("partner.id"), info=kept("whom the person acts for"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who acts for the partner"))
    role: Mapped[Role] = mapped_column(stored(Role), default=Role.MEMBER, info=kept("what the person may do for it"))
    since: Mapped[date] = mapped_column(default=clock.today, info=kept("from when on"))
    until: Mapped[date | None] = mapped_column(info=kept("until when"))

    partner: Mapped["Partner"] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own memberships, and those of partners that one manages."""
        managed = [member.partner_id for member in memberships(person) if member.role is Role.MANAGER]
        return select(cls).where(or_(cls.person_id == person.id, cls.partner_id.in_(managed)))

    @classmethod
    def of(cls, partner: "Partner", person) -> list["Member"]:
        """The members of a partner that this person may know of, with their people: managers first, past ones last."""
        wanted = cls.seen_by(person).where(cls.partner_id == partner.id).options(joinedload(cls.person, innerjoin=True))
        members = db.session.scalars(seen(wanted.order_by(cls.until.is_not(None), cls.role, cls.id)))
        return list(members)


def load(person) -> list[Member]:
    if person.id is None:
        return []
    return list(db.session.scalars(living_of(), {"person": person.id}))


@cache
def living_of() -> Select:
    """The statement for the living memberships of a `person`, built once: every page asks it."""
    mine = living(bindparam("person", type_=Integer))
    return seen(select(Member).where(mine).options(joinedload(Member.partner, innerjoin=True)).order_by(Member.id))


def living(person):
    """A condition: a membership of this person (an id or a column) that has not ended."""
    return (Member.person_id == person) & Member.until.is_(None)


ask_along("memberships", exists().where(living(Person.id)), lambda some: LATER if some else [])


def memberships(person) -> list[Member]:
    """The living memberships of a person with their partners, loaded once a transaction."""
    return person.remember("memberships", load)


def managed_by(person) -> list["Partner"]:
    """The partners that this person manages."""
    return [member.partner for member in memberships(person) if member.role is Role.MANAGER]


def active_managed_by(person) -> list["Partner"]:
    """Those of them that may take things on."""
    return [partner for partner in managed_by(person) if partner.is_active]


waiting.knows("partners", lambda person: tuple(partner.id for partner in managed_by(person)))
