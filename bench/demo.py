"""The sites that are measured: demo data in a folder that is kept."""

import os
import re
import subprocess
import sys
from pathlib import Path

from .visitor import Visitor

PASSWORD = "bench-only-100"


def built(scale: str, keep: Path, name: str = "") -> dict[str, str]:
    """The environment of a site with demo data of this scale, made at the first run, on the schema of today."""
    folder = (keep / (name or scale)).resolve()
    environment = {"INSTANCE_PATH": str(folder), "DEMO_PASSWORD": PASSWORD, "DEMO": "1"}
    flask(environment, "db", "upgrade")
    if not (folder / "built").exists():
        flask(environment, "demo", "load", "--scale", scale)
        (folder / "built").touch()
    return environment


def flask(environment: dict[str, str], *command: str) -> None:
    """Run a command of the site."""
    subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *command], env=os.environ | environment, check=True)


def first(visitor: Visitor, path: str, pattern: str) -> str:
    """The first address of this form on a page."""
    found = re.search(pattern, visitor.ask("GET", path).body)
    if not found:
        raise RuntimeError(f"{path} leads to no {pattern}")
    return found[1]
