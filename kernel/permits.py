"""Who may do what: one table from action to named reasons; any reason suffices, none means no."""

from collections.abc import Callable
from typing import Any

from flask import g

Reason = Callable[[Any, Any], bool]
RULES: dict[str, list[Reason]] = {}


def rules(table: dict[str, list[Reason]]) -> None:
    """Add a package's table. An action has one home."""
    twice = RULES.keys() & table.keys()
    if any(RULES[action] is not table[action] for action in twice):
        raise ValueError(f"defined twice: {sorted(twice)}")
    RULES.update(table)


def anyone(person, subject) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(person, subject) -> bool:
    """Whoever has an account here."""
    return person.id is not None


def allowed(person, action: str, subject=None) -> bool:
    """Whether any reason lets this person do this to the subject. An unknown action is a bug."""
    return any(reason(person, subject) for reason in RULES[action])


def may(action: str, subject=None) -> bool:
    """`allowed` for the one who asks; the templates' word."""
    return allowed(g.person, action, subject)


def check(app) -> None:
    """Refuse to start a site with a view that names no rule: what nobody allowed is a bug, not a page."""
    missing = {view.permit for view in app.view_functions.values() if hasattr(view, "permit")} - RULES.keys()
    if missing:
        raise LookupError(f"no rule for {sorted(missing)}")
