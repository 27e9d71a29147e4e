"""Pages of attendance."""

from kernel import waiting

from . import calls, codes, desk, door, lists, moves, papers, walk_ins


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    for module in (calls, codes, door, lists, moves, papers, walk_ins):
        app.register_blueprint(module.bp)
    app.register_blueprint(papers.slips)
    waiting.register(desk.DESK)
