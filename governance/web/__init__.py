"""The pages of this package."""

from .. import ledgers, losing, permits, personal, sweep  # noqa: F401
from . import desks, need_imports, pages, panels, speech

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(need_imports.bp)
    speech.set_up()
    desks.set_up()
    panels.set_up()
    ledgers.set_up()
    personal.set_up()
