"""Look at answers: a client that keeps requests apart, and the part of a page that an htmx answer replaces."""

import re
from contextvars import Context
from html.parser import HTMLParser

from flask import has_app_context
from flask.testing import FlaskClient

from kernel.db import db

HTMX = {"HX-Request": "true"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TOKEN = re.compile(r"""\bname=["']?(csrf_token|key)\b""")


class Visitor(FlaskClient):
    """A browser without script. Each request has its own context, and what the test had read is read anew after it."""

    def open(self, *args, **kwargs):
        if has_app_context():
            db.session.rollback()
        return Context().run(super().open, *args, **kwargs)

    def run_wsgi_app(self, environ, buffered=False):
        try:
            return super().run_wsgi_app(environ, buffered)
        finally:
            environ["wsgi.input"].close()  # a large upload lies in a file, and nobody else closes it


def part(response, id: str) -> str:
    """The HTML of the one element with this id, the values of its csrf_token and key fields blanked."""
    parser = Part(id)
    parser.feed(response.get_data(as_text=True))
    parser.close()
    assert parser.found == 1, f"{parser.found} elements with the id {id!r}"
    return "".join(parser.text)


class Part(HTMLParser):
    """Keeps the source text between the start and the end of the element with this id."""

    def __init__(self, id: str):
        super().__init__(convert_charrefs=False)
        self.id, self.text, self.found, self.depth = id, [], 0, 0

    def handle_starttag(self, tag, attributes):
        if dict(attributes).get("id") == self.id:
            self.found += 1
        elif not self.depth:
            return
        source = self.get_starttag_text() or ""
        if tag == "input" and TOKEN.search(source):
            source = re.sub(r"""\bvalue=("[^"]*"|'[^']*')""", 'value=""', source)
        self.text.append(source)
        self.depth += tag not in VOID

    def handle_startendtag(self, tag, attributes):
        before = self.depth
        self.handle_starttag(tag, attributes)
        self.depth = before

    def handle_endtag(self, tag):
        self.keep(f"</{tag}>")
        self.depth = max(self.depth - 1, 0)

    def handle_data(self, data):
        self.keep(data)

    def handle_entityref(self, name):
        self.keep(f"&{name};")

    def handle_charref(self, name):
        self.keep(f"&#{name};")

    def keep(self, source):
        if self.depth:
            self.text.append(source)
