"""Passwords: argon2id in the profile of the configuration; the same time whether or not there is an account."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app


@cache
def hasher(time_cost: int, memory_cost: int, parallelism: int) -> PasswordHasher:
    """One hasher for each profile."""
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)


def current() -> PasswordHasher:
    """The hasher of this application."""
    profile = {"parallelism": 1} | current_app.config["ARGON2"]
    return hasher(**profile)


@cache
def nobodys_hash(maker: PasswordHasher) -> str:
    """A hash that belongs to no account: verifying against it takes as long as against a real one."""
    return maker.hash("nobody")


def hashed(password: str) -> str:
    """The hash to store."""
    return current().hash(password)


def fits(stored: str | None, password: str) -> bool:
    """Whether the password belongs to this hash; without a hash it takes as long and is false."""
    maker = current()
    try:
        maker.verify(stored or nobodys_hash(maker), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def outdated(stored: str) -> bool:
    """Whether the hash was made with another profile."""
    return current().check_needs_rehash(stored)
