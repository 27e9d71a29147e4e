"""Doing tasks: in the jobs process, one try at a time; whoever stops in the middle is found out and begun again.

A package says with `does(kind, function)` what is done for a kind. The function gets the `Run` and says between two
`work()` how far it is (`run.tell`). It stores all or nothing, in one `work()` that ends with `run.finish`; what it only
found out it returns. A refusal of a rule ends the task with its sentence.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

from sqlalchemy import select, update

from . import clock
from .db import db, seen
from .i18n import _, force_locale
from .jobs import errand, every_minute, nudge
from .logs import log
from .task import State, Task
from .work import Busy, Refusal, work

SILENT = timedelta(seconds=60)  # without a word: whoever worked on it is gone
TRIES = 3
EACH = 0.5  # seconds between two words about one step
KINDS: dict[str, Callable[["Run"], dict | None]] = {}
KNOWN: list[Callable[[int], Any]] = []


class Overtaken(Refusal):
    """It took so long that somebody else began it again: what this one did is rolled back."""

    message = _("这件事另有一次在办，请看那一次的结果。")


@dataclass
class Run:
    """One try of one task."""

    id: int
    owner: int
    kind: str
    ref: int
    language: str
    tries: int
    told: tuple[str, float] = field(default=("", 0.0), repr=False)  # the step, and when it was told last

    @property
    def person(self) -> Any:
        """Whoever asked for it, as he is now; None when there is nobody of that id."""
        return KNOWN[0](self.owner)

    @property
    def mine(self):
        """A condition: the row, as long as nobody began it anew."""
        return (Task.id == self.id) & (Task.tries == self.tries) & (Task.state == State.RUNNING)

    def tell(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say how far it is, outside of any `work()`: a new step at once, the rows of one step twice a second."""
        now = monotonic()
        if step == self.told[0] and now - self.told[1] < EACH:
            return
        self.told = step, now
        facts = {"step": step, "done": done, "total": total, "beat_at": clock.now()}
        with work() as session:
            session.execute(update(Task).where(self.mine).values(facts).execution_options(synchronize_session=False))

    def finish(self, report: dict, filename: str = "", result: bytes | None = None) -> None:
        """It is done, as of the commit of the `work()` that this is called in. Raises `Overtaken`."""
        if not self._end(State.DONE, report=report, filename=filename, result=result):
            raise Overtaken

    def _end(self, state: State, **facts) -> list[int]:
        return Task.move(state, self.mine, ended_at=clock.now(), **facts)


def does(kind: str, function: Callable[[Run], dict | None]) -> None:
    """Say what is done for tasks of this kind."""
    KINDS[kind] = function


def knows(load: Callable[[int], Any]) -> None:
    """Say how an owner's id becomes a person: people live above this floor."""
    KNOWN[:] = [load]


def start(task: Task) -> Callable[[], None]:
    """What is to be called after the commit: the jobs process is told of the task."""
    id = task.id
    return lambda: nudge(run_task, id)


def claim(id: int) -> Run | None:
    """Take a task that waits; None when another has it or it ended."""
    with work():
        facts = {"beat_at": clock.now(), "tries": Task.tries + 1, "step": "", "done": 0, "total": 0}
        if not Task.move(State.RUNNING, Task.id == id, **facts):
            return None
        columns = (Task.id, Task.owner, Task.kind, Task.ref, Task.language, Task.tries)
        return Run(*db.session.execute(seen(select(*columns).where(Task.id == id))).one())


@errand
def run_task(id: int) -> None:
    """One try, with an end whatever happens."""
    run = claim(id)
    if run is None:
        return
    with force_locale(run.language):
        end, report = outcome(run)
    if end is not None:
        with work():
            facts = {} if end is State.WAITING else {"report": report, "ended_at": clock.now()}
            Task.move(end, run.mine, **facts)


def outcome(run: Run) -> tuple[State | None, dict]:
    """Do it: how it ends and what there is to say; None when it was ended in the `work()` that stored it."""
    try:
        report = KINDS[run.kind](run)
        return (None, {}) if report is None else (State.DONE, report)
    except Overtaken:
        return None, {}
    except Refusal as refusal:
        return State.REFUSED, {"sentence": str(refusal)}
    except Busy:
        return State.WAITING, {}
    except Exception:
        log.error("task broken", task=run.id, kind=run.kind, exc_info=True)
        db.session.rollback()
        return State.BROKEN, {}


@every_minute
def resume_tasks() -> None:
    """Begin again what its worker left, give up what was tried three times, and nudge what waits."""
    now = clock.now()
    with work():
        Task.move(State.WAITING, Task.state == State.RUNNING, Task.beat_at < now - SILENT)
        Task.move(State.BROKEN, Task.state == State.WAITING, Task.tries >= TRIES, ended_at=now)
    waiting = select(Task.id).where(Task.state == State.WAITING).order_by(Task.id)
    for id in list(db.session.scalars(seen(waiting))):
        nudge(run_task, id)
