"""What the tests stand on: real databases, a real server, a real browser."""

import os
from typing import NoReturn

import pytest


def absent(what: str) -> NoReturn:
    """Skip this test because the machine lacks something; a failure where CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
