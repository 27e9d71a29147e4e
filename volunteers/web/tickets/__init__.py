"""Pages of residents' tickets."""

from kernel import agenda as calendars
from kernel import waiting

from ...tickets import agenda, permits, sweep  # noqa: F401  the rules come before the views that name them
from . import desk, pages, telling


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    telling.set_up()
    waiting.register(desk.DESK)
    for source in agenda.SOURCES:
        calendars.register(source)
