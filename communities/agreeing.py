"""Saying yes and taking it back: the verbs of a consent."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.work import Refusal

from .journal import Audience
from .noted import Noted
from .purpose import Purpose, Way, newest

if TYPE_CHECKING:
    from .consent import Consent

ENDED: dict[Purpose, list[Callable]] = defaultdict(list)  # what later packages do when a consent is taken back


class AgreedAlready(Refusal):
    """One living consent for a person and a purpose."""

    message = _("%(person)s的这项同意已经记下了，不用再记。")


class NobodyForOthers(Refusal):
    """A click is one's own: for somebody else there is a signature or a call."""

    message = _("替别人记同意，要写明是到场签字还是电话确认。")
    field = "way"


class GuardianNeedsName(Refusal):
    """A guardian's yes is noted by somebody else than the minor, with the guardian's name."""

    message = _("监护人的同意要由社区工作人员来记，并写上监护人的姓名。")
    field = "guardian"


class NotThatDay(Refusal):
    """It was given on a day that has come, and counts for some time."""

    message = _("同意的日子不能在今天以后，截止的日子不能比它早。")
    field = "since"


class TakenBack(Refusal):
    """Two windows were open."""

    message = _("这项同意之前已经收回了。")


class Agreeing(Noted):
    """The part of Consent that is about giving it and taking it back."""

    if TYPE_CHECKING:
        id: Any
        person: Any
        person_id: Any
        purpose: Any
        until: Any
        ended_at: Any
        ended_by_id: Any

    @classmethod
    def give(
        cls, person, purpose: Purpose, *, by, way=Way.SCREEN, guardian="", since=None, until: date | None = None
    ) -> "Consent":
        """Note a yes to the newest words. `by` is the person himself, or whoever heard it on the telephone or on paper.

        Refuses a second one (`AgreedAlready`), a click for somebody else (`NobodyForOthers`), a guardian without a
        name or noted by the minor (`GuardianNeedsName`), a day to come or an end before it (`NotThatDay`).
        """
        own, since = by.id == person.id, since or clock.today()
        if not own and way is Way.SCREEN:
            raise NobodyForOthers
        if purpose is Purpose.GUARDIAN and (own or not guardian):
            raise GuardianNeedsName
        if since > clock.today() or (until is not None and until < since):
            raise NotThatDay
        cls._make_room(person, purpose)
        new: Any = cls
        facts = {"version": newest(purpose), "way": way, "guardian": guardian, "since": since, "until": until}
        consent = new(person=person, purpose=purpose, asked_by=by, **facts)
        db.session.add(consent)
        consent._tell("consent.given" if own else "consent.recorded", by)
        return consent

    @classmethod
    def _make_room(cls, person, purpose: Purpose) -> None:
        """Close what has run out. Raises `AgreedAlready` for what has not."""
        person.lock()
        model: Any = cls
        same = select(model).where(model.person_id == person.id, model.purpose == purpose, model.ended_at.is_(None))
        old = db.session.scalar(seen(same))
        if old is not None and (old.until is None or old.until >= clock.today()):
            raise AgreedAlready(person=person.called)
        if old is not None:
            old.ended_at = clock.now()
            db.session.flush()

    def withdraw(self, *, by) -> None:
        """No longer, from now on; what rested on it is let go. Refuses a second time (`TakenBack`)."""
        if self.ended_at is not None:
            raise TakenBack
        self.ended_at, self.ended_by_id = clock.now(), by.id
        self._tell("consent.withdrawn" if by.id == self.person_id else "consent.ended", by)
        for let_go in ENDED[self.purpose]:
            let_go(self.person, by)

    def _tell(self, verb: str, by) -> None:
        """Between the two of them: what somebody agreed to is nobody else's business."""
        facts = {"person": self.person.id, "purpose": self.purpose.value}
        self.note(verb, by, tell=[self.person], audience=Audience.PARTIES, **facts)
        self.person.forget()
