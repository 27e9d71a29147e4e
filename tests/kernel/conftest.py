"""`kiosk` is a small site of the kernel alone, on both databases; `paper` needs no database at all."""

import pytest
import structlog
from flask import Flask

from kernel import i18n, logs, permits
from kernel.db import db
from kernel.work import work

from . import kiosk as counter
from .kiosk import RULES, draft_of, make


@pytest.fixture(scope="session")
def standing(application, settings):
    """The counter, made once a database."""
    app = make(settings)
    yield app
    close(app)


@pytest.fixture
def kiosk(application, standing):
    """The counter with nothing stored, inside an application context."""
    application.store.restore("empty")
    with standing.app_context():
        yield standing


@pytest.fixture
def another(kiosk, settings):
    """A function that opens the counter in another configuration, inside its application context."""
    opened = []
    spoken = structlog.get_config()

    def open_another(**more):
        app = make(settings, **more)
        context = app.app_context()
        context.push()
        opened.append((app, context))
        return app

    yield open_another
    for app, context in reversed(opened):
        context.pop()
        close(app)
    vars(logs.log).pop("bind", None)  # outside tests it remembers where it writes
    structlog.configure(**spoken)
    permits.RULES.update(RULES)


def close(app):
    """Let go what `make` took."""
    with app.app_context():
        db.engine.dispose()
    for action in RULES:
        permits.RULES.pop(action, None)


@pytest.fixture
def draft(kiosk):
    """The id of a draft of person 1."""
    with work():
        return draft_of(1)


@pytest.fixture
def client(kiosk):
    """A function from a person's number to a client at the counter; without one, nobody's."""
    return lambda id=None: client_of(kiosk, id)


def client_of(app, id=None):
    """A client that says who it is in each request."""
    client = app.test_client()
    if id is not None:
        client.environ_base = {**client.environ_base, f"HTTP_{counter.WHO.upper().replace('-', '_')}": str(id)}
    return client


@pytest.fixture
def paper():
    """An application without a database, inside a request: for forms and languages."""
    app = Flask("paper")
    app.config.update(SECRET_KEY="paper", WTF_CSRF_ENABLED=False, BABEL_DEFAULT_LOCALE="zh_CN")
    i18n.babel.init_app(app, locale_selector=i18n.choose_locale)
    with app.test_request_context():
        yield app
