"""The pages that show several packages at once."""

from kernel import agenda

from .. import deadlines, permits
from . import calendar_address, navigation
from .pages import bp

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register the pages, and the navigation of every page."""
    app.register_blueprint(bp)
    app.register_blueprint(calendar_address.bp)
    for source in deadlines.SOURCES:
        agenda.register(source)
    app.context_processor(navigation.links)
