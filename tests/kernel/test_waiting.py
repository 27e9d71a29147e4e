"""What waits is one list of many kinds: the number says how many lines, the soonest due and oldest come first."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import literal, select

from kernel import waiting
from kernel.draft import Draft
from kernel.search import Entry
from kernel.waiting import Desk, no_due
from kernel.work import work

from .kiosk import Guest

LONG_AGO = datetime(2026, 11, 1, 4, 30, tzinfo=UTC)
ME, OTHER, NOBODY = Guest(1), Guest(2), Guest()


def mine(person):
    """Drafts wait without a deadline."""
    own = select(Draft.id, Draft.filename, Draft.at, no_due()).where(Draft.owner == person.id)
    return own if person.id else None


def with_deadline(day):
    """Entries wait until a day."""
    since = select(Draft.at).limit(1).scalar_subquery()
    return lambda person: select(Entry.id, Entry.title, since, literal(day)) if person.id == 1 else None


@pytest.fixture
def desks(kiosk, monkeypatch):
    monkeypatch.setattr(waiting, "DESKS", {})
    monkeypatch.setattr(waiting, "FACTS", {"id": waiting.FACTS["id"]})
    waiting.register(Desk("draft", "草稿", "去看", mine, lambda id: f"/drafts/{id}"))
    waiting.register(Desk("late", "晚了", "去办", with_deadline(date(2026, 11, 3)), lambda id: f"/late/{id}"))
    waiting.register(Desk("soon", "快了", "去办", with_deadline(date(2026, 12, 3)), lambda id: f"/soon/{id}"))
    with work() as session:
        for n, age in enumerate((3, 1, 2)):
            at = LONG_AGO - timedelta(hours=age)
            session.add(Draft(owner=1, kind="open", filename=f"第{age}", payload=b"", at=at))
            session.add(Entry(kind="x", ref=n, title=f"事{n}", text=""))


def test_the_soonest_due_come_first_then_the_oldest(desks):
    found = [(line.desk.kind, line.subject) for line in waiting.lines(ME)]
    late, soon = ([(kind, f"事{n}") for n in range(3)] for kind in ("late", "soon"))
    assert found == [*late, *soon, ("draft", "第3"), ("draft", "第2"), ("draft", "第1")]


def test_the_number_is_that_of_the_lines(desks):
    for person, number in ((ME, 9), (OTHER, 0), (NOBODY, 0)):
        assert waiting.count(person) == len(waiting.lines(person, 200)) == number
    assert len(waiting.lines(ME, 4)) == 4


def test_moments_and_days_come_out_as_they_are(desks):
    lines = waiting.lines(ME)
    assert {line.due for line in lines} == {date(2026, 11, 3), date(2026, 12, 3), None}
    assert lines[6].since == LONG_AGO - timedelta(hours=3)
    assert all(line.since.tzinfo is UTC for line in lines)


def test_a_line_knows_where_it_is_dealt_with(desks):
    assert waiting.lines(ME)[6].url == "/drafts/1"
    assert waiting.lines(ME)[0].desk.action == "去办"


def test_registering_a_kind_again_replaces_it(desks):
    waiting.register(Desk("late", "晚了", "去办", lambda person: None, str))
    assert waiting.count(ME) == 6


def test_without_desks_nothing_waits(kiosk, monkeypatch):
    monkeypatch.setattr(waiting, "DESKS", {})
    monkeypatch.setattr(waiting, "FACTS", {"id": waiting.FACTS["id"]})
    assert waiting.count(ME) == 0
    assert waiting.lines(ME) == []
