"""The clock of adoptions: whoever gives no sign is asked for one, and what stays silent is free again."""

from sqlalchemy import Select, select

from kernel import clock
from kernel.db import db
from kernel.jobs import every_minute
from kernel.work import work

from .adoption import Adoption
from .project import Project
from .standing import State

AWAKE = range(8, 21)  # hours of the day in Asia/Shanghai


def to_warn() -> Select:
    """Those that are silent for 21 working days, and nobody was told."""
    found = select(Adoption.id).join(Adoption.project)
    return found.where(Adoption.silent(Project), Adoption.release_on.is_(None)).order_by(Adoption.id)


def to_release() -> Select:
    """Those whose last day is over."""
    over = Adoption.release_on < clock.today()
    return select(Adoption.id).where(Adoption.state == State.RUNNING, over).order_by(Adoption.id)


@every_minute
def release_idle_adoptions() -> None:
    """Each in a transaction of its own; a second process, or a second round, finds nothing left."""
    if clock.local(clock.now()).hour not in AWAKE:
        return
    for query, verb in ((to_warn, Adoption.warn), (to_release, Adoption.release)):
        for id in db.session.scalars(query()).all():
            with work() as session:
                Adoption.lock_owner(id)
                held = select(Adoption).where(Adoption.id == id).with_for_update(of=Adoption, key_share=True)
                verb(session.scalars(held.execution_options(populate_existing=True)).one())
