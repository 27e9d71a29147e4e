"""The pages of this package."""

from kernel import agenda as calendars

# what a partner gives back with its right, and with time
from .. import agenda, ledgers, losing, permits, personal, sweep  # noqa: F401
from . import adoption_pages, desks, pages, panels, project_imports, speech

__all__ = ["permits", "set_up"]


def set_up(app) -> None:
    """Register its blueprints, and what it tells the kernel."""
    app.register_blueprint(pages.bp)
    app.register_blueprint(pages.photos_bp)
    app.register_blueprint(pages.adoptions_bp)
    for blueprint in adoption_pages.blueprints:
        app.register_blueprint(blueprint)
    app.register_blueprint(pages.in_kind_bp)
    app.register_blueprint(pages.participations_bp)
    app.register_blueprint(project_imports.bp)
    for source in agenda.SOURCES:
        calendars.register(source)
    ledgers.set_up()
    speech.set_up()
    personal.set_up()
    desks.set_up()
    panels.set_up()
