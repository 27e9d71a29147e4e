"""A page shows what later packages have to say, in the order in which they were named, and knows none of them."""

from collections import defaultdict

import pytest
from markupsafe import Markup

from kernel import slots
from kernel.slots import fill, slot


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(slots, "FILLED", defaultdict(list))


def test_a_slot_that_nobody_fills_is_empty():
    assert slot("project.below", object()) == ""


def test_all_have_their_say_in_order():
    fill("project.below", lambda project: Markup("<p>%s</p>") % project)
    fill("project.below", lambda project: None)
    fill("project.below", lambda project: "<p>二</p>")
    fill("place.below", lambda place: "另一处")
    assert slot("project.below", "一<") == Markup("<p>一&lt;</p><p>二</p>")


def test_the_same_function_speaks_once_though_the_site_is_made_twice():
    def panel():
        return "一次"

    fill("home", panel)
    fill("home", panel)
    assert slot("home") == "一次"
