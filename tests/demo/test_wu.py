"""② 吴女士's numbers are the same whatever the day of the load; a copy with more hours fails the check."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from communities.account import Account
from demo import forged, wu
from kernel import clock
from kernel.db import db, seen
from volunteers.hours import mine
from volunteers.hours.audit import certificates, hours
from volunteers.hours.certificate import Certificate
from volunteers.hours.counting import hours as in_hours
from volunteers.hours.entry import Entry, Kind

HER_DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(366)] + [date(2028, 2, 29)]


def told(today: date) -> dict[str, int]:
    """Minutes by what her page calls them, the correction with them."""
    sums: dict[str, int] = defaultdict(int)
    for day, minutes in wu.plan(today):
        assert day < today
        sums["last" if day.year < today.year else "year"] += minutes
        sums["month"] += minutes if day >= today.replace(day=1) else 0
    afternoons = [day for day, minutes in wu.plan(today) if minutes == wu.DESK and day >= today.replace(day=1)]
    late = wu.LATER if afternoons else 0
    return {"last": sums["last"], "year": sums["year"] + late, "month": sums["month"] + late}


def test_her_hours_on_any_day():
    """The month has no room for all of it on its first three days, and January is the whole year."""
    for today in HER_DAYS:
        month = {1: 0, 2: 180, 3: 330}.get(today.day, 390)
        wanted = {"last": 3690, "year": month if today.month == 1 else 2880, "month": month}
        assert told(today) == wanted, today


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 31), date(2028, 2, 29)], ids=str)
def test_she_is_never_twice_in_a_day_at_the_same_thing(today):
    days = list(wu.plan(today))
    assert len(days) == len(set(days))


def test_her_page_says_so(town):
    person, today = Account.named("volunteer").person, clock.today()
    found = mine.sums(person)
    wanted = told(today)
    assert found.in_month(today) == wanted["month"]
    assert found.of(today.year).ours == wanted["year"]
    assert in_hours(found.of(today.year - 1).ours) == in_hours(3690)


def test_an_hour_and_a_half_became_two(town):
    if town.today.day == 1:
        return
    mine_ = Entry.person_id == Account.named("volunteer").person.id
    rows = db.session.scalars(seen(db.select(Entry).where(mine_, Entry.kind == Kind.CORRECTION))).all()
    assert [row.minutes for row in rows] == [30]
    first = seen(db.select(Entry.minutes).where(Entry.signup_id == rows[0].signup_id, Entry.kind == Kind.SERVICE))
    assert db.session.scalars(first).all() == [90]


def test_last_years_certificate_is_genuine_and_the_copy_is_not(town, site):
    paper = db.session.scalars(Certificate.of(Account.named("volunteer").person)).one()
    assert (paper.what.hours, paper.since.year) == (in_hours(3690), town.today.year - 1)
    assert list(hours()) == []
    assert list(certificates()) == []
    client = site.test_client()
    assert paper.shown_number in client.get("/certificates/").text
    for text, says in ((paper.line, "签名是真的"), (forged.forged(paper), "签名对不上")):
        page = client.get("/certificates/signature", query_string={"sealed": f"{text}\n{paper.signature}"})
        assert says in page.text
