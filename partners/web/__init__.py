"""The pages of this package."""

from .. import agreement_ledger, agreement_sweep, booking_sweep, ledgers, permits, sweep  # noqa: F401  rules first
from . import agreement_pages, agreement_telling, desks, pages, panels, speech

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(agreement_pages.bp)
    speech.set_up()
    desks.set_up()
    panels.set_up()
    ledgers.set_up()
    agreement_ledger.set_up()
    agreement_telling.set_up()
