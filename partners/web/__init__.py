"""The pages of this package."""

from .. import agreement_ledger, agreement_sweep, booking_sweep, incubation_ledger, ledgers, permits, sweep  # noqa: F401
from . import (
    agreement_pages,
    agreement_telling,
    desks,
    incubation_pages,
    incubation_telling,
    pages,
    panels,
    partner_imports,
    resource_pages,
    resource_telling,
    speech,
)

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(agreement_pages.bp)
    app.register_blueprint(incubation_pages.bp)
    app.register_blueprint(partner_imports.bp)
    speech.set_up()
    desks.set_up()
    panels.set_up()
    ledgers.set_up()
    agreement_ledger.set_up()
    agreement_telling.set_up()
    incubation_ledger.set_up()
    incubation_telling.set_up()
    for blueprint in resource_pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    resource_telling.set_up()
