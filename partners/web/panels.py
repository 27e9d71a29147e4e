"""What partners show on the pages of earlier packages."""

from flask import g, render_template

from kernel.slots import fill

from ..register import Register

SHOWN = 6


def of_place(place) -> str | None:
    """Those who serve this place in particular, the newest of them."""
    partners, _total = Register(place=place, near=True).page(g.person)
    if not partners:
        return None
    return render_template("partners/of_place.html", place=place, partners=partners[:SHOWN])


def set_up() -> None:
    """Fill the slots."""
    fill("place.below", of_place)
