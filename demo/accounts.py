"""The demo accounts: whether this site is a demo, and the one password of all of them."""

import os
import secrets
from pathlib import Path

from flask import current_app
from sqlalchemy import select, update

from communities.account import Account
from kernel.db import db, seen
from kernel.passwords import fits, hashed
from kernel.work import work

from .cast import ROLES

LETTERS = "abcdefghjkmnpqrstuvwxyz"  # no i, l, o: they look like figures on paper
LENGTH = 10


def is_demo() -> bool:
    """Whether demo data are loaded: user names that people choose are phone numbers, so `volunteer` is ours."""
    return Account.named(next(iter(ROLES))) is not None


def password() -> str:
    """`DEMO_PASSWORD`, else one that is made once and kept in the instance folder for its owner to read."""
    if given := current_app.config["DEMO_PASSWORD"]:
        return given
    path = Path(current_app.instance_path) / "demo_password"
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))
    except FileExistsError:
        pass
    return path.read_text().strip()


def renew() -> None:
    """Let all demo accounts open with the password of now, where another one was set at the load."""
    account = Account.named(next(iter(ROLES)))
    if account and not fits(account.password_hash, password()):
        mine = Account.username.in_(ROLES)
        hash = hashed(password())
        with work() as session:
            session.execute(update(Account).where(mine).values(password_hash=hash))


def lines() -> list[str]:
    """User name, person and role of every demo account, for the terminal."""
    names = seen(select(Account).where(Account.username.in_(ROLES)))
    there = {account.username: account.person.name for account in db.session.scalars(names)}
    return [f"  {name:16}{there[name]}  {role}" for name, (*_, role) in ROLES.items() if name in there]
