"""Forty people with browsers of their own who press the same button at the same moment, over HTTP."""

import http.client
from collections import Counter
from dataclasses import dataclass, field
from threading import Barrier, Lock, Thread
from time import monotonic
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

PATIENCE = 30  # seconds


class Browser:
    """One person's cookie and connection."""

    def __init__(self, url: str, cookie: str, token: str):
        self.url, self.cookie, self.token = url, cookie, token

    def press(self, path: str, key: str | None = None, **typed: str) -> int:
        """Send a form with its token, its key and what was typed, over a connection of its own; the status."""
        place = urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=PATIENCE)
        headers = {"Cookie": f"hehuo={self.cookie}", "Content-Type": "application/x-www-form-urlencoded"}
        fields = {"csrf_token": self.token, "key": key or uuid4().hex, **typed}
        try:
            connection.request("POST", path, urlencode(fields), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


@dataclass
class Rush:
    """What came of everybody pressing at once: how often which status, and the slowest wait in seconds."""

    statuses: Counter = field(default_factory=Counter)
    slowest: float = 0.0
    mutex: Lock = field(default_factory=Lock)

    def add(self, status: int, seconds: float) -> None:
        """One answer."""
        with self.mutex:
            self.statuses[status] += 1
            self.slowest = max(self.slowest, seconds)


def rush(presses: list[tuple[Browser, str]], key: str | None = None, **typed: str) -> Rush:
    """Let everybody press his button (the path of its form) at the same moment; with `key` it is the same form."""
    start, seen = Barrier(len(presses)), Rush()

    def run(browser: Browser, path: str) -> None:
        start.wait()
        begun = monotonic()
        try:
            status = browser.press(path, key, **typed)
        except (OSError, http.client.HTTPException):
            status = 599
        seen.add(status, monotonic() - begun)

    threads = [Thread(target=run, args=press) for press in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen
