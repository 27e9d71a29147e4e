"""Calendars against the floor: a person with 200 sign-ups, and a community with 10,000 shifts in a year."""

import os
import re
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from .demo import PASSWORD, built, first
from .pages import Page, in_turn
from .server import Server, serving
from .visitor import Visitor

ROUNDS = 7
SIGNUPS, SHIFTS = 200, 10_000
DAY = timedelta(days=1)


def main() -> None:
    """Build what is missing, ask for each calendar once (cold) and again and again, and print what it took."""
    environment = built("small", Path("instance/bench"), name="calendar")
    place = filled(environment)
    with ExitStack() as stack:
        floor = stack.enter_context(tempfile.TemporaryDirectory())
        bare = stack.enter_context(serving("bench.floor:create_app()", {"FLOOR": f"{floor}/floor.sqlite"}))
        site = stack.enter_context(serving("bench.site:create_app()", environment))
        hello = Page("hello", bare, Visitor(bare.port), "/hello")
        visitor = Visitor(site.port)
        visitor.sign_in("volunteer", PASSWORD)
        feed = first(visitor, "/me", r'(/calendar/[^"]+[.]ics)"')
        pages = [hello]
        for name, path in (("200 sign-ups", feed), (f"{SHIFTS:,} shifts", f"/places/{place}.ics")):
            pages += calendar(name, site, path)
        for _number in in_turn(pages, ROUNDS):
            pass
        for page in pages:
            print(f"{page.name}: {page.ms:.2f} ms CPU, {page.ms / hello.ms:.1f} x hello, {page.size // 1024} KB")
        print(f"memory of the worker: {site.memory():.0f} MB")


def calendar(name: str, site: Server, path: str) -> list[Page]:
    """Ask for a calendar for the first time; then warm, packed, and when nothing has changed."""
    phone = Visitor(site.port)
    before, held = site.cpu(), site.memory()
    answer = phone.ask("GET", path)
    used, grown = (site.cpu() - before) * 1000, site.memory() - held
    count = len(re.findall("BEGIN:VEVENT", answer.body))
    print(f"{name}, cold: {used:.0f} ms CPU, {count} events, {answer.statements} statements, {grown:+.0f} MB")
    return [
        Page(f"{name}, warm", site, phone, path),
        Page(f"{name}, warm, gzip", site, phone, path, **{"Accept-Encoding": "gzip"}),
        Page(f"{name}, 304", site, phone, path, status=304, **{"If-None-Match": answer.etag}),
    ]


def filled(environment: dict[str, str]) -> str:
    """Sign the volunteer up for 200 shifts and give a community a busy year, once; the code of its place."""
    os.environ.update(environment)
    from sqlalchemy import func, insert, select

    from communities.account import Account
    from kernel import clock
    from kernel.work import work
    from volunteers.shift import Shift
    from volunteers.signup import Signup, State
    from wsgi import create_app

    with create_app().app_context(), work() as session:
        person = session.scalar(select(Account.person_id).where(Account.username == "volunteer"))
        model = session.scalars(select(Shift).where(Shift.series_id.is_(None)).limit(1)).one()
        missing = SHIFTS - session.scalar(select(func.count(Shift.id)).where(Shift.duty_id == model.duty_id))
        if missing > 0:
            facts = {name: getattr(model, name) for name in ("duty_id", "place_id", "seats")}
            begins = clock.at(clock.today() - 60 * DAY)
            starts = [begins + number * (400 * DAY / missing) for number in range(missing)]
            rows = [facts | {"starts_at": start, "ends_at": start + DAY / 12} for start in starts]
            session.execute(insert(Shift), rows)
            known = select(Signup.shift_id).where(Signup.person_id == person)
            free = session.scalars(select(Shift.id).where(Shift.duty_id == model.duty_id, Shift.id.not_in(known)))
            taken = {"person_id": person, "state": State.CONFIRMED, "confirmed_at": begins, "queued_at": begins}
            session.execute(insert(Signup), [taken | {"shift_id": id} for id in free.all()[:: SHIFTS // SIGNUPS]])
        return model.place.code


main()
