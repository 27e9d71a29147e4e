"""Pages of building assignments."""

from kernel import agenda as calendars

from ...assignments import agenda, ledger, permits, sweep  # noqa: F401  the rules come before the views that name them
from . import imports, pages, telling


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    for blueprint in (pages.coverage_bp, pages.buildings_bp, pages.assignments_bp, imports.bp):
        app.register_blueprint(blueprint)
    telling.set_up()
    ledger.set_up()
    for source in agenda.SOURCES:
        calendars.register(source)
