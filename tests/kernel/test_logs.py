"""A request is one line of JSON, and nothing in it says who did what where."""

import json

import pytest

from kernel.logs import log

from .conftest import client_of

PHONE, TOKEN = "13812345678", "a-token-in-an-address"


@pytest.fixture
def spoken(another, capsys):
    """A function that makes requests at the counter in production and gives the lines that it wrote."""

    def lines(*requests, person=None):
        app = another(TESTING=False)
        for path, data in requests:
            client = client_of(app, person)
            client.post(path, data=data) if data else client.get(path)
        return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]

    return lines


def test_a_request_is_one_line(spoken):
    [line] = spoken(("/", None), person=7)
    assert {name: line[name] for name in ("event", "method", "route", "status", "person", "level")} == {
        "event": "request", "method": "GET", "route": "/", "status": 200, "person": 7, "level": "info",
    }  # fmt: skip
    assert line["ms"] > 0
    assert line["timestamp"].endswith("Z")
    assert len(line["id"]) == 16


def test_it_names_the_route_and_never_the_path_the_query_or_what_was_typed(spoken, draft):
    lines = spoken(
        (f"/drafts/{draft}?q={PHONE}", None),
        (f"/nowhere/{TOKEN}", None),
        (f"/drafts/{draft}/stamps?phone={PHONE}", {"title": PHONE, "password": TOKEN}),
        person=1,
    )
    assert [line["route"] for line in lines] == ["/drafts/<int:id>", "(none)", "/drafts/<int:id>/stamps"]
    assert PHONE not in json.dumps(lines)
    assert TOKEN not in json.dumps(lines)


def test_a_bug_is_in_the_log_with_its_request(spoken):
    broken, request = spoken((f"/accidents/0?q={PHONE}", None))
    assert broken["event"] == "broken"
    assert "ZeroDivisionError" in broken["exception"]
    assert broken["id"] == request["id"]
    assert request["status"] == 500
    assert PHONE not in json.dumps(broken)


def test_what_somebody_logs_by_mistake_does_not_reach_the_file(another, capsys):
    another(TESTING=False)
    log.info("noted", name="吴阿姨", phone=PHONE, token=TOKEN, password="x", path=f"/{TOKEN}", email="a@b.cn", id=5)
    [line] = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert line.keys() == {"event", "id", "level", "timestamp"}


def test_tests_are_silent(kiosk, client, capsys):
    client().get("/")
    assert capsys.readouterr().err == ""
