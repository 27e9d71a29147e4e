"""Commands about the mechanism itself."""

import click

from .permits import RULES


@click.command("permits", help="Print who may do what: every action with the reasons that allow it.")
def show_permits():
    width = max(map(len, RULES), default=0)
    for action in sorted(RULES):
        click.echo(f"{action:{width}}  {', '.join(reason.__name__ for reason in RULES[action])}")
