"""The pages of this package."""

from .. import ledgers, losing, permits, sweep  # noqa: F401
from . import desks, pages, panels, speech

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    speech.set_up()
    desks.set_up()
    panels.set_up()
    ledgers.set_up()
