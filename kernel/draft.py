"""Drafts: files that were uploaded and await their sender's confirmation, for a day at most."""

from datetime import timedelta

from sqlalchemy import LargeBinary, Select, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Id, Model, Moment, db
from .privacy import kept

KEPT = timedelta(hours=24)


class Draft(Model):
    """One file, as it came; `kind` says what it will become, `ref` of which row, where it is for one."""

    __tablename__ = "draft"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", 1))
    owner: Mapped[int] = mapped_column(info=kept("who uploaded it", 1))
    kind: Mapped[str] = mapped_column(String(24), info=kept("what it will become", 1))
    ref: Mapped[int | None] = mapped_column(info=kept("for what it was uploaded", 1))
    filename: Mapped[str] = mapped_column(String(200), info=kept("to know it again", 1))
    payload: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=kept("to look at before it counts", 1))
    at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was uploaded", 1))

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own."""
        return select(cls).where(cls.owner == person.id, cls.at > clock.now() - KEPT)

    @classmethod
    def keep(cls, person, kind: str, filename: str, payload: bytes, ref: int | None = None) -> "Draft":
        """A new draft of this person."""
        draft = cls(owner=person.id, kind=kind, filename=filename[-200:], payload=payload, ref=ref)
        db.session.add(draft)
        db.session.flush()
        return draft

    def empty(self) -> None:
        """What it held is stored where it belongs; that it was there stays for the rest of the day."""
        self.payload = b""

    def drop(self) -> None:
        """It was confirmed, or nobody wants it."""
        db.session.delete(self)

    @classmethod
    def forget(cls) -> None:
        """Drop what nobody confirmed; inside `work()`."""
        db.session.execute(delete(cls).where(cls.at < clock.now() - KEPT))
