"""`desk(name)`: a page on a desk for each role of a journey."""

from contextlib import ExitStack

import pytest
from playwright.sync_api import expect

from tests.support.browser import MILLISECONDS_TO_ANSWER, page_of, sign_in

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
