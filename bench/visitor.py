"""A browser as simple as can be: keeps its cookies, finds the tokens of a form, times its requests."""

import re
import time
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode

IDLE = 1.5  # seconds; gunicorn keeps a quiet connection for two


class Answer(NamedTuple):
    """What came back, and how long it took."""

    status: int
    body: str
    ms: float
    statements: int
    etag: str = ""


class Visitor:
    """One keep-alive connection with its cookies."""

    def __init__(self, port: int):
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.asked = 0.0

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, **headers: str) -> Answer:
        """One request; `fields` make a form of it."""
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = urlencode(fields) if fields is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if time.monotonic() - self.asked > IDLE:  # the server has closed a connection that was quiet
            self.connection.close()
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        self.asked = time.monotonic()
        data = response.read()
        ms = (time.perf_counter() - began) * 1000
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        statements = int(response.headers.get("X-Statements", 0))
        etag = response.headers.get("ETag", "")
        return Answer(response.status, data.decode("utf-8", "replace"), ms, statements, etag)

    def form(self, path: str) -> tuple[dict[str, str], str]:
        """The tokens of the first form of a page that has a key, and the page."""
        page = self.ask("GET", path).body
        tags = {name: re.search(rf'<input[^>]*name="{name}"[^>]*>', page) for name in ("csrf_token", "key")}
        values = {name: re.search(r'value="([^"]*)"', tag[0]) for name, tag in tags.items() if tag}
        return {name: value[1] for name, value in values.items() if value}, page

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as an account of the demo."""
        fields, _page = self.form("/sign-in")
        answer = self.ask("POST", "/sign-in", fields | {"username": username, "password": password})
        if answer.status != 303:
            raise RuntimeError(f"sign-in of {username} answered {answer.status}")
