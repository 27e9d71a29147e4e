"""What the page of a place shows of needs."""

from flask import render_template

from kernel import slots

from ..published import Published, widened

SHOWN = 3


def of_place(place) -> str:
    """The way to say what is wrong here, what was said in public, and for staff the needs of the place."""
    latest = Published(place=widened(place)).latest(SHOWN)
    return render_template("needs/of_place.html", place=place, latest=latest)


def set_up() -> None:
    """Fill the slots."""
    slots.fill("place.below", of_place)
