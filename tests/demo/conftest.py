"""What the tests of the demo data share: the smallest town."""

import pytest

from demo import xincheng


@pytest.fixture
def town(site):
    """Three communities of the district; loaded once a database, then put back."""
    if not hasattr(site, "town"):
        site.town = xincheng.load("tiny", "no hash")
        site.store.keep("tiny")
    else:
        site.store.restore("tiny")
    return site.town
