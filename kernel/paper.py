"""What is printed leads back to the site: addresses and their QR codes."""

from functools import lru_cache

from flask import current_app, request, url_for
from markupsafe import Markup
from segno import make


def site_url() -> str:
    """Where this site is reached: as configured, else as it was asked for."""
    return (current_app.config["SITE_URL"] or request.host_url).rstrip("/")


def whole_url(endpoint: str, **keys) -> str:
    """The address of a page as it stands on paper."""
    return site_url() + url_for(endpoint, **keys)


@lru_cache(500)
def qr(text: str) -> Markup:
    """A QR code as a drawing for the page; its size is the style sheet's."""
    drawing = make(text, error="m").svg_inline(scale=5, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return Markup(drawing)
