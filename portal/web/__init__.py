"""The pages that show several packages at once."""

from kernel import agenda, slots

from .. import deadlines, permits
from . import calendar_address, navigation, paper_month
from .pages import bp

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register the pages, and the navigation of every page."""
    app.register_blueprint(bp)
    app.register_blueprint(calendar_address.bp)
    for source in deadlines.SOURCES:
        agenda.register(source)
    slots.fill("people.row", paper_month.of_row)
    app.context_processor(navigation.links)
