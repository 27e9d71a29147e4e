"""Pages of resources and bookings."""

from . import pages, telling


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    telling.set_up()
