"""`site` is empty, `world` has the small named world in it, `enter(name)` signs in; each on both databases."""

import gc
import shutil
import tempfile
from pathlib import Path

import pytest

from kernel.db import Model, db
from kernel.work import work

from .support.pages import Visitor
from .support.postgres import postgresql
from .support.store import store_of, writing

pytest_plugins = ["tests.support.browser"]
DATABASES = ("sqlite", "postgresql")
CHEAP = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}


def pytest_addoption(parser):
    parser.addoption(
        "--only", choices=DATABASES, help="run on this database only; what needs none runs with postgresql"
    )


def pytest_generate_tests(metafunc):
    """Run each test that needs a database on both, or on those that its marks name."""
    if "database" not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker("databases")
    browser = metafunc.definition.get_closest_marker("browser")
    names = marked.args if marked else DATABASES[:1] if browser else DATABASES
    metafunc.parametrize("database", names, indirect=True, scope="session")


def pytest_collection_modifyitems(config, items):
    """With `--only` keep what belongs to this database, so that two runs beside each other are the whole suite."""
    only = config.getoption("only")
    if only is None:
        return
    kept, left = [], []
    for item in items:
        callspec = getattr(item, "callspec", None)
        database = callspec.params.get("database", DATABASES[-1]) if callspec else DATABASES[-1]
        (kept if database == only else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_collection_finish():
    """What was imported stays until the end: do not look through it for garbage again and again, nor that often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def postgres():
    """A function from a name to the URL of a PostgreSQL database."""
    with postgresql() as url_of:
        yield url_of


@pytest.fixture(scope="session")
def folder():
    """A folder for SQLite files, in memory where the system has such a place."""
    shm = Path("/dev/shm")
    path = tempfile.mkdtemp(prefix="hehuoren-", dir=shm if shm.is_dir() else None)
    yield Path(path)
    shutil.rmtree(path)


@pytest.fixture(scope="session")
def database(request, folder):
    """The URL of the database that this round of tests uses."""
    if request.param == "sqlite":
        return f"sqlite:///{folder / 'site.sqlite'}"
    return request.getfixturevalue("postgres")("site")


@pytest.fixture(scope="session")
def settings(database, folder):
    """The configuration of the site under test."""
    return {
        "DATABASE_URL": database,
        "INSTANCE_PATH": str(folder / "instance"),
        "SECRET_KEY": "a key for tests only, long enough",
        "SITE_URL": "http://localhost",
        "TESTING": True,
        "ARGON2": CHEAP,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
    }


@pytest.fixture(scope="session")
def application(settings):
    """The site on an empty schema, made once a database."""
    from wsgi import create_app

    app = create_app(settings)
    app.test_client_class = Visitor
    with app.app_context():
        engine = db.engine
    with writing(engine) as connection:
        Model.metadata.create_all(connection)
    app.store = store_of(engine)
    app.store.keep("empty")
    yield app
    app.store.close()
    engine.dispose()


@pytest.fixture
def site(request, application):
    """The site with nothing stored (but the world that `grown` puts there), inside an application context."""
    if "grown" not in request.fixturenames:
        application.store.restore("empty")
    with application.app_context():
        yield application


class World:
    """The small world: `world.wu` is the row of that name, as it is now."""

    def __init__(self, names):
        self.names = names

    @classmethod
    def of(cls, built):
        """The rows that are attributes of this."""
        return cls({name: (type(row), row.id) for name, row in vars(built).items() if isinstance(row, Model)})

    def __getattr__(self, name):
        kind, key = self.names[name]
        return db.session.get_one(kind, key)


@pytest.fixture
def grown(site):
    """A function from a name and a builder to a world: built in one `work()` once a database, then put back.

    What it is first asked for grows from nothing, and the next from that.
    """
    worlds = site.__dict__.setdefault("worlds", {})
    asked = []

    def grown(name, build):
        first = not asked
        asked.append(name)
        if name in worlds:
            site.store.restore(name)
            return worlds[name]
        if first:
            site.store.restore("empty")
        with work() as session:
            built = build()
            session.flush()
            worlds[name] = built if isinstance(built, World) else World.of(built)
        site.store.keep(name)
        return worlds[name]

    return grown


@pytest.fixture
def world(grown):
    """The small world, committed."""
    from demo.world import build

    return grown("world", lambda: build(db.session))


@pytest.fixture
def enter(site, world):
    """A function from a demo account's name to a client that is signed in as it; without a name, a stranger's."""
    from demo.world import PASSWORD

    def enter(name=None):
        client = site.test_client()
        if name:
            answer = client.post("/sign-in", data={"username": name, "password": PASSWORD})
            assert answer.status_code == 303, answer.get_data(as_text=True)
        return client

    return enter
