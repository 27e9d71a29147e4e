"""What is kept about people says why and for how long."""

from typing import Any


def kept(purpose: str, days: int = 730, *, sensitive: bool = False) -> dict[str, Any]:
    """The `info` of a column about a person: what it is for, and how many days it is kept after the person left."""
    return {"purpose": purpose, "retention_days": days, "sensitive": sensitive}
