"""What every move of a state machine owes: a line when it is done, a sentence and no trace when it is refused."""

from contextlib import nullcontext

from sqlalchemy import func

from communities.journal import Line
from kernel.db import db
from kernel.work import Refusal, work


def lines() -> int:
    """How many lines the journal has."""
    return db.session.scalar(db.select(func.count()).select_from(Line))


def attempt(act, at=nullcontext) -> None:
    """Do it in a `work()`, at the moment that `at()` travels to, and hold it to that."""
    db.session.rollback()
    before, said = lines(), None
    with at():
        try:
            with work():
                act()
        except Refusal as refusal:
            said = str(refusal)
    if said is None:
        assert lines() > before
    else:
        assert lines() == before
        assert said.endswith("。")
        assert "%(" not in said
