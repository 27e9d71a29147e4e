"""What the page of a place shows of needs."""

from flask import render_template

from kernel import slots


def of_place(place) -> str:
    """The way to say what is wrong here, and for staff to the needs of the place."""
    return render_template("needs/of_place.html", place=place)


def set_up() -> None:
    """Fill the slots."""
    slots.fill("place.below", of_place)
