"""`desk(name)`: a page on a desk for each role of a journey; `come(name)`: the same in each manner of reading."""

from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from kernel.i18n import force_locale
from tests.support.browser import MILLISECONDS_TO_ANSWER, PHONE, page_of, sign_in

expect.set_options(timeout=MILLISECONDS_TO_ANSWER)


@pytest.fixture
def desk(browser, live, script):
    """A function from an account's name to a page of 1280 × 900 signed in as it; without a name a visitor's."""
    with ExitStack() as pages:

        def desk(name=None):
            page = pages.enter_context(page_of(browser, live.url, script))
            if name:
                sign_in(page, name)
            return page

        yield desk


@dataclass(frozen=True)
class Manner:
    """How somebody reads the site."""

    script: bool = True
    language: str = "zh"
    size: str = "normal"

    def says(self, sentence) -> str:
        """A sentence of the code as this reader sees it."""
        with force_locale(self.language):
            return str(sentence)


MANNERS = {
    "as it comes": Manner(),
    "without script": Manner(script=False),
    "in large letters": Manner(size="large"),
    "in English": Manner(language="en"),
}


@pytest.fixture(params=MANNERS)
def manner(request):
    """One after another: as the site comes, without script, in 长辈版, in English."""
    return MANNERS[request.param]


@pytest.fixture
def come(browser, live, manner):
    """A function from an account's name (without one: a visitor) and a shape to a page of somebody who reads so."""
    with ExitStack() as pages:

        def come(name=None, shape=PHONE):
            page = pages.enter_context(page_of(browser, live.url, manner.script, shape))
            cookies = {"language": manner.language, "size": manner.size}
            page.context.add_cookies([{"name": k, "value": v, "url": live.url} for k, v in cookies.items()])
            if name:
                sign_in(page, name)
            return page

        yield come


def fits(page) -> None:
    """Nobody has to scroll sideways here."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
