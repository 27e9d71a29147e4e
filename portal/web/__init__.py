"""The pages that show several packages at once."""

from .. import permits
from . import navigation
from .pages import bp

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register the pages, and the navigation of every page."""
    app.register_blueprint(bp)
    app.context_processor(navigation.links)
