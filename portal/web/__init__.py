"""The pages that show several packages at once."""

from communities.place import metres, minutes

from .. import permits
from . import navigation
from .pages import bp

__all__ = ["permits", "set_up", "walking"]


def walking(row, home) -> tuple[int, int] | None:
    """(minutes, metres) on foot from home; None where one of the two has no coordinates."""
    far = metres(row, home) if home is not None else None
    return None if far is None else (minutes(far), far)


def set_up(app) -> None:
    """Register the pages, and the navigation of every page."""
    app.register_blueprint(bp)
    app.context_processor(navigation.links)
    app.jinja_env.globals["walking"] = walking
