"""What was taken over from calendar files: which event became which row, and what its file said last."""

from collections.abc import Iterable

from sqlalchemy import Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from .db import Id, Model, Moment, db


class ImportedEvent(Model):
    """One date of one event of one owner's calendar; `mark` is a hash, so nothing of the file itself is kept.

    Owner and row are ids in the package that `of` names. The times are those of the file: what somebody moved by hand
    since then stays where he put it until the file says something else.
    """

    __tablename__ = "imported_event"
    __table_args__ = (UniqueConstraint("of", "owner", "mark"),)

    id: Mapped[Id]
    of: Mapped[str] = mapped_column(String(16))
    owner: Mapped[int]
    mark: Mapped[str] = mapped_column(String(40))
    row: Mapped[int]
    sequence: Mapped[int]
    starts_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    cancelled: Mapped[bool]

    @classmethod
    def seen_by(cls, person) -> Select:
        """Hashes and times of what is public itself."""
        return select(cls)

    @classmethod
    def known(cls, of: str, owner: int) -> dict[str, "ImportedEvent"]:
        """What one owner took over, by mark."""
        mine = select(cls).where(cls.of == of, cls.owner == owner)
        return {one.mark: one for one in db.session.scalars(mine)}

    @classmethod
    def keep(cls, of: str, owner: int, rows: Iterable[dict]) -> None:
        """Write what the file says now; each row by its mark."""
        known = cls.known(of, owner)
        for facts in rows:
            one = known.get(facts["mark"])
            if one is None:
                db.session.add(cls(of=of, owner=owner, **facts))
            else:
                for name, value in facts.items():
                    setattr(one, name, value)
        db.session.flush()
