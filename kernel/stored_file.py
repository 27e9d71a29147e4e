"""Stored files: scans that were uploaded and are kept as rows, so that several machines serve the same ones.

A file is reached through the thing that it belongs to and by nobody who may not see that thing.
"""

from hashlib import sha256
from io import BytesIO
from typing import Any

from flask import Response, send_file
from sqlalchemy import LargeBinary, Select, String, false, select
from sqlalchemy.orm import Mapped, mapped_column

from . import clock, scan
from .choice import stored
from .db import Id, Model, Moment, db
from .privacy import kept

DAYS = 3650  # what was signed is kept as long as somebody may ask for the proof
HOUR = 3600  # seconds
POLICY = "default-src 'none'; sandbox"  # whatever is in it, nothing of it runs


class StoredFile(Model):
    """One scan as it came: its bytes are read only when somebody takes it along."""

    __tablename__ = "stored_file"
    __private__ = True

    id: Mapped[Id] = mapped_column(info=kept("to refer to", DAYS))
    name: Mapped[str] = mapped_column(String(120), info=kept("to know it again", DAYS))
    kind: Mapped[scan.Kind] = mapped_column(stored(scan.Kind), info=kept("how it is opened", DAYS))
    size: Mapped[int] = mapped_column(info=kept("how long it takes to load", DAYS))
    sha256: Mapped[str] = mapped_column(String(64), info=kept("to prove that it is unchanged", DAYS))
    payload: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=kept("to prove what was agreed", DAYS))
    at: Mapped[Moment] = mapped_column(default=clock.now, info=kept("when it was uploaded", DAYS))

    @classmethod
    def seen_by(cls, person) -> Select:
        """By itself by nobody: it is loaded with what it belongs to."""
        return select(cls).where(false())

    @classmethod
    def keep(cls, found: scan.Scan) -> "StoredFile":
        """A new file, inside `work()`."""
        file = cls(**cls.facts(found))
        db.session.add(file)
        db.session.flush()
        return file

    @staticmethod
    def facts(found: scan.Scan) -> dict[str, Any]:
        """What its row says of it."""
        digest = sha256(found.data).hexdigest()
        facts = {"name": found.name, "kind": found.kind, "size": len(found.data), "sha256": digest}
        return facts | {"payload": found.data}

    @property
    def measure(self) -> str:
        """Its size as people know it: “48 KB”, “1.3 MB”."""
        small = self.size < scan.MEGABYTE
        return f"{-(-self.size // 1024)} KB" if small else f"{self.size / scan.MEGABYTE:.1f} MB"

    def answer(self) -> Response:
        """The answer that saves it: never shown inside a page, never guessed at, never kept on the way."""
        response = send_file(BytesIO(self.payload), self.kind.value, as_attachment=True, download_name=self.name)
        return harmless(response, "no-store")

    def picture(self, *, public: bool) -> Response:
        """The answer that shows a photo that this site made inside a page; what everybody sees is kept for an hour.

        No longer: whoever takes a consent back does not wait for caches.
        """
        response = send_file(BytesIO(self.payload), scan.Kind.JPEG.value, etag=self.sha256)
        return harmless(response, f"public, max-age={HOUR}, immutable" if public else "private, no-store")


def harmless(response: Response, kept: str) -> Response:
    """With the headers by which nothing of it runs, nothing is guessed at, and it is kept as long as it says."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = kept
    return response
