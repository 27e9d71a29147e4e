"""Accounts: a user name and a password for a person."""

import re

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import Id, Model, db, seen
from kernel.i18n import _
from kernel.text import ascii_digits, clean_line
from kernel.work import Refusal

from .person import Person, kept

SHORTEST = 8


class NameTaken(Refusal):
    """One user name, one account."""

    message = _("这个手机号或用户名已经注册过了，请直接登录；忘了密码请到社区前台办一张登录卡。")
    field = "phone"


def plain_name(username: str) -> str:
    """A user name as it is stored and compared: plain digits, small letters; a phone number without its gaps."""
    name = ascii_digits(clean_line(username)).casefold()
    return re.sub(r"[\s-]", "", name) if re.fullmatch(r"[\d\s-]+", name) else name


class Account(Model):
    """How a person signs in. Without a hash only a card or a first-use code opens it."""

    __tablename__ = "account"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True, info=kept("whose account it is"))
    username: Mapped[str] = mapped_column(String(80), unique=True, info=kept("to sign in"))
    password_hash: Mapped[str | None] = mapped_column(String(200), info=kept("to sign in"))

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own."""
        return select(cls).where(cls.person_id == person.id)

    @classmethod
    def named(cls, username: str) -> "Account | None":
        """The account with this user name; for signing in, which happens before anybody is known."""
        return db.session.scalar(seen(select(cls).where(cls.username == plain_name(username))))

    @classmethod
    def open(cls, person: Person, username: str, password_hash: str | None = None) -> "Account":
        """A new account. Refuses a user name that is taken (`NameTaken`)."""
        if cls.named(username):
            raise NameTaken
        account = cls(person=person, username=plain_name(username), password_hash=password_hash)
        db.session.add(account)
        db.session.flush()
        return account
