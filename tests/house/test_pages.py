"""House rules of the pages: everybody gets an answer everywhere, and every page is sound HTML."""

import re

import pytest

from kernel.work import work

from .html import faults
from .source import HAN

ANSWERS = {200, 302, 303, 304, 403, 404}
READY = {"health.readyz"}  # says 503 by design, where nothing was migrated
CHROME = re.compile(r'<header class="site-header.*?</header>|<footer.*?</footer>|<title>.*?</title>', re.DOTALL)
NAMES = re.compile(r"<bdi>.*?</bdi>|中文", re.DOTALL)


@pytest.mark.parametrize("account", [None, "volunteer", "committee"])
def test_every_page_answers_everybody_with_sound_html(enter, addresses, account):
    assert wrong_for(enter(account), addresses) == {}


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("account", ["partner", "grid", "other-committee", "district"])
def test_and_those_with_other_offices(enter, addresses, account):
    assert wrong_for(enter(account), addresses) == {}


def wrong_for(client, addresses) -> dict:
    """What is wrong with the answers that somebody gets, by path."""
    wrong = {}
    for address in addresses:
        answer = client.get(address.path)
        if answer.status_code not in ANSWERS and address.endpoint not in READY:
            wrong[address.path] = answer.status_code
        elif answer.mimetype == "text/html" and answer.status_code in (200, 403, 404):
            wrong[address.path] = faults(answer.text)
        answer.close()
    return {path: found for path, found in wrong.items() if found}


@pytest.mark.databases("sqlite")
def test_every_page_can_be_opened_by_somebody(enter, addresses):
    opened, endpoints = set(), {address.endpoint for address in addresses}
    for account in ("district", "committee", "partner", "volunteer", "grid", "volunteer2", None):
        client = enter(account)
        for address in addresses:
            if address.endpoint not in opened and client.get(address.path).status_code in (200, 302, 303):
                opened.add(address.endpoint)
    assert endpoints - opened - READY == set()


@pytest.mark.databases("sqlite")
def test_in_english_the_frame_of_every_page_is_english(enter, busy, addresses):
    with work():
        busy.lin.language = "en"
        busy.lin.called = "Lin"
    client, wrong = enter("committee"), {}
    for address in addresses:
        if address.endpoint == "look.set_language":
            continue
        answer = client.get(address.path)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            frame = NAMES.sub("", "".join(CHROME.findall(answer.text)))
            if found := faults(answer.text) + HAN.findall(re.sub(r"<title>.*</title>", "", frame)):
                wrong[address.path] = found
    assert wrong == {}


@pytest.mark.databases("sqlite")
def test_every_link_of_the_frame_leads_somewhere(enter, world):
    for account in (None, "volunteer", "partner", "committee", "grid", "subdistrict", "district", "department"):
        client = enter(account)
        frame = "".join(CHROME.findall(client.get("/").text))
        for link in set(re.findall(r'href="(/[^"#]*)"', frame)):
            assert client.get(link.replace("&amp;", "&")).status_code in (200, 303), f"{account}: {link}"
