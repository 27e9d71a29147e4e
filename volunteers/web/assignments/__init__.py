"""Pages of building assignments."""

from kernel import agenda as calendars

from ...assignments import agenda, compound_agenda, ledger, permits, sweep  # noqa: F401  rules come before views
from . import imports, pages, telling


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    for blueprint in (pages.coverage_bp, pages.buildings_bp, pages.compounds_bp, pages.assignments_bp, imports.bp):
        app.register_blueprint(blueprint)
    telling.set_up()
    ledger.set_up()
    for source in (*agenda.SOURCES, *compound_agenda.SOURCES):
        calendars.register(source)
