"""The pages of this package."""

from kernel import agenda as calendars

from .. import agenda, announced, leaving, ledgers, permits, personal, renewal_day, sweep  # noqa: F401
from ..agreements import ledger as agreement_ledger
from ..agreements import sweep as agreement_sweep  # noqa: F401
from ..incubations import agenda as incubation_agenda
from ..incubations import ledger as incubation_ledger
from ..resources import booking_sweep  # noqa: F401
from . import agreements, desks, incubations, pages, panels, partner_imports, resources, speech

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    for blueprint in (*pages.BLUEPRINTS, partner_imports.bp):
        app.register_blueprint(blueprint)
    speech.set_up()
    desks.set_up()
    panels.set_up()
    for source in (*agenda.SOURCES, *announced.SOURCES, *renewal_day.SOURCES, *incubation_agenda.SOURCES):
        calendars.register(source)
    ledgers.set_up()
    personal.set_up()
    leaving.set_up()
    agreement_ledger.set_up()
    incubation_ledger.set_up()
    for area in (agreements, incubations, resources):
        area.set_up(app)
