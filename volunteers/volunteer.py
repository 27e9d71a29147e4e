"""Volunteers: people who offer their hands, and what they can do."""

from datetime import date
from functools import cache

from sqlalchemy import Column, ForeignKey, Integer, Select, Table, bindparam, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from communities.account import Account
from communities.catalogue import Capability
from communities.journal import Audience
from communities.noted import Noted, done_for
from communities.person import Person
from communities.place import Kind, Place
from communities.sign_in import LATER, ask_along
from kernel import clock
from kernel.db import Id, Model, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.work import Refusal

ADULT = 18  # years; 志愿服务条例 art. 8: under 18 with the guardian's consent


class PhoneKnown(Refusal):
    """One phone number, one person."""

    message = _("这个手机号已经登记过了，请直接登录；忘了密码请到社区前台办一张登录卡。")
    field = "phone"


class JoinedAlready(Refusal):
    """Once is enough."""

    message = _("您已经登记过志愿者了，不用再登记，直接报名就行。")


class NoHome(Refusal):
    """A home is a building; a compound or a community where the building is not on the map."""

    message = _("请在上面找到您住的楼再选；楼还没有登记的，选小区或社区也行。")
    field = "home_id"


class NotBorn(Refusal):
    """A birth date lies in the past, and in this life."""

    message = _("出生日期不对，请再看一眼。")
    field = "birth_date"


HOMES = {Kind.BUILDING, Kind.COMPOUND, Kind.COMMUNITY}
OLDEST = 120  # years

volunteer_capability = Table(
    "volunteer_capability",
    Model.metadata,
    Column("volunteer_id", ForeignKey("volunteer.id"), primary_key=True),
    Column("capability_id", ForeignKey("capability.id"), primary_key=True),
)


class Volunteer(Noted, Model):
    """A person who joined as a volunteer. Joining asks little; a duty with a gate asks for the rest."""

    __tablename__ = "volunteer"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True, info=kept("who it is"))
    since: Mapped[date] = mapped_column(default=clock.today, info=kept("when the volunteer joined"))
    says_adult: Mapped[bool] = mapped_column(default=True, info=kept("whether a guardian has to agree"))
    birth_date: Mapped[date | None] = mapped_column(info=kept("asked where a duty has an age, a danger or a night"))
    weekly_most: Mapped[int | None] = mapped_column(info=kept("how many hours a week the volunteer wants at most"))

    person: Mapped[Person] = relationship()
    capabilities: Mapped[list[Capability]] = relationship(secondary=volunteer_capability)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Oneself, and those who live where one serves."""
        return select(cls).where(cls.person_id.in_(Person.seen_by(person).with_only_columns(Person.id)))

    @classmethod
    def of(cls, person) -> "Volunteer | None":
        """This person's volunteer row with the home, loaded once a transaction; None for others."""
        return person.remember("volunteer", load)

    @classmethod
    def join(cls, *, name: str, phone: str, home: Place, password_hash: str | None, by=None, **facts) -> "Volunteer":
        """Register a volunteer with an account; the phone number is the user name.

        `by` is the member of staff who does it for somebody, None for oneself. Refuses a known phone (`PhoneKnown`)
        and a home that is none (`NoHome`).
        """
        if home.kind not in HOMES:
            raise NoHome
        if db.session.scalar(seen(select(Person.id).where(Person.phone == phone))):
            raise PhoneKnown
        person = Person(name=name, phone=phone, home=home)
        db.session.add(person)
        try:
            db.session.flush()
        except IntegrityError:  # the same number from another window, a moment ago
            raise PhoneKnown from None
        Account.open(person, phone, password_hash)
        return cls.take(person, by=by or person, **facts)

    @classmethod
    def take(cls, person, *, by, **facts) -> "Volunteer":
        """Somebody who is known already becomes a volunteer. Refuses a second time (`JoinedAlready`)."""
        if cls.of(person):
            raise JoinedAlready
        volunteer = cls(person=person, **facts)
        db.session.add(volunteer)
        db.session.flush()
        person.forget()
        volunteer.note(done_for(person, "volunteer.joined", by), by, person=person.id)
        return volunteer

    def revise(self, *, capabilities, birth_date: date | None, by, weekly_most: int | None = None) -> None:
        """What the volunteer can do, how many hours a week at most, and the birth date where it is given.

        Refuses an impossible one (`NotBorn`).
        """
        today = clock.today()
        if birth_date and (birth_date > today or today.year - birth_date.year > OLDEST):
            raise NotBorn
        self.capabilities, self.birth_date, self.weekly_most = list(capabilities), birth_date, weekly_most
        self.note("volunteer.revised", by, audience=Audience.PARTIES, person=self.person_id)

    def journal_place_id(self) -> int | None:
        """Where the volunteer lives."""
        return self.person.home_id

    def age_on(self, day: date) -> int | None:
        """Full years on this day; None where no birth date is known."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else None

    def is_adult_on(self, day: date) -> bool:
        """By birth date where it is known, else by the volunteer's own word."""
        age = self.age_on(day)
        return self.says_adult if age is None else age >= ADULT

    @property
    def capability_ids(self) -> set[int]:
        """What the volunteer can do, as ids."""
        return {capability.id for capability in self.capabilities}


ask_along("volunteer", exists().where(Volunteer.person_id == Person.id), lambda joined: LATER if joined else None)
ask_along("has_joined", exists().where(Volunteer.person_id == Person.id))


def has_joined(person) -> bool:
    """Whether this person is a volunteer, without the row: the statement of every request knows."""
    return person.remember("has_joined", lambda somebody: Volunteer.of(somebody) is not None)


def load(person) -> Volunteer | None:
    if person.id is None:
        return None
    return db.session.scalars(of_person(), {"person": person.id}).unique().one_or_none()


@cache
def of_person() -> Select:
    """The statement for the volunteer row of a `person`, built once: every page of a volunteer asks it."""
    mine = select(Volunteer).where(Volunteer.person_id == bindparam("person", type_=Integer))
    # Two plain joins: for the nested join of a joinedload() SQLite reads what all volunteers can do.
    held = volunteer_capability.c
    skilled = mine.outerjoin(volunteer_capability, held.volunteer_id == Volunteer.id)
    skilled = skilled.outerjoin(Capability, Capability.id == held.capability_id)
    at_home = joinedload(Volunteer.person, innerjoin=True).joinedload(Person.home)
    return seen(skilled.options(at_home, contains_eager(Volunteer.capabilities)))
