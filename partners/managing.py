"""Who speaks for a partner: made manager, stepping down, handing over, leaving; somebody always does."""

from typing import TYPE_CHECKING, Any

from communities.noted import Noted
from communities.person import Person
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .member import Member, Role


class NotMember(Refusal):
    """Two managers had the same list open."""

    message = _("%(person)s 现在不是“%(partner)s”的成员，请刷新后再看。")


class LastManager(Refusal):
    """A partner always has somebody who speaks for it."""

    message = _("%(person)s 是“%(partner)s”唯一的管理员。请先请另一位成员做管理员，再办这一步。")


class ToYourself(Refusal):
    """A hand-over needs two people."""

    message = _("交接要交给另一位成员，请选别人。")


class Managing(Noted):
    """The part of Partner that is about who speaks for it; each verb holds the partner's lock."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        members: Any
        join: Any

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

    def make_manager(self, person, *, by) -> Member:
        """A member may speak for it from now on."""
        self.member(person)
        return self.join(person, Role.MANAGER, by=by)

    def make_member(self, person, *, by) -> Member:
        """A manager stays a member and speaks for it no longer. Refuses the last manager (`LastManager`)."""
        member = self.member(person)
        if self.managers == [person]:
            raise LastManager(person=person.called, partner=self.name)
        if member.role is Role.MANAGER:
            member.role = Role.MEMBER
            self._people_changed("partner.stepped_down", person, by)
        return member

    def hand_over(self, person, *, by) -> None:
        """Whoever manages it hands that to another member and stays a member, in one step.

        Refuses somebody who is no member (`NotMember`), and oneself (`ToYourself`).
        """
        if person.id == by.id:
            raise ToYourself
        mine, theirs = self.member(by), self.member(person)
        theirs.role, mine.role = Role.MANAGER, Role.MEMBER
        by.forget()
        self._people_changed("partner.handed_over", person, by)

    def let_go(self, person, *, by) -> None:
        """A membership ends, by the member or by a manager. Refuses the last manager (`LastManager`)."""
        member = self.member(person)
        if self.managers == [person]:
            raise LastManager(person=person.called, partner=self.name)
        member.until = clock.today()
        self._people_changed("partner.left" if by.id == person.id else "partner.let_go", person, by)

    def reveal_contact(self, *, by) -> None:
        """Somebody who serves elsewhere reads the whole number; that he did is known to the staff of the place."""
        self.note("partner.contact_seen", by, partner=self.id)

    def _people_changed(self, verb: str, person, by) -> None:
        db.session.flush()
        person.forget()
        self.note(verb, by, tell=[person, *self.managers], partner=self.id, person=person.id)
