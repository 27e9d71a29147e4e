"""计时码: single-use codes on paper, for whoever has no phone at hand; only their hashes are kept."""

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from kernel import clock
from kernel.db import Id, Instant, Model, Moment, db, seen
from kernel.i18n import _
from kernel.privacy import kept
from kernel.text import ascii_digits
from kernel.tokens import keyed
from kernel.work import Refusal

from ..shift import Shift
from ..signup import Signup
from . import window
from .attendance import Attendance, Way
from .ticking import on_time

LETTERS = "ACDEFHJKMNPRTUVWXY3479"  # none that is taken for another: no B 8, G 6, I 1 L, O 0 Q, S 5, Z 2
LENGTH = 6
MOST = 60  # on one printing
TRIES_AN_HOUR = 20


class CodeUnknown(Refusal):
    """Wrong, used, or void since another sheet was printed: the answer is the same."""

    message = _("这个码不对，或者已经用过、作废了。请照纸条再输一次；还不行，请负责人在名单上点一下。")
    field = "code"


class TooManyCodes(Refusal):
    """Nobody finds a code by trying."""

    message = _("这一小时里试的次数太多了，请过一会儿再试，或者请负责人在名单上点一下。")
    field = "code"


class TimeCode(Model):
    """One code of a sheet: for one shift, used once."""

    __tablename__ = "time_code"
    __private__ = True
    __table_args__ = (Index("ix_time_code_shift", "shift_id", "used_at"),)

    id: Mapped[Id] = mapped_column(info=kept("to refer to"))
    shift_id: Mapped[int] = mapped_column(ForeignKey("shift.id"), info=kept("which shift it is for"))
    code_hash: Mapped[str] = mapped_column(String(64), unique=True, info=kept("to know the code again"))
    printed_at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("which sheet it stood on"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), info=kept("who printed it"))
    voided_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("whether a later sheet replaced it"))
    used_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("whether it was used"))
    signup_id: Mapped[int | None] = mapped_column(ForeignKey("signup.id"), unique=True, info=kept("who used it"))

    @classmethod
    def seen_by(cls, person) -> Select:
        """Nobody reads them: staff and lead see how many are left."""
        if person.id is None:
            return seen(select(cls).where(cls.shift_id.is_(None)))
        return seen(select(cls).where(cls.shift_id.in_(select(Shift.id).where(Signup.here(person)))))

    @classmethod
    def print(cls, shift: Shift, count: int, *, by) -> list[str]:
        """The codes of a new sheet, to be seen now and never again; unused ones of earlier sheets are void.

        Refuses a cancelled shift and one whose list is settled.
        """
        if clock.now() >= shift.starts_at:
            window.check(shift)
        elif shift.is_cancelled:
            raise window.ShiftCancelled
        db.session.execute(update(cls).where(cls.shift_id == shift.id, cls.open_()).values(voided_at=clock.now()))
        codes: list[str] = []
        while len(codes) < min(count, MOST):
            fresh = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
            if cls.find(fresh) is None:
                codes.append(fresh)
                db.session.add(cls(shift_id=shift.id, code_hash=hashed(fresh), by_id=by.id))
                db.session.flush()
        shift.note("shift.codes_printed", by, shift=shift.id, codes=len(codes))
        return codes

    @classmethod
    def open_(cls):
        """A condition: can still be used."""
        return cls.used_at.is_(None) & cls.voided_at.is_(None)

    @classmethod
    def find(cls, typed: str) -> "TimeCode | None":
        """The row of a code as somebody typed it."""
        return db.session.scalar(seen(select(cls).where(cls.code_hash == hashed(typed))))

    @classmethod
    def use(cls, typed: str, shift: Shift, person, *, by, at: datetime | None = None) -> Attendance:
        """签到 by a code: it was given out at the start, so that the time counts from then on unless `at` says else.

        The person and the shift are locked. Raises `CodeUnknown`, and refuses as `Attendance.arrive` does.
        """
        row = Attendance.arrive(shift, person, way=Way.CODE, by=by, at=at or on_time(shift))
        fits = (cls.code_hash == hashed(typed)) & (cls.shift_id == shift.id) & cls.open_()
        taken = update(cls).where(fits).values(used_at=clock.now(), signup_id=row.signup_id).returning(cls.id)
        if db.session.scalar(taken.execution_options(synchronize_session=False)) is None:
            raise CodeUnknown
        return row


def plain(typed: str) -> str:
    """As it stands in the table: capitals of one width, without what was put between them."""
    return "".join(sign for sign in ascii_digits(typed).upper() if sign.isalnum())


def hashed(typed: str) -> str:
    """What is stored of a code."""
    return keyed("time code", plain(typed))


def shown(code: str) -> str:
    """As it is printed: ACD EFH."""
    return f"{code[:3]} {code[3:]}"
