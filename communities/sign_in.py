"""Sign-ins: a session is a row, so that it ends when it is ended."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Select, String, bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value

from kernel import clock
from kernel.choice import Choice, stored
from kernel.db import Id, Instant, Model, db, seen
from kernel.i18n import _
from kernel.tokens import new_token, token_hash

from .person import Nobody, Person, kept
from .post import Post

STAFF_HOURS = timedelta(hours=12)
OTHERS = timedelta(days=30)
CARD_DAYS = timedelta(days=180)
SLIDE_AFTER = timedelta(days=1)


class How(Choice):
    """What opened the session."""

    PASSWORD = "password", _("密码")
    CARD = "card", _("登录卡")
    CODE = "code", _("首次登录码")


class SignIn(Model):
    """One browser of one person; the cookie holds the token, the row its hash."""

    __tablename__ = "sign_in"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", 180))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=kept("who is signed in", 180))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info=kept("to know the browser again", 180))
    how: Mapped[How] = mapped_column(stored(How), info=kept("to show the owner how", 180))
    at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("to show the owner when", 180))
    seen_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, info=kept("to slide the card's term", 180))
    expires_at: Mapped[datetime] = mapped_column(Instant, info=kept("when it ends by itself", 180))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it was ended", 180))

    person: Mapped[Person] = relationship()

    token = ""  # known to the browser only
    is_active = is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        """What Flask-Login keeps in the cookie."""
        return self.token

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own."""
        return select(cls).where(cls.person_id == person.id)

    @classmethod
    def is_living(cls):
        """A condition: neither ended nor over."""
        return cls.ended_at.is_(None) & (cls.expires_at > clock.now())

    @classmethod
    def of_token(cls, token: str) -> "SignIn | None":
        """The living sign-in of this cookie, with its person, in one statement.

        Whoever was given an office meanwhile has the short term of offices, and a card opens nothing any more.
        """
        found = db.session.execute(by_token(), {"token": token_hash(token), "now": clock.now()}).one_or_none()
        if found is None:
            return None
        row, serves, *answers = found
        if serves and (row.how is How.CARD or clock.now() - row.at > STAFF_HOURS):
            return None
        if not serves:
            set_committed_value(row.person, "posts", [])
        for (name, (_question, told)), answer in zip(ASKED_ALONG.items(), answers, strict=True):
            if (known := told(answer)) is not LATER:
                row.person.know(name, known)
        return row

    @classmethod
    def living(cls, person) -> Select:
        """Where this person is signed in now, newest first."""
        return seen(select(cls).where(cls.person_id == person.id, cls.is_living()).order_by(cls.id.desc()))

    @classmethod
    def open(cls, person: Person, how: How) -> "SignIn":
        """Sign this person in: 12 hours for whoever holds an office, 180 sliding days for a card, else 30 days."""
        term = STAFF_HOURS if person.posts else CARD_DAYS if how is How.CARD else OTHERS
        token = new_token()
        row = cls(person=person, token_hash=token_hash(token), how=how, expires_at=clock.now() + term)
        row.token = token
        db.session.add(row)
        db.session.flush()
        return row

    def end(self) -> None:
        """Sign this browser out."""
        self.ended_at = self.ended_at or clock.now()

    @classmethod
    def end_all(cls, person, *, but: "SignIn | None" = None) -> None:
        """Sign the person out everywhere (a new password, a lost card), except in this browser."""
        mine = (cls.person_id == person.id) & cls.ended_at.is_(None) & (cls.id != (but.id if but else 0))
        db.session.execute(update(cls).where(mine).values(ended_at=clock.now()))

    @classmethod
    def forget(cls) -> None:
        """Drop what ended longer ago than it is kept; inside `work()`."""
        long_ago = clock.now() - CARD_DAYS
        db.session.execute(delete(cls).where(or_(cls.ended_at < long_ago, cls.expires_at < long_ago)))

    @property
    def wants_to_slide(self) -> bool:
        """Whether a card's term should be counted anew from today."""
        return self.how is How.CARD and clock.now() - self.seen_at > SLIDE_AFTER

    def slide(self) -> None:
        """The 180 days of a card begin again."""
        self.seen_at = clock.now()
        self.expires_at = self.seen_at + CARD_DAYS


LATER = object()
ASKED_ALONG: dict[str, tuple[Any, Callable[[Any], Any]]] = {}


def ask_along(name: str, question, told: Callable[[Any], Any] = lambda answer: answer) -> None:
    """Answer a scalar question about the signed-in person (`Person.id`) in the statement that knows the browser.

    What `told` makes of the answer is what `person.remember(name, …)` gives; `LATER` leaves it to be loaded when it is
    wanted. Most people hold no office and are in no partner, so that most pages are spared these statements.
    """
    ASKED_ALONG[name] = (question, told)
    by_token.cache_clear()


@cache
def by_token() -> Select:
    """The statement of every request of somebody signed in, built once: the living sign-in of `token` at `now`."""
    token, now = bindparam("token", type_=String), bindparam("now", type_=Instant)
    living = (SignIn.token_hash == token, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    serves = exists().where(Post.person_id == Person.id, Post.is_now())
    along = [question for question, _told in ASKED_ALONG.values()]
    query = select(SignIn, serves, *along).join(SignIn.person).options(contains_eager(SignIn.person))
    return seen(query.where(*living))


class NotSignedIn:
    """The sign-in of nobody, for Flask-Login."""

    id = None
    is_active = is_authenticated = wants_to_slide = False
    is_anonymous = True

    def __init__(self):
        self.person = Nobody()

    def get_id(self):
        """Nothing to keep."""
        return
