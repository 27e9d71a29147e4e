"""`flask demo …`: load the demo data, say its accounts, start with them."""

import os

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from communities.catalogue import Category
from communities.person import Person
from communities.place import Place
from kernel import statistics
from kernel.db import db
from kernel.passwords import hashed

from . import accounts, xincheng
from .top_up import top_up

cli = AppGroup("demo", help="Demo data: load it, say its accounts.")
OFFERED = ("small", "district", "city")
EVERYWHERE = {"0.0.0.0", "::", ""}


def is_empty() -> bool:
    """Whether nobody has put anything into this site yet."""
    return not any(db.session.scalar(select(model.id).limit(1)) for model in (Place, Person, Category))


def fill(scale: str, seed: int) -> None:
    """Load one scale with a bar that shows how far it is."""
    hash = hashed(accounts.password())
    label = "正在写入演示数据 Loading demo data"
    with click.progressbar(length=xincheng.steps(scale), label=label) as bar:
        xincheng.load(scale, hash, seed=seed, tick=lambda: bar.update(1))
    statistics.count_anew()


def say_accounts() -> None:
    """The accounts with their one password, short."""
    click.echo(f"演示账号，密码都是 Demo accounts, one password: {accounts.password()}")
    for line in accounts.lines():
        click.echo(line)


@cli.command("load", help="Write the demo data into an empty site.")
@click.option("--scale", type=click.Choice(OFFERED), default="small", show_default=True)
@click.option("--seed", type=int, default=xincheng.SEED, show_default=True, help="Another number, other people.")
def load(scale, seed):
    if not is_empty():
        raise click.ClickException("这个站点里已经有数据了，演示数据只写进空的站点。This site has data already.")
    fill(scale, seed)
    say_accounts()


@cli.command("accounts", help="Say the demo accounts and their password.")
def say():
    if not accounts.is_demo():
        raise click.ClickException("这个站点没有演示数据。There are no demo data in this site.")
    accounts.renew()
    say_accounts()


@cli.command("start", help="What a demo needs when the site starts; then say where the site is.")
def start():
    wanted = current_app.config["DEMO"] == "1" or not current_app.config["DATABASE_URL"]
    if wanted and is_empty():
        fill("small", xincheng.SEED)
    click.echo(f"社区合伙人 Hehuoren: {address()}")
    if accounts.is_demo():
        top_up()
        accounts.renew()
        say_accounts()


def address() -> str:
    """Where a browser on this machine finds the site that is about to start."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    host = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{host}:{port}"
