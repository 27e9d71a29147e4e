"""Pages of hours and certificates."""

from ...hours import audit, basics, correction, record  # noqa: F401


def set_up(app) -> None:
    """Register its addresses, and what it tells the kernel."""
    audit.set_up()
