"""What every event of every calendar says of itself: its kind and colour, and who may see that it names somebody."""

import pytest
from icalendar import Calendar

from kernel.work import work
from portal.address import feed_token
from tests.support.full import fill
from tests.support.lending import PHONE

CSS = {"firebrick", "steelblue", "slategray", "darkorange", "crimson"}
NAMING = "booking-", "milestone-", "agreement-", "due-"  # whoever booked, promised, signed, waits


@pytest.fixture
def full(world):
    """A week of everything."""
    with work():
        return fill(world)


@pytest.fixture
def own(enter, world, full):
    """The events of those calendars that have a key, by whose they are."""
    members = {name: getattr(world, name) for name in ("zhao", "wu", "lin")}
    paths = {name: f"/calendar/{feed_token(person)}.ics" for name, person in members.items()}
    token = feed_token(world.zhao, "partner", str(world.egret.id))
    paths["egret"] = f"/calendar/partners/{world.egret.id}/{token}.ics"
    return {name: read(enter(), path) for name, path in paths.items()}


@pytest.fixture
def public(enter, world, full):
    """The events of those for everybody."""
    paths = {
        "duty": f"/duties/{world.duty.id}.ics",
        "place": f"/places/{world.community.code}.ics",
        "resource": f"/resources/{full.hall}.ics",
    }
    return {name: read(enter(), path) for name, path in paths.items()}


def read(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return Calendar.from_ical(answer.data).events


def test_every_event_has_a_category_and_a_colour_of_css(own, public):
    events = [event for some in (own | public).values() for event in some]
    assert all((own | public).values())
    assert [str(event["UID"]) for event in events if not "".join(event.categories)] == []
    assert {str(event["COLOR"]) for event in events} == CSS


def test_no_calendar_for_everybody_has_anything_private_in_it(public, world):
    for name, events in public.items():
        assert [str(event["UID"]) for event in events if "CLASS" in event] == [], name
        text = "".join(event.to_ical().decode().replace("\r\n ", "") for event in events)
        for person in (world.wu, world.zhao, world.zhou, world.lin):
            assert person.name not in text, name
            assert person.called not in text, name
            assert person.phone not in text, name
        assert world.egret.name not in text, name


def test_what_names_whoever_books_promises_signs_or_waits_is_private(own):
    events = [event for some in own.values() for event in some]
    for start in NAMING:
        some = [event for event in events if str(event["UID"]).startswith(start)]
        assert some, start
        assert {str(event.get("CLASS")) for event in some} == {"PRIVATE"}, start


def test_no_calendar_has_a_third_person_or_a_number_to_ring_in_it(own, world):
    for name, events in own.items():
        text = "".join(event.to_ical().decode().replace("\r\n ", "") for event in events)
        for person in (world.wu, world.zhao, world.zhou, world.lin, world.he):
            assert person.name not in text, name
            assert person.phone not in text, name
        assert PHONE not in text, name
        assert world.egret.contact_phone not in text, name


def test_ones_own_appointment_names_nobody_and_is_open(own, world):
    [event] = [event for event in own["wu"] if str(event["UID"]).startswith("shift-")]
    text = event.to_ical().decode().replace("\r\n ", "")
    assert "CLASS" not in event
    for person in (world.wu, world.zhao, world.zhou, world.lin):
        assert person.name not in text
        assert person.phone not in text
