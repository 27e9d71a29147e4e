"""How a feed travels: packed, asked for by HEAD, unchanged, and with how few questions to the database."""

import gzip

import brotli
import pytest
from sqlalchemy import update

from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.member import Member
from portal.address import feed_token
from tests.support.statements import counted
from volunteers.duty import Duty

# What can wait for somebody without office and partner: he leads a duty, or founded what is incubated.
OF_NO_OFFICE = {"attendance.unticked", "duty.contract", "incubation.milestone", "shift.short", "ticket.to_ring"}


@pytest.fixture
def feed(enter, world):
    """A function that asks for the feed of 吴阿姨, who goes to one shift, leads none and is in no team."""
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
        db.session.execute(update(Duty).values(lead_id=None))
        db.session.execute(update(Member).where(Member.person_id == world.wu.id).values(until=clock.today()))
    phone, path = enter(), f"/calendar/{feed_token(world.wu)}.ics"

    def ask(method="GET", **headers):
        return phone.open(path, method=method, headers={name.replace("_", "-"): text for name, text in headers.items()})

    return ask


@pytest.mark.parametrize(
    ("asked", "coding"),
    [
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("gzip;q=0", None),
        ("deflate", None),
        ("", None),
    ],
)
def test_it_is_packed_as_the_reader_likes_it(feed, asked, coding):
    plain, answer = feed(), feed(Accept_Encoding=asked)
    unpack = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}[coding]
    assert answer.headers.get("Content-Encoding") == coding
    assert unpack(answer.data) == plain.data
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert (answer.headers["ETag"] == plain.headers["ETag"]) is (coding is None)
    assert len(answer.data) < len(plain.data) or coding is None


@pytest.mark.parametrize("asked", ["gzip", "br", "identity"])
def test_each_packing_is_unchanged_by_its_own_etag(feed, asked):
    first = feed(Accept_Encoding=asked)
    again = feed(Accept_Encoding=asked, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = feed(Accept_Encoding="br" if asked != "br" else "gzip", If_None_Match=first.headers["ETag"])
    assert other.status_code == 200  # what it has is not what it would get


def test_head_says_the_same_without_the_calendar(feed):
    whole, head = feed(), feed("HEAD")
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control"):
        assert head.headers[name] == whole.headers[name]


def test_if_none_match_goes_before_a_date_and_nonsense_is_no_date(feed):
    first = feed()
    when = first.headers["Last-Modified"]
    assert feed(If_None_Match='"other"', If_Modified_Since=when).status_code == 200
    assert feed(If_Modified_Since="yesterday, more or less").status_code == 200


def test_an_unchanged_feed_of_a_volunteer_costs_one_statement(feed):
    feed()
    with counted() as said:
        feed()
    assert len(said) == 1


def test_an_unchanged_feed_of_a_member_costs_no_more_when_there_is_more(enter, world):
    """Address, what is for members, memberships, posts, what waits."""
    phone, path = enter(), f"/calendar/{feed_token(world.zhao)}.ics"
    phone.get(path)
    with counted() as said:
        phone.get(path)
    assert len(said) <= 6


def test_nothing_waits_for_a_person_of_whom_the_feed_does_not_know_it(world):
    """Lines for people without office and partner come of these kinds only, and their condition is in the statement."""
    assert set(waiting.queries(*waiting.key(world.wu))) == OF_NO_OFFICE
