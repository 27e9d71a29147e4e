"""Measure floor and pages alternately in one run; print the table and keep it in docs/performance.md."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from .demo import PASSWORD, built, first
from .pages import Claim, Page, in_turn
from .server import serving
from .visitor import Visitor

ROUNDS = 7
FLOOR = {"hello": "/hello", "hello through Jinja": "/jinja", "50 of 2,000 rows": "/rows"}
BASE = "50 of 2,000 rows"
RECORD = Path("docs/performance.md")
MARK = "<!-- measured by bench/run: everything below is rewritten -->\n"


def main() -> None:
    """Build what is missing, measure, report."""
    options = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    options.add_argument("--scales", default="small,district", help="small,district,city")
    options.add_argument("--keep", default="instance/bench", help="where the databases of the scales are kept")
    given = options.parse_args()
    with ExitStack() as stack:
        floor = stack.enter_context(tempfile.TemporaryDirectory())
        server = stack.enter_context(serving("bench.floor:create_app()", {"FLOOR": f"{floor}/floor.sqlite"}))
        pages = [Page(name, server, Visitor(server.port), path) for name, path in FLOOR.items()]
        for scale in given.scales.split(","):
            pages += site_pages(stack, scale, built(scale, Path(given.keep)))
        for number in in_turn(pages, ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
        report(table(pages))


def site_pages(stack: ExitStack, scale: str, environment: dict[str, str]) -> list[Page]:
    """Our pages at this scale: lists, detail, feed; what a committee opens; who comes and who came; a claim."""
    server = stack.enter_context(serving("bench.site:create_app()", environment))
    stranger, volunteer, committee = (Visitor(server.port) for _person in range(3))
    volunteer.sign_in("volunteer", PASSWORD)
    committee.sign_in("committee", PASSWORD)
    venue = first(stranger, "/resources/?sort=venue", r'href="?(/resources/\d+)')
    project = first(stranger, "/projects/", r'href="?(/projects/\d+)')
    running = first(stranger, "/projects/?stage=running", r'href="?(/projects/\d+)')
    paths = {
        "home": ("/", volunteer),
        "list of shifts": ("/shifts/", volunteer),
        "shift": (first(volunteer, "/shifts/", r'href="?(/shifts/\d+)'), volunteer),
        "list of projects": ("/projects/", stranger),
        "project": (project, stranger),
        "list of partners": ("/partners/", stranger),
        "partner": (first(stranger, "/partners/", r'href="?(/partners/\d+)'), stranger),
        "list of services": ("/services/", stranger),
        "list of resources": ("/resources/", stranger),
        "resource": (venue, stranger),
        "week of a resource": (f"{venue}/week", stranger),
        "feed": (first(volunteer, "/me", r'(/calendar/[^"]+\.ics)"'), volunteer),
        "to do today": ("/today", committee),
        "applications": ("/partners/applications", committee),
        "agreements": ("/agreements/", committee),
        "incubator": ("/incubations/board", committee),
        "bookings": ("/bookings/?side=lent", committee),
        "hall": ("/projects/hall", stranger),
        "solved": ("/projects/solved", stranger),
        "adoption": (first(stranger, running, r'href="?(/adoptions/\d+)'), stranger),
        "public matters": ("/needs/public", stranger),
        "needs": ("/needs/", committee),
        "need": (first(committee, "/needs/", r'href="?(/needs/\d+)'), committee),
        "desk of projects": ("/projects/desk", committee),
    } | volunteering(volunteer, committee)
    pages = [Page(f"{name} · {scale}", server, who, path) for name, (path, who) in paths.items()]
    return [*pages, Claim(f"claim · {scale}", server, volunteer, "/shifts/")]


def volunteering(volunteer: Visitor, committee: Visitor) -> dict[str, tuple[str, Visitor]]:
    """Buildings and who looks after them; dates, lists and hours, as volunteers and as their community see them."""
    coverage = first(committee, "/today", r'href="?(/places/[^/"]+/coverage)')
    place = coverage.removesuffix("/coverage")
    building = first(volunteer, coverage, r'href="?(/buildings/\d+)')
    shift = first(volunteer, "/shifts/", r'href="?(/shifts/\d+)')
    here = f"/shifts/?all=1&place={place.removeprefix('/places/')}"
    own = first(committee, here, r'href="?(/shifts/\d+)')
    return {
        "coverage": (coverage, volunteer),
        "building": (building, volunteer),
        "notice of a building": (f"{building}/notice", volunteer),
        "whom to ask for a building": (f"{building}/offers", committee),
        "my buildings": ("/assignments/", volunteer),
        "my page": ("/me", volunteer),
        "my calendar": ("/calendar/", volunteer),
        "calendar of the place": (f"{place}/calendar", committee),
        "my data": ("/me/data", volunteer),
        "my hours": ("/me/hours", volunteer),
        "my certificates": ("/me/certificates", volunteer),
        "swaps": ("/swaps/", volunteer),
        "coming together": (f"{shift}/together", volunteer),
        "duty": (first(committee, own, r'href="?(/duties/\d+)'), committee),
        "shift of the lead": (own, committee),
        "roster": (f"{own}/roster", committee),
        "attendance": (f"{own}/attendance", committee),
        "review of hours": (f"{place}/hours", committee),
        "ledger of hours": (f"{place}/hours/ledger", committee),
        "proof of hours": (f"{place}/hours/proof", committee),
        "stop": (f"/stops/new?place={first(committee, place, r'/stops/new[?]place=([0-9]+)')}", committee),
    }


def table(pages: list[Page]) -> str:
    """One line a page, as ratios to the bare page of 50 rows in the same run."""
    base = next(page.ms for page in pages if page.name == BASE)
    lines = [
        f"CPU of the bare page “{BASE}”: {base:.2f} ms on this machine; {ROUNDS} rounds in turn. `bench/run`\n",
        "| page | CPU / bare page | CPU ms | statements | KB | p50 ms | p95 ms |",
        "|---|---|---|---|---|---|---|",
    ]
    for page in pages:
        middle, slow = page.waits
        lines.append(
            f"| {page.name} | {page.ms / base:.2f} | {page.ms:.2f} | {page.statements} | {page.size / 1024:.1f} "
            f"| {middle:.1f} | {slow:.1f} |"
        )
    return "\n".join(lines) + "\n"


def report(text: str) -> None:
    """Print the table and put it in its place."""
    print(text)
    words = RECORD.read_text(encoding="utf-8") if RECORD.exists() else "# Performance\n\n" + MARK
    RECORD.write_text(words.split(MARK)[0] + MARK + "\n" + text, encoding="utf-8")


main()
