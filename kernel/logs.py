"""Logs: one line of JSON a request, without personal data: the route, never the path, the query or a name."""

import logging
import sys
from time import perf_counter
from uuid import uuid4

import structlog
from flask import g, request

PRIVATE = {"name", "phone", "token", "password", "path", "query", "email", "address"}
log = structlog.get_logger()


def drop_private(_logger, _method, event):
    """Whatever somebody logs by mistake under these names does not reach the file."""
    return {key: value for key, value in event.items() if key not in PRIVATE}


def set_up(app) -> None:
    """Send everything to stderr as JSON; tests stay silent."""
    level = logging.ERROR if app.testing else logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_private,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=not app.testing,
    )


def begin() -> None:
    """Note when this request began, and name it."""
    g.began = perf_counter()
    g.request_id = uuid4().hex[:16]


def route() -> str:
    """The pattern of the address, which holds no id and no token."""
    return str(request.url_rule) if request.url_rule else "(none)"


def note(response):
    """One line for the request that ends here."""
    seconds = perf_counter() - g.get("began", perf_counter())
    log.info(
        "request",
        id=g.get("request_id"),
        method=request.method,
        route=route(),
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        person=getattr(g.get("person"), "id", None) if "person" in g else None,
    )
    return response
