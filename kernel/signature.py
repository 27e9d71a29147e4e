"""Signatures that anybody can check without this site: Ed25519 over a line of text, with a key of this site.

The key is made from the secret of the configuration. Its public half is a row as soon as it signs, and stays one: what
was printed under an older key can still be checked, and says by the id of the key which one that is.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .db import Model, Moment, db
from .receipt import INSERT

ID = 8  # signs of the id of a key


class SigningKey(Model):
    """The public half of a key that has signed here; never removed."""

    __tablename__ = "signing_key"

    id: Mapped[str] = mapped_column(String(ID), primary_key=True)
    public: Mapped[str] = mapped_column(String(44))
    since: Mapped[Moment]

    @classmethod
    def listed(cls) -> Select:
        """All, the newest first."""
        return select(cls).order_by(cls.since.desc())

    @property
    def pem(self) -> str:
        """As other programs read it."""
        key = Ed25519PublicKey.from_public_bytes(plain(self.public))
        return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def private() -> Ed25519PrivateKey:
    """The key of this site: the same secret is the same key on every machine."""
    return Ed25519PrivateKey.from_private_bytes(sha256(current_app.config["CERTIFICATE_KEY"].encode()).digest())


def public() -> tuple[str, str]:
    """The id of the key of this site, and its public half."""
    raw = private().public_key().public_bytes_raw()
    return sha256(raw).hexdigest()[:ID], written(raw)


def sign(text: str) -> tuple[str, str]:
    """Sign a line inside `work()`: the id of the key, and 86 signs of signature."""
    id, half = public()
    insert = INSERT[db.engine.dialect.name](SigningKey).values(id=id, public=half, since=clock.now())
    db.session.execute(insert.on_conflict_do_nothing())
    return id, written(private().sign(text.encode()))


def fits(text: str, signature: str, half: str) -> bool:
    """Whether this signature was made over this text by the key with this public half."""
    try:
        Ed25519PublicKey.from_public_bytes(plain(half)).verify(plain(signature), text.encode())
    except (InvalidSignature, ValueError, Error):
        return False
    return True


def signer(text: str, signature: str) -> SigningKey | None:
    """The key of this site, of today or earlier, that signed this text."""
    return next((key for key in db.session.scalars(SigningKey.listed()) if fits(text, signature, key.public)), None)


def written(raw: bytes) -> str:
    """Bytes as letters, digits, - and _."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def plain(text: str) -> bytes:
    """The bytes again. Raises `ValueError`."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
