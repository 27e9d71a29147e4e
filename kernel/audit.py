"""`flask audit`: what is stored is computed again from the rows it rests on; every difference is named (P8)."""

from collections.abc import Callable, Iterable
from typing import Any

import click

CHECKS: dict[str, Callable[[], Iterable[Any]]] = {}


def register(name: str, check: Callable[[], Iterable[Any]]) -> None:
    """Add a check: a function that gives a sentence for each difference. Registering it again replaces it."""
    CHECKS[name] = check


@click.command("audit", help="Compute counters, hours and certificates again; name every difference, and end with 1.")
@click.argument("names", nargs=-1)
def audit(names):
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise click.ClickException(f"no check {', '.join(unknown)}; there are: {', '.join(sorted(CHECKS))}")
    wrong = 0
    for name in names or sorted(CHECKS):
        found = list(map(str, CHECKS[name]()))
        for sentence in found:
            click.echo(f"✗ {name}: {sentence}")
        if not found:
            click.echo(f"✓ {name}")
        wrong += len(found)
    if wrong:
        raise SystemExit(1)
