"""`flask doctor`: refuses a production set-up that would be unsafe, in sentences."""

import os
from pathlib import Path

import click
from flask import current_app

from .health import checks

SHORTEST = 32
KNOWN = {"dev", "secret", "changeme", "development"}


def complaints(app) -> list[str]:
    """What is wrong with this configuration, worst first."""
    config = app.config
    found = []
    secret = config["SECRET_KEY"]
    if len(secret) < SHORTEST or secret.lower() in KNOWN:
        found.append(f"SECRET_KEY is too short or well known: set at least {SHORTEST} random characters.")
    if len(config["CERTIFICATE_KEY"]) < SHORTEST:
        found.append("CERTIFICATE_KEY is too short: set at least 32 random characters, and keep them.")
    if app.debug:
        found.append("Debug mode is on: start without --debug and FLASK_DEBUG.")
    if not config["TRUSTED_HOSTS"]:
        found.append("TRUSTED_HOSTS is empty: name the host names that this site answers to.")
    if not config["SITE_URL"].startswith("https://"):
        found.append("SITE_URL is not an https address: links, cookies and calendar addresses need it.")
    if config["MAIL_SERVER"] and "@" not in config["MAIL_FROM"]:
        found.append("MAIL_SERVER has no MAIL_FROM: name the address that mail is sent from, or no mail is sent.")
    if not os.access(Path(app.instance_path), os.W_OK):
        found.append("The instance folder cannot be written.")
    working = checks()
    if not working["database"]:
        found.append("The database does not answer: look at DATABASE_URL.")
    elif not working["migrated"]:
        found.append("The database is not at the newest migration: run `flask db upgrade`.")
    return found


@click.command(
    "doctor", help="Say what is unsafe or missing before this serves real people; ends with 1 if anything is."
)
def doctor():
    found = complaints(current_app)
    for complaint in found:
        click.echo(f"✗ {complaint}")
    if found:
        raise SystemExit(1)
    click.echo("✓ ready to serve")
