"""`flask certificates …`: the public keys, and checking a signed line without looking anything else up."""

import sys

import click
from flask.cli import AppGroup

from kernel import signature
from kernel.db import db, seen

cli = AppGroup("certificates", help="Public keys and signatures of certificates of service.")


@cli.command("public-key", help="Print the public key that signs now, and the earlier ones that still count.")
def public_key():
    id, half = signature.public()
    rows = {key.id: key for key in db.session.scalars(seen(signature.SigningKey.listed()))}
    now = rows.pop(id, None) or signature.SigningKey(id=id, public=half)
    click.echo(f"{id} (now)\n{now.pem}")
    for key in rows.values():
        click.echo(f"{key.id} (since {key.since:%Y-%m-%d})\n{key.pem}")


@cli.command(
    "check", help="Read a signed line and its signature, two lines as the second code gives them; 1 if forged."
)
def check():
    text = sys.stdin.read().strip()
    line, _mark, mark = text.rpartition("\n")
    key = signature.signer(line.strip(), mark.strip())
    if key is None:
        click.echo("✗ forged: no key of this site signed this line")
        raise SystemExit(1)
    click.echo(f"✓ signed here, key {key.id}: {line.strip()}")
