"""How somebody takes a calendar along: the box with the file to save, the address to subscribe to and its code."""

from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from markupsafe import Markup

from communities.place import Kind
from kernel.paper import qr, site_url

from ..address import feed_token
from .kinds import asked, in_address, offered


@dataclass(frozen=True)
class Box:
    """What the box shows. `file` is the address of the calendar without the site, `kept` the file to save once.

    `page` is where the choice of `kinds` leads, with what else that page was `asked`; a `private` address is a key, and
    None where its owner has closed it.
    """

    file: str | None
    kept: str
    page: str
    kinds: list[Any]
    asked: dict[str, str]
    private: bool = False

    @property
    def address(self) -> str:
        """What is copied into a calendar program."""
        return f"{site_url()}{self.file}"

    @property
    def webcal(self) -> str:
        """What opens the calendar program by itself."""
        return "webcal://" + self.address.split("://", 1)[1]

    @property
    def code(self) -> Markup:
        """The address for a phone beside the screen."""
        return qr(self.address)


def box_of(of: str, owner, file: str | None, kept: str, page: str, *, private: bool = False) -> Box:
    """The box of one calendar: files and the choice of kinds as the address of the page says."""
    others = {name: request.args[name] for name in ("view", "on") if request.args.get(name)}
    kinds = offered(of, owner)
    return Box(file, kept, page, kinds if len(kinds) > 1 else [], others, private)


def of_person(page: str) -> Box:
    """My own calendar, also to be saved when its address is closed."""
    kinds = in_address(asked("person"))
    file = None
    kept = url_for("portal.own_ics", kinds=kinds, save=1)
    if g.person.feed_closed_at is None:
        token = feed_token(g.person)
        file, kept = (url_for("portal.feed", token=token, kinds=kinds, save=save) for save in (None, 1))
    return box_of("person", g.person, file, kept, page, private=True)


def of_partner(partner, page: str) -> Box:
    """A partner's, for me as its member."""
    asked_for = {"id": partner.id, "kinds": in_address(asked("partner"))}
    file = None
    kept = url_for("portal.partner_ics", **asked_for, save=1)
    if g.person.feed_closed_at is None:
        token = feed_token(g.person, "partner", str(partner.id))
        file, kept = (url_for("portal.partner_feed", **asked_for, token=token, save=save) for save in (None, 1))
    return box_of("partner", partner, file, kept, page, private=True)


def of_all(of: str, owner, endpoint: str, page: str, **address) -> Box:
    """One that everybody may have, under a plain address."""
    kinds = in_address(asked(of))
    file, kept = (url_for(endpoint, **address, kinds=kinds, save=save) for save in (None, 1))
    return box_of(of, owner, file, kept, page)


def sort_of(place) -> str:
    """Which calendar a place has: a building shows its compound as well."""
    return "building" if place.kind is Kind.BUILDING else "place"
