"""A mail server of our own on a free port: it speaks SMTP, keeps what it is given, and refuses whom it is told to."""

from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What has arrived (`letters`, with the envelope in `rcpt`), and whose mail is refused."""

    def __init__(self):
        self.letters: list[EmailMessage] = []
        self.rcpt: list[list[str]] = []
        self.raw: list[bytes] = []
        self.refused: set[str] = set()
        self.asked = 0

    async def handle_RCPT(self, _server, _session, envelope: Any, address: str, _options):  # noqa: N802
        """Whether somebody of this address is here."""
        self.asked += 1
        if address in self.refused:
            return "550 5.1.1 nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope: Any):  # noqa: N802
        """Keep it."""
        self.raw.append(envelope.original_content)
        self.letters.append(message_from_bytes(envelope.original_content, policy=SMTP))  # type: ignore[arg-type]
        self.rcpt.append(list(envelope.rcpt_tos))
        return "250 OK"

    def calendars(self) -> list[bytes]:
        """The calendar entries of the letters, as readers of mail take them."""
        return [calendar_of(letter) for letter in self.letters]

    def clear(self) -> None:
        """Forget what has arrived."""
        self.letters, self.rcpt, self.raw, self.asked = [], [], [], 0


class OnFreePort(Controller):
    """aiosmtpd tries whether it answers at the port it was given, and it was given none."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def calendar_of(letter: EmailMessage) -> bytes:
    """The entry that stands beside the words of a letter."""
    [part] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


@contextmanager
def serving():
    """A mail server and its (host:port) until the block ends."""
    mailbox = Mailbox()
    controller = OnFreePort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield mailbox, f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()
