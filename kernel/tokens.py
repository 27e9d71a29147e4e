"""Tokens: at least 128 bits, stored as hashes; short codes and guessable words are keyed with the site's secret."""

import hmac
import secrets
from hashlib import sha256

from flask import current_app


def new_token() -> str:
    """192 random bits for a URL or a cookie."""
    return secrets.token_urlsafe(24)


def new_digits(count: int = 8) -> str:
    """A code to type, printed on paper."""
    return f"{secrets.randbelow(10**count):0{count}d}"


def token_hash(token: str) -> str:
    """What is stored of a token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed(*words: str) -> str:
    """What is stored of something guessable: it says nothing without the site's secret."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.new(secret, "\x1f".join(words).encode("utf-8", "replace"), sha256).hexdigest()
