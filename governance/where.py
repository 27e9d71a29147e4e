"""Where a need is: the place that an address names, and what it lies in."""

from communities.place import Place
from communities.place_names import SAID
from kernel.db import db, seen


def around(place: Place) -> list[Place]:
    """The place itself and what it lies in up to its community, the smallest first."""
    line = list(db.session.scalars(seen(place.line)))
    return [one for one in reversed(line) if one.id == place.id or one.kind in SAID]
