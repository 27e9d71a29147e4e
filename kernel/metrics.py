"""Counters for the operator: requests by route and status, and their seconds."""

from time import perf_counter

from flask import g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from .logs import route

registry = CollectorRegistry()
REQUESTS = Counter("hehuo_requests", "Requests", ["method", "route", "status"], registry=registry)
SECONDS = Histogram("hehuo_request_seconds", "Seconds a request", ["route"], registry=registry)


def count(response):
    """Count this request."""
    REQUESTS.labels(request.method, route(), response.status_code).inc()
    SECONDS.labels(route()).observe(perf_counter() - g.get("began", perf_counter()))
    return response


def text() -> bytes:
    """All counters in Prometheus' text format."""
    return generate_latest(registry)
