"""Once a minute: whoever asked to be forgotten seven days ago is, and of whoever left ten years ago the rest goes."""

from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.erasing import end, wipe
from kernel.jobs import every_minute
from kernel.leaving import LEAVING
from kernel.logs import log
from kernel.personal import TERM
from kernel.work import work

from .account_closure import AccountClosure, State
from .person import Person


@every_minute
def close_accounts() -> None:
    """End what each of them has running, step by step, then erase him in one transaction; twice does no more."""
    due = (AccountClosure.state == State.ASKED) & (AccountClosure.due_at <= clock.now())
    wanted = select(AccountClosure.id, AccountClosure.person_id).where(due).order_by(AccountClosure.id)
    for id, person in db.session.execute(seen(wanted)).all():
        try:
            close(id, person)
        except Exception:  # what stands in the way of one keeps no other from being forgotten
            db.session.rollback()
            log.error("closing failed", closure=id, exc_info=True)


def close(id: int, person: int) -> None:
    """Let one of them leave."""
    for leave in LEAVING:
        leave(person)
    with work():
        closure = held(id, person)
        done = closure is not None and closure.carry_out()
    if done:
        wipe()


@every_minute
def end_terms() -> None:
    """What was kept of them as a proof goes with the wish itself, so that a second time finds nothing."""
    long_ago = (AccountClosure.state == State.DONE) & (AccountClosure.ended_at <= clock.now() - TERM)
    for person in db.session.scalars(seen(select(AccountClosure.person_id).where(long_ago))).all():
        with work():
            end(person)


def held(id: int, person: int) -> AccountClosure | None:
    """The wish with its person, locked and read as they are now; None when it was taken back a moment ago."""
    owner = select(Person).where(Person.id == person).with_for_update(of=Person, key_share=True)
    db.session.scalars(seen(owner.execution_options(populate_existing=True))).one()
    wanted = select(AccountClosure).where(AccountClosure.id == id, AccountClosure.state == State.ASKED)
    wanted = wanted.with_for_update(of=AccountClosure, key_share=True)
    return db.session.scalar(seen(wanted.execution_options(populate_existing=True)))
