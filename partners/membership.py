"""Taking people on: by phone number, by a link, at their request; and when nobody comes in any more."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.person import Person
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .invitation import Invitation
from .join_request import JoinRequest
from .managing import Managing
from .member import Member, Role
from .standing import Stage


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


class Membership(Managing):
    """The part of Partner that is about its people; each verb holds the partner's lock."""

    if TYPE_CHECKING:
        stage: Any
        stage_now: Any
        is_active: Any

    def join(self, person, role: Role, *, by) -> Member:
        """A person becomes a member or manager; of whoever is one already the role changes."""
        living = next((member for member in self.living if member.person_id == person.id), None)
        if living is None:
            living = Member(partner=self, person=person, role=role)
            db.session.add(living)
            JoinRequest.settle(self, person)  # type: ignore[arg-type]
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
        self.must_be_active()
        person = db.session.scalar(select(Person).where(Person.phone == phone))
        if person is None:
            raise NotKnownHere
        self.must_be_new(person)
        return self.join(person, Role.MEMBER, by=by)

    def must_be_active(self) -> None:
        """Refuse to take people on before it is verified, while it is suspended, and after its end (`NotVerified`)."""
        if not self.is_active:
            raise NotVerified(partner=self.name, stage=self.stage_now.label)

    def must_be_new(self, person) -> None:
        """Refuse whoever is a member already (`AlreadyMember`)."""
        if any(member.person_id == person.id for member in self.living):
            raise AlreadyMember(person=person.called, partner=self.name)

    def _shut(self, by) -> None:
        """Nobody comes in any more: open links are worthless, and after its end whoever asked is told no."""
        Invitation.revoke_all(self)  # type: ignore[arg-type]
        if self.stage is Stage.ENDED:
            JoinRequest.close_all(self, by=by)  # type: ignore[arg-type]
