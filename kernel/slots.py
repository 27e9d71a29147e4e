"""Slots: a page shows a later package's things without knowing that package."""

from collections import defaultdict
from collections.abc import Callable

from markupsafe import Markup

FILLED: dict[str, list[Callable]] = defaultdict(list)


def fill(name: str, function: Callable) -> None:
    """Register what a slot shows: a function from the subject to HTML (or nothing)."""
    if function not in FILLED[name]:
        FILLED[name].append(function)


def slot(name: str, *subject) -> Markup:
    """All that later packages have to say here, in the order of registration; the templates' word."""
    return Markup("").join(Markup(shown) for function in FILLED[name] if (shown := function(*subject)))
