"""`flask import …`: sheets into the site from the command line, with the same checks as on the screen."""

from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from kernel.sheets import NotImportable
from kernel.work import Refusal, work

from . import holiday_notice, place_import, place_plan, place_sheet

cli = AppGroup("import", help="Import places and holidays.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 100  # problems


def give_up(message, problems=()) -> NoReturn:
    """Say what is wrong, row by row, and end with an error."""
    for problem in problems[:SHOWN]:
        click.echo(f"第 {problem.row} 行 · {problem.column}：{problem.message}", err=True)
    raise click.ClickException(str(message))


@cli.command("places", help="Import places from an Excel or CSV file: all rows or none.")
@click.argument("file", type=FILE)
def import_places(file):
    try:
        taken = place_sheet.take(file.read_bytes(), file.name)
        if problems := place_plan.plan(taken).problems:
            give_up(NotImportable(count=len(problems)), problems)
        with work():
            done = place_import.carry_out(taken, by=None)
    except Refusal as refusal:
        give_up(refusal)
    click.echo(f"新增 {len(done.new)}，更新 {len(done.changed)}，没有变化 {done.unchanged}。")


@cli.command("calendar-days", help="Take over the holidays and worked weekends of a year, as published.")
@click.argument("year", type=click.IntRange(2000, 2100))
def import_calendar_days(year):
    notice = holiday_notice.published(year)
    if not notice.days:
        give_up(f"{year} 年的放假安排还没有公布；公布前按周一到周五算工作日。")
    with work():
        done = holiday_notice.carry_out(notice, by=None)
    click.echo(f"{year} 年：新增 {len(done.new)} 天，更新 {len(done.changed)} 天，没有变化 {done.unchanged} 天。")
