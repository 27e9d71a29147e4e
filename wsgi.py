"""The site's table of contents: every package, and the application for a WSGI server."""

import os
from pathlib import Path

from flask import Flask

import communities.web
import governance.web
import partners.web
import portal.web
import projects.web
import volunteers.web
from demo import tour
from demo.cli import cli as demo_commands
from kernel import permits, site

PACKAGES = (communities.web, partners.web, governance.web, projects.web, volunteers.web, portal.web)


def create_app(given=None) -> Flask:
    """The whole site; `given` overrides the configuration (tests, benchmarks)."""
    given = given or {}
    instance = given.get("INSTANCE_PATH") or os.environ.get("INSTANCE_PATH") or "instance"
    app = Flask(__name__, instance_path=str(Path(instance).resolve()), instance_relative_config=True)
    site.found(app, given)
    for package in PACKAGES:
        package.set_up(app)
    app.cli.add_command(demo_commands)
    tour.set_up(app)
    permits.check(app)
    return app


def __getattr__(name):
    """`wsgi:app` is made when a server asks for it, so that importing this module has no effect."""
    if name == "app":
        globals()["app"] = create_app()
        site.settle()
        return globals()["app"]
    raise AttributeError(name)
