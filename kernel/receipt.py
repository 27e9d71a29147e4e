"""Receipts: a form that is sent twice is carried out once and answered alike."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from flask import g, request, session
from sqlalchemy import JSON, String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Model, Moment, db
from .i18n import _
from .text import clean_line
from .work import Refusal

INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
KEPT = timedelta(days=30)
UNSIGNED = {"csrf_token", "key"}


class Receipt(Model):
    """One form, once used, by one person or one anonymous browser."""

    __tablename__ = "receipt"

    owner: Mapped[str] = mapped_column(String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[Any] = mapped_column(JSON, nullable=True)
    at: Mapped[Moment]


class FormUsed(Refusal):
    """The key of this form was already used for something else."""

    message = _("这张表单已经用过了，请刷新页面后再试。")


def new_key() -> str:
    """A key for a fresh form; the anonymous browser gets its id here."""
    session.setdefault("visitor", uuid4().hex)
    return uuid4().hex


def owner() -> str:
    """Whose form this is: the person's, or the anonymous browser's."""
    return f"person-{g.person.id}" if g.person.id else f"visitor-{session.get('visitor', '')}"


def sent_key() -> str:
    """The key of the form that was sent, as it can be stored."""
    return clean_line(request.form.get("key", ""))[:40]


def digest() -> str:
    """What this form says: its address and every field but the tokens."""
    said = sha256(request.full_path.encode())
    for name, values in sorted(request.form.lists()):
        if name not in UNSIGNED:
            said.update(repr((name, values)).encode())
    for name, file in sorted(request.files.items()):
        said.update(repr((name, file.filename)).encode())
        said.update(sha256(file.stream.read()).digest())
        file.stream.seek(0)
    return said.hexdigest()


def first_time() -> Receipt | None:
    """Keep the receipt of this form inside `work()`; waits for a twin still under way.

    Returns None when the same form was already carried out. Raises `FormUsed` when the key was used for another one.
    """
    key = sent_key()
    if not key:
        return Receipt()  # not kept: a form without a key is carried out each time
    mine = digest()
    values = {"owner": owner(), "key": key, "digest": mine, "at": clock.now()}
    insert = INSERT[db.engine.dialect.name](Receipt).values(values).on_conflict_do_nothing().returning(Receipt.key)
    new = db.session.scalar(insert) is not None  # rowcount is -1 on PostgreSQL
    kept = db.session.get_one(Receipt, (values["owner"], key))
    if not new and kept.digest != mine:
        raise FormUsed
    return kept if new else None


def earlier_answer() -> Any:
    """What the first use of this form answered."""
    where = (Receipt.owner == owner()) & (Receipt.key == sent_key())
    return db.session.scalar(select(Receipt.answer).where(where))


def forget(at) -> int:
    """Drop receipts older than 30 days; to be called inside `work()`. Returns how many."""
    return len(db.session.scalars(delete(Receipt).where(Receipt.at < at - KEPT).returning(Receipt.key)).all())
