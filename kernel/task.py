"""Tasks: work that takes longer than an answer may; a row says how far it is, so that one can leave and come back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, Select, String, delete, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .choice import Choice, stored
from .db import Id, Instant, Model, Moment, db, seen
from .i18n import _, language
from .privacy import kept

KEPT = timedelta(hours=24)


class State(Choice):
    """Where a task stands."""

    WAITING = "waiting", _("在排队")
    RUNNING = "running", _("正在办")
    DONE = "done", _("办好了")
    REFUSED = "refused", _("没有办成")
    BROKEN = "broken", _("出了错，没有办成")


MOVES = {
    State.WAITING: {State.RUNNING, State.BROKEN},
    State.RUNNING: {State.WAITING, State.DONE, State.REFUSED, State.BROKEN},
}


class Task(Model):
    """One piece of work for one person: of which kind, on which thing (`ref`), how far, and what came of it."""

    __tablename__ = "task"
    __private__ = True
    __table_args__ = (
        Index(
            "uq_task_open",
            "owner",
            "kind",
            "ref",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_task_ref", "ref", "kind"),
    )

    id: Mapped[Id] = mapped_column(info=kept("to refer to", 1))
    owner: Mapped[int] = mapped_column(info=kept("who asked for it", 1))
    kind: Mapped[str] = mapped_column(String(40), info=kept("what is done", 1))
    ref: Mapped[int] = mapped_column(info=kept("on which thing", 1))
    language: Mapped[str] = mapped_column(String(2), info=kept("in which language it answers", 1))
    state: Mapped[State] = mapped_column(stored(State), default=State.WAITING, info=kept("where it stands", 1))
    step: Mapped[str] = mapped_column(String(24), default="", info=kept("what is done just now", 1))
    done: Mapped[int] = mapped_column(default=0, info=kept("how far it is", 1))
    total: Mapped[int] = mapped_column(default=0, info=kept("how much there is", 1))
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=kept("what came of it", 1))
    filename: Mapped[str] = mapped_column(String(200), default="", info=kept("the name of its file", 1))
    result: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True, info=kept("the file that it made", 1))
    tries: Mapped[int] = mapped_column(default=0, info=kept("how often it was begun", 1))
    at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was asked for", 1))
    beat_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when somebody last worked on it", 1))
    ended_at: Mapped[datetime | None] = mapped_column(Instant, info=kept("when it ended", 1))

    @classmethod
    def seen_by(cls, person) -> Select:
        """One's own, for a day."""
        return select(cls).where(cls.owner == person.id, cls.at > clock.now() - KEPT)

    @classmethod
    def begin(cls, person, kind: str, ref: int = 0) -> "Task":
        """Ask for it, inside `work()`; what is under way already is not begun twice."""
        mine = cls.seen_by(person).where(cls.kind == kind, cls.ref == ref, cls.ended_at.is_(None))
        task = db.session.scalar(seen(mine))
        if task is not None:
            return task
        task = cls(owner=person.id, kind=kind, ref=ref, language=language())
        try:
            with db.session.begin_nested():
                db.session.add(task)
        except IntegrityError:  # from another window, a moment ago
            return db.session.scalars(seen(mine)).one()
        return task

    @classmethod
    def latest(cls, person, refs: list[int], *kinds: str) -> "dict[int, Task]":
        """The newest task of this person of these kinds on each thing."""
        mine = cls.seen_by(person).where(cls.ref.in_(refs), cls.kind.in_(kinds)).order_by(cls.id)
        return {task.ref: task for task in db.session.scalars(seen(mine))}

    @classmethod
    def move(cls, to: State, *which, **facts) -> list[int]:
        """Move the tasks that `which` chooses along MOVES, inside `work()`; the ids of those that stood right."""
        sources = [state for state, targets in MOVES.items() if to in targets]
        moved = update(cls).where(cls.state.in_(sources), *which).values(state=to, **facts).returning(cls.id)
        return list(db.session.scalars(moved.execution_options(synchronize_session=False)))

    @property
    def is_open(self) -> bool:
        """Whether there is something to wait for."""
        return self.state in MOVES

    @property
    def kept_until(self) -> datetime:
        """When it and its file are forgotten."""
        return self.at + KEPT

    @classmethod
    def forget(cls) -> None:
        """Drop what is older than a day; inside `work()`."""
        db.session.execute(delete(cls).where(cls.at < clock.now() - KEPT))
