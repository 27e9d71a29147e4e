"""Tries to sign in, and to find out who has a number, are counted; one name that is attacked locks nobody else."""

from datetime import datetime, timedelta

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.db import Id, Instant, Model, db
from kernel.i18n import _
from kernel.tokens import keyed
from kernel.work import Refusal, work

WINDOW = timedelta(minutes=5)
HOUR = timedelta(hours=1)
TRIES_A_NAME = 8
TRIES_AN_ADDRESS = 60


class TooManyTries(Refusal):
    """Eight tries for a name from one address in five minutes, sixty for all names."""

    message = _("试的次数太多了，请过 5 分钟再试；记不清密码，可以到社区前台办登录卡。")


class Attempt(Model):
    """One try: hashes of whom and from where, kept for an hour."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_pair", "pair", "at"), Index("ix_attempt_address", "address", "at"))

    id: Mapped[Id]
    pair: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Instant, default=clock.now)

    @classmethod
    def count(cls, name: str, address: str) -> None:
        """Count a try in a `work()` of its own, so that a refusal later does not undo it. Raises `TooManyTries`."""
        pair, place = keyed("try", name.casefold(), address), keyed("from", address)
        since = clock.now() - WINDOW
        with work() as session:
            of_pair = select(func.count()).where(cls.pair == pair, cls.at > since)
            of_address = select(func.count()).where(cls.address == place, cls.at > since)
            too_many = session.scalar(of_pair) >= TRIES_A_NAME or session.scalar(of_address) >= TRIES_AN_ADDRESS
            if not too_many:
                session.add(cls(pair=pair, address=place))
        if too_many:
            raise TooManyTries

    @classmethod
    def count_hourly(cls, what: str, person, most: int) -> bool:
        """Count a try of something else than signing in, by one person; whether it is one of the `most` of this hour.

        In a `work()` of its own, too. What was refused is not counted, so an hour after the first it goes on.
        """
        pair, nowhere = keyed("try", what, f"person {person.id}"), keyed("from", what)
        with work() as session:
            mine = select(func.count()).where(cls.pair == pair, cls.at > clock.now() - HOUR)
            fine = session.scalar(mine) < most
            if fine:
                session.add(cls(pair=pair, address=nowhere))
        return fine

    @classmethod
    def forget(cls) -> None:
        """Drop tries older than an hour; inside `work()`."""
        db.session.execute(delete(cls).where(cls.at < clock.now() - HOUR))
