"""Mail: plain text, sent by a server of the configuration; without one nothing is sent."""

from email.message import EmailMessage
from smtplib import SMTP

from flask import current_app

SECONDS = 20


def is_configured() -> bool:
    """Whether there is a server to send with."""
    return bool(current_app.config["MAIL_SERVER"])


def site_link(path: str) -> str:
    """The address of a page of this site in a message, which no browser has asked for."""
    return current_app.config["SITE_URL"].rstrip("/") + path


def send(to: str, subject: str, text: str) -> None:
    """Send one message now; raises `OSError` (an `SMTPException` is one) when it was not taken."""
    config = current_app.config
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = config["MAIL_FROM"], to, subject
    message.set_content(text)
    host, _, port = config["MAIL_SERVER"].partition(":")
    with SMTP(host, int(port or 25), timeout=SECONDS) as server:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls()
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        server.send_message(message)
