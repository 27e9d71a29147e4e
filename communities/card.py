"""登录卡 and first-use codes: paper that signs in whoever cannot live with passwords."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Select, String, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.tokens import keyed, new_digits, new_token, token_hash
from kernel.work import Refusal, work

from .noted import Noted
from .person import Person, kept
from .sign_in import How, SignIn


class Use(Choice):
    """What the paper is for."""

    CARD = "card", _("登录卡")
    FIRST = "first", _("首次登录码")


TERM = {Use.CARD: timedelta(days=7), Use.FIRST: timedelta(days=14)}
OPENS = {Use.CARD: How.CARD, Use.FIRST: How.CODE}
KEPT = timedelta(days=180)
TRIES = 20  # wrong digits, from wherever they come, after which only the QR code opens


class NotForOffices(Refusal):
    """A card signs in for half a year: too long for an account with an office."""

    message = _("有工作岗位的账号不能用登录卡，请用密码登录；忘了密码请上级发首次登录码。")


class CardSpent(Refusal):
    """Used, revoked, too old, or never made: the answer is the same."""

    message = _("这张卡不能用了：可能已经用过、过期或作废。请到社区前台换一张新的。")
    field = "code"


@dataclass(frozen=True)
class Paper:
    """What is printed once and stored nowhere: the token of the QR code and the eight digits."""

    card: "Card"
    token: str
    digits: str


class Card(Noted, Model):
    """One paper for one person: one use, 7 days (a first-use code 14); only hashes are kept."""

    __tablename__ = "card"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", 180))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("whom it signs in", 180))
    use: Mapped[Use] = mapped_column(stored(Use), info=kept("what it is for", 180))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=kept("to know the QR code", 180))
    digits_hash: Mapped[str] = mapped_column(String(64), index=True, info=kept("to know the digits", 180))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), info=kept("which desk printed it", 180))
    made_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("when it was printed", 180))
    expires_at: Mapped[datetime] = mapped_column(Instant, info=kept("when it ends by itself", 180))
    used_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was used", 180))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was revoked", 180))
    tries: Mapped[int] = mapped_column(default=0, info=kept("so that nobody guesses the digits", 180))

    person: Mapped[Person] = relationship()

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, and those of people whom one serves."""
        return select(cls).where(cls.person_id.in_(Person.seen_by(person).with_only_columns(Person.id)))

    @classmethod
    def print(cls, person: Person, *, by, use: Use = Use.CARD) -> Paper:
        """A new paper; earlier unused ones of the same use are revoked. Refuses accounts with an office a card."""
        if use is Use.CARD and person.posts:
            raise NotForOffices
        cls.revoke_unused(person, use)
        paper = cls.made(person, use, by)
        paper.card.note("card.printed", by, person=person.id, use=use.value)
        return paper

    @classmethod
    def revoke_unused(cls, person: Person, *uses: Use) -> None:
        """Papers of this person that were not used are worthless now."""
        mine = (cls.person_id == person.id) & cls.use.in_(uses or list(Use)) & cls.open_()
        db.session.execute(update(cls).where(mine).values(revoked_at=clock.now()))

    @classmethod
    def made(cls, person: Person, use: Use, by) -> Paper:
        """The row and its paper, added to the session; the caller writes the journal."""
        token, digits = new_token(), new_digits()
        card = cls(
            person=person,
            use=use,
            token_hash=token_hash(token),
            digits_hash=keyed("card", person.phone or "", digits),
            place_id=person.home_id or by.office_place_id,
            expires_at=clock.now() + TERM[use],
        )
        db.session.add(card)
        return Paper(card, token, digits)

    @classmethod
    def open_(cls):
        """A condition: can still be used."""
        return cls.used_at.is_(None) & cls.revoked_at.is_(None) & (cls.expires_at > clock.now())

    @classmethod
    def use_token(cls, token: str) -> SignIn:
        """Sign in by the QR code. Raises `CardSpent`."""
        return cls._spend(cls.token_hash == token_hash(token))

    @classmethod
    def use_digits(cls, phone: str, digits: str) -> SignIn:
        """Sign in by phone number and the eight digits. Raises `CardSpent`."""
        return cls._spend((cls.digits_hash == keyed("card", phone, digits)) & (cls.tries <= TRIES))

    @classmethod
    def count_try(cls, phone: str) -> None:
        """Count a try at the digits of this phone's cards, in a `work()` of its own: one statement, known or not."""
        theirs = select(Person.id).where(Person.phone == phone).scalar_subquery()
        with work() as session:
            session.execute(update(cls).where(cls.person_id == theirs, cls.open_()).values(tries=cls.tries + 1))

    @classmethod
    def _spend(cls, which) -> SignIn:
        card = db.session.scalar(seen(select(cls).where(which, cls.open_()).with_for_update(of=cls)))
        if card is None or (card.use is Use.CARD and card.person.posts):
            raise CardSpent
        card.used_at = clock.now()
        card.note("card.used", card.person, person=card.person_id, use=card.use.value)
        return SignIn.open(card.person, OPENS[card.use])

    @classmethod
    def kept_by(cls, people: list[Person]) -> Select:
        """The cards that still open something, or opened a browser that is still signed in, by these people."""
        opened = select(SignIn.person_id).where(SignIn.how == How.CARD, SignIn.is_living())
        used = cls.used_at.is_not(None) & cls.revoked_at.is_(None) & cls.person_id.in_(opened)
        mine = cls.person_id.in_([person.id for person in people]) & (cls.use == Use.CARD)
        return seen(select(cls).where(mine, cls.open_() | used).order_by(cls.id))

    @classmethod
    def forget(cls) -> None:
        """Drop papers that ended longer ago than they are kept; inside `work()`."""
        db.session.execute(delete(cls).where(cls.expires_at < clock.now() - KEPT))

    def revoke(self, *, by) -> None:
        """Make the paper worthless, and end what such papers opened."""
        self.revoked_at = self.revoked_at or clock.now()
        for row in db.session.scalars(SignIn.living(self.person)):
            if row.how is OPENS[self.use]:
                row.end()
        self.note("card.revoked", by, person=self.person_id, use=self.use.value)
