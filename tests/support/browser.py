"""A real Chromium that looks at the real site: `phone`, `desktop`, with or without script."""

import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from . import absent
from .server import serve

PROGRAMS = ("chromium-headless-shell", "chromium", "google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
MILLISECONDS_TO_ANSWER = 15_000
SHOTS = Path(__file__).parents[1] / "browser" / "shots"
AXE = Path(__file__).with_name("axe.min.js").read_text()
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once; Playwright's own where the system has none."""
    found = filter(None, map(shutil.which, PROGRAMS))
    program = os.environ.get("CHROMIUM") or next(found, None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        except Error as error:
            absent(f"Chromium does not start; bin/test says how to install it. {error.message}")
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(settings):
    """The site on this test session's database, in a process of its own."""
    with serve(settings) as running:
        yield running


@pytest.fixture
def live(world, server):
    """The running site with the small world in it."""
    return server


@pytest.fixture
def script():
    """Whether pages may run script; a test says @pytest.mark.parametrize("script", [True, False])."""
    return True


@pytest.fixture
def phone(browser, live, script):
    """A page of 390 × 844 in one hand."""
    with page_of(browser, live.url, script, PHONE) as page:
        yield page


@pytest.fixture
def desktop(browser, live, script):
    """A page of 1280 × 900."""
    with page_of(browser, live.url, script, DESKTOP) as page:
        yield page


@contextmanager
def page_of(browser: Browser, url: str, script: bool = True, shape: dict | None = None):
    """A fresh browser profile with one page; an error in its console (the CSP speaks there) fails the test."""
    context = browser.new_context(
        base_url=url, locale="zh-CN", timezone_id="Asia/Shanghai", java_script_enabled=script, **(shape or DESKTOP)
    )
    context.set_default_timeout(MILLISECONDS_TO_ANSWER)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    # Chromium also reports each 4xx there, which a refusal rightly is.
    assert [line for line in said if not line.startswith("Failed to load resource")] == []


def sign_in(page: Page, name: str) -> None:
    """Sign in as the demo account of this name, as its form would; the page itself stays where it is.

    What is drawn on the way in is looked at by the tests of that form, not once in every test.
    """
    from demo.world import PASSWORD

    token = TOKEN.search(page.request.get("/sign-in").text())
    assert token
    form = {"csrf_token": token[1], "username": name, "password": PASSWORD}
    answer = page.request.post("/sign-in", form=form, max_redirects=0)
    assert answer.status == 303, answer.text()


def violations(page: Page, rules=AXE_RULES) -> list[str]:
    """What axe finds on this page, one line for each rule: its name, what it asks for, the first element.

    Needs script: in a page without it axe would wait for ever.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    options = {"runOnly": rules, "resultTypes": ["violations"], "selectors": False}  # what is in order is not described
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html']}" for rule in found]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Keep a picture of the page on which a test failed, and show what the server said last."""
    report = yield
    page = item.funcargs.get("phone") or item.funcargs.get("desktop")
    if page and report.when == "call" and report.failed:
        page.screenshot(path=SHOTS / f"{item.name}.png")
        report.sections.append(("server", item.funcargs["live"].log.read_text()[-4000:]))
    return report
