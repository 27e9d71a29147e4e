"""Mail: plain text, and a calendar entry where there is one, sent by a server of the configuration."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from email.utils import format_datetime, parseaddr
from smtplib import SMTP
from time import monotonic

from flask import current_app

from . import clock
from .text import clean_line

SECONDS = 20
AWAY = 60  # seconds for which a server that did not answer is not asked again: hundreds of letters may wait in a row
POLICY = WIRE.clone(cte_type="7bit")  # any server passes it on unchanged, and it is as wide as the standard wants


class NoAddress(OSError):
    """What was given as an address is none: nothing can be sent there."""


class ServerAway(OSError):
    """The server did not answer a moment ago."""


def is_configured() -> bool:
    """Whether there is a server to send with, and an address to send from."""
    return bool(current_app.config["MAIL_SERVER"] and current_app.config["MAIL_FROM"])


def site_link(path: str) -> str:
    """The address of a page of this site in a message, which no browser has asked for."""
    return current_app.config["SITE_URL"].rstrip("/") + path


def address(spec: str, name: str = "") -> Address:
    """One address as a header holds it, with the name of whoever has it. Raises `NoAddress` for what is none."""
    try:
        return Address(clean_line(name), addr_spec=spec)
    except (MessageError, ValueError, IndexError) as error:
        raise NoAddress from error


def sender(name: str = "") -> Address:
    """Who writes: the configured address, under this name or its own."""
    own, spec = parseaddr(current_app.config["MAIL_FROM"])
    return address(spec, name or own)


def message(to: str, subject: str, text: str, *, name: str = "") -> EmailMessage:
    """A letter that nobody wrote by hand; `name` is who sends it. Raises `NoAddress`."""
    letter = EmailMessage(policy=POLICY)
    letter["From"], letter["To"], letter["Subject"] = sender(name), address(to), clean_line(subject)
    letter["Date"] = format_datetime(clock.now())
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: whoever is on holiday does not answer it
    letter.set_content(text)
    return letter


def add_calendar(letter: EmailMessage, calendar: bytes, method: str) -> None:
    """The entry as the other way to read the same letter, and as a file for readers that know no such way."""
    text = calendar.decode()
    letter.add_alternative(text, subtype="calendar", charset="utf-8", cte="base64", params={"method": method})
    letter.add_attachment(calendar, maintype="application", subtype="ics", filename="invite.ics")


def send(to: str, subject: str, text: str) -> None:
    """Send one message now; raises `OSError` (an `SMTPException` is one) when it was not taken."""
    post(message(to, subject, text))


def post(letter: EmailMessage) -> None:
    """Give a letter to the server now; raises `OSError` when it was not taken."""
    config = current_app.config
    with connected(config["MAIL_SERVER"]) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        server.send_message(letter)


def connected(name: str) -> SMTP:
    """A connection to a server, “host:port”; one that did not answer is left alone for a minute."""
    away = current_app.extensions.setdefault("mail_away", {})
    if monotonic() < away.get(name, 0):
        raise ServerAway
    host, _, port = name.partition(":")
    try:
        return SMTP(host, int(port or 25), timeout=SECONDS)
    except OSError:
        away[name] = monotonic() + AWAY
        raise
