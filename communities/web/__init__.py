"""The pages of this package."""

from flask import url_for
from sqlalchemy import select

from kernel import task_run, waiting
from kernel.db import db, seen

from .. import leaving, letters, permits, personal, tidying  # noqa: F401  rules before the views that name them; sweeps
from ..card import Use
from ..journal import addresses, name_of, names, speaks, words_of
from ..person import Person
from ..post import Office
from ..proforma import Proforma
from ..purpose import Purpose
from . import (
    account,
    calls,
    cards,
    closures,
    consents,
    ground,
    ledgers,
    my_data,
    notices,
    people,
    posts,
    proformas,
    staff_import,
    tasks,
)
from .sentences import SENTENCES


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    app.register_blueprint(account.bp)
    app.register_blueprint(cards.bp)
    app.register_blueprint(consents.bp)
    app.register_blueprint(closures.bp)
    app.register_blueprint(my_data.bp)
    personal.set_up()
    app.register_blueprint(posts.bp)
    app.register_blueprint(people.bp)
    app.register_blueprint(notices.bp)
    app.register_blueprint(calls.bp)
    app.register_blueprint(staff_import.bp)
    app.register_blueprint(ledgers.bp)
    app.register_blueprint(proformas.bp)
    app.register_blueprint(tasks.bp)
    waiting.register(calls.DESK)
    task_run.knows(somebody)
    speak()
    ground.set_up(app)


def somebody(id: int) -> Person | None:
    """Whoever asked for a task, for the process that does it."""
    return db.session.scalar(seen(select(Person).where(Person.id == id)))


def speak() -> None:
    """Teach the journal this package's words."""
    speaks(SENTENCES)
    names("by", name_of(Person, "called"))
    names("person", name_of(Person, "called"))
    names("office", words_of(Office))
    names("use", words_of(Use))
    names("purpose", words_of(Purpose))
    names("proforma", name_of(Proforma))
    addresses("proforma", lambda id: url_for("proformas.show", id=id))
    addresses("consent", lambda id: url_for("consents.show", id=id))
    addresses("post", lambda id: url_for("posts.show", id=id))
