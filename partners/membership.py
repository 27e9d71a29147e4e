"""What a partner does with its members: take on, make manager, let go."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .member import Member, Role


class NotVerified(Refusal):
    """Only a verified partner takes people on."""

    message = _("“%(partner)s”现在是“%(stage)s”，核实通过后才能加成员。")
    field = "phone"


class NotKnownHere(Refusal):
    """Whoever is to be a member has joined the site first."""

    message = _("这个手机号还没有在这里登记过。请对方先点“加入”，填姓名、手机号和住处，再用同一个手机号来添加。")
    field = "phone"


class TooManyNumbers(Refusal):
    """Nobody finds out by trying whose number is registered; said of a known number and of an unknown one alike."""

    message = _("您这一小时里加人的次数太多了，这个号码没有去查。请过一会儿再加。")
    field = "phone"


class AlreadyMember(Refusal):
    """One person, one living membership."""

    message = _("%(person)s 已经是“%(partner)s”的成员了。")
    field = "phone"


class NotMember(Refusal):
    """Two managers had the same list open."""

    message = _("%(person)s 现在不是“%(partner)s”的成员，请刷新后再看。")


class LastManager(Refusal):
    """A partner always has somebody who speaks for it."""

    message = _("%(person)s 是“%(partner)s”唯一的管理员。请先请另一位成员做管理员，再办这一步。")


class Membership(Noted):
    """The part of Partner that is about its people; each verb holds the partner's lock."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        stage: Any
        is_active: Any
        members: Any

    @property
    def living(self) -> list[Member]:
        """Its members now."""
        return [member for member in self.members if member.until is None]

    @property
    def managers(self) -> list[Person]:
        """The people who speak for it now."""
        return [member.person for member in self.living if member.role is Role.MANAGER]

    def member(self, person) -> Member:
        """The living membership of this person. Raises `NotMember`."""
        found = next((member for member in self.living if member.person_id == person.id), None)
        if found is None:
            raise NotMember(person=person.called, partner=self.name)
        return found

    def join(self, person, role: Role, *, by) -> Member:
        """A person becomes a member or manager; of whoever is one already the role changes."""
        living = next((member for member in self.living if member.person_id == person.id), None)
        if living is None:
            living = Member(partner=self, person=person, role=role)
            db.session.add(living)
            self._people_changed("partner.joined", person, by)
        elif living.role is not role:
            living.role = role
            self._people_changed("partner.role_changed", person, by)
        return living

    def invite(self, phone: str, *, by) -> Member:
        """Take on a person who is known here by this phone number; he is told, and may leave.

        Refuses unknown numbers (`NotKnownHere`), members (`AlreadyMember`), and everybody before the partner is
        verified (`NotVerified`): nobody learns who has a number by applying for something.
        """
        if not self.is_active:
            raise NotVerified(partner=self.name, stage=self.stage.label)
        person = db.session.scalar(select(Person).where(Person.phone == phone))
        if person is None:
            raise NotKnownHere
        if any(member.person_id == person.id for member in self.living):
            raise AlreadyMember(person=person.called, partner=self.name)
        return self.join(person, Role.MEMBER, by=by)

    def make_manager(self, person, *, by) -> Member:
        """A member may speak for it from now on."""
        self.member(person)
        return self.join(person, Role.MANAGER, by=by)

    def let_go(self, person, *, by) -> None:
        """A membership ends, by the member or by a manager. Refuses the last manager (`LastManager`)."""
        member = self.member(person)
        if self.managers == [person]:
            raise LastManager(person=person.called, partner=self.name)
        member.until = clock.today()
        self._people_changed("partner.left" if by.id == person.id else "partner.let_go", person, by)

    def _people_changed(self, verb: str, person, by) -> None:
        db.session.flush()
        person.forget()
        self.note(verb, by, tell=[person, *self.managers], partner=self.id, person=person.id)
