"""Asking to become a partner, asking again, and saying something else of oneself later."""

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from communities.noted import Noted
from communities.place import Kind as PlaceKind
from communities.place import Place
from communities.post import Office
from communities.working_day import working_days_after
from kernel import clock, search
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .alike import key_of
from .credit_code import CreditCodeTaken
from .kind import Kind
from .member import Role
from .standing import PAST, Stage

if TYPE_CHECKING:
    from .partner import Partner

ANSWER_IN = 2  # working days
ANSWERS = {
    PlaceKind.DISTRICT: Office.DISTRICT_OFFICE,
    PlaceKind.SUBDISTRICT: Office.SUBDISTRICT_OFFICE,
    PlaceKind.COMMUNITY: Office.COMMITTEE,
}


class WrongPlace(Refusal):
    """An application goes to an office that answers it."""

    message = _("申请要交到一个社区，请从列表里重新选。")
    field = "place"


def check(place: Place) -> None:
    """Refuse a place where no office answers."""
    if place.kind not in ANSWERS:
        raise WrongPlace


class Applying(Noted):
    """The part of Partner that is about what it says of itself."""

    if TYPE_CHECKING:
        id: Any
        name: Any
        name_key: Any
        address: Any
        address_key: Any
        about: Any
        offers: Any
        skills: Any
        credit_code: Any
        place: Any
        applied_at: Any
        answer_due: Any
        _start: Any
        _move: Any
        _tick: Any

    @classmethod
    def apply(cls, kind: Kind, name: str, place: Place, *, by, areas=(), capabilities=(), **facts) -> "Partner":
        """Ask to become a partner; the committee of the place answers within 2 working days.

        Whoever applies is its first manager. Refuses a credit code that is already registered (`CreditCodeTaken`)
        and a place without an office that answers (`WrongPlace`).
        """
        check(place)
        new: Any = cls
        with cls._only_living(facts.get("credit_code")):
            partner = new(kind=kind, name=name, place=place, stage=Stage.APPLIED, **facts)
            partner.areas = list(areas) or list(partner.compounds) or [place]
            partner._tick(capabilities)
            db.session.add(partner)
        partner._asked(by)
        if by:
            partner.join(by, Role.MANAGER, by=by)
        return partner

    def apply_again(self, *, by, **facts) -> None:
        """After a refusal, with better facts. Refuses as `apply` does."""
        check(facts.get("place", self.place))
        with self._only_living(facts.get("credit_code", self.credit_code)):
            self._move(Stage.APPLIED)
            self._take(facts)
        self._asked(by)

    def amend(self, *, by, **facts) -> None:
        """Other words about itself, other contact, other service area: nothing that the committee has verified."""
        self._start(*set(Stage) - set(PAST))
        self._take(facts)
        self._index()
        self.note("partner.amended", by, partner=self.id)

    @property
    def answered_by(self) -> Office:
        """The office that answers its application."""
        return ANSWERS[self.place.kind]

    def _asked(self, by) -> None:
        self.applied_at = clock.now()
        self.answer_due = working_days_after(clock.today(), ANSWER_IN)
        self._index()
        self.note("partner.applied", by, partner=self.id)

    def _take(self, facts) -> None:
        for name, value in facts.items():
            if name == "capabilities":
                self._tick(value)
            else:
                setattr(self, name, value)

    def _index(self) -> None:
        self.name_key, self.address_key = key_of(self.name), key_of(self.address or "")
        search.index("partner", self.id, self.name, self.about, self.offers, self.skills)

    @classmethod
    @contextmanager
    def _only_living(cls, code: str | None):
        """A savepoint for what must not bring a second living entry with this code; the unique index decides."""
        try:
            with db.session.begin_nested():
                yield
        except IntegrityError as error:
            living: Any = cls
            holder = select(living.name).where(living.credit_code == code, living.stage.not_in(PAST))
            if code and (name := db.session.scalar(holder)):
                raise CreditCodeTaken(partner=name) from error
            raise
