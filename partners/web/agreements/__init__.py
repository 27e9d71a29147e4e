"""Pages of agreements."""

from . import pages, telling


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    app.register_blueprint(pages.bp)
    telling.set_up()
