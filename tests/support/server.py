"""The real site under gunicorn, in processes of its own, on a free port of this machine."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS_TO_START = 90
SECONDS_TO_STOP = 10


@dataclass
class Server:
    """A running site: where it answers, its process, and the file of what it said."""

    url: str
    process: subprocess.Popen
    log: Path


@contextmanager
def serve(settings: Mapping[str, Any], *, workers: int = 1, first: str = ""):
    """Serve the site with these settings until the block ends; yields a Server when every worker is ready.

    `first`, as “module:function”, is called in each worker before the site is made: a test that must show that it
    bites takes a guard away there. CSRF protection is on.
    """
    with TemporaryDirectory(prefix="hehuoren-") as name, create_server(("127.0.0.1", 0)) as listener:
        folder = Path(name)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        told = dict(settings) | {"SITE_URL": url, "TESTING": False, "WTF_CSRF_ENABLED": True}
        environment = os.environ | {"SETTINGS": json.dumps(told), "READY": name, "FIRST": first}
        gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"fd://{listener.fileno()}"]
        shape = ["--worker-class", "gthread", "--workers", str(workers), "--threads", "8"]
        shape += ["--config", "python:tests.support.forked"]
        with open(folder / "log", "wb") as log:
            process = subprocess.Popen(
                [*gunicorn, *shape, "tests.support.server:application()"],
                cwd=ROOT, env=environment, pass_fds=[listener.fileno()], stdout=log, stderr=log,
            )  # fmt: skip
        try:
            server = Server(url, process, folder / "log")
            await_workers(server, workers)
            yield server
        finally:
            stop(process)


def await_workers(server: Server, workers: int) -> None:
    """Wait until all workers have made their site."""
    until = monotonic() + SECONDS_TO_START
    while len(list(server.log.parent.glob("ready-*"))) < workers:
        if server.process.poll() is not None or monotonic() > until:
            raise RuntimeError(server.log.read_text())
        sleep(0.02)


def stop(process: subprocess.Popen) -> None:
    """End it and its workers, gently first."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def application():
    """What a worker serves."""
    if first := os.environ["FIRST"]:
        module, function = first.split(":")
        getattr(import_module(module), function)()
    from wsgi import create_app

    app = create_app(json.loads(os.environ["SETTINGS"]))
    Path(os.environ["READY"], f"ready-{os.getpid()}").touch()
    return app
