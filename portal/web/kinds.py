"""The kinds of events that an address asks for (`?kinds=`): of a page, of a feed, of the links on the page to it."""

from flask import request

from kernel import agenda


def asked(of: str) -> frozenset[str]:
    """Those of this sort of calendar that the address names, with commas or one after the other; none are all."""
    named = {kind for words in request.args.getlist("kinds") for kind in words.split(",")}
    return frozenset(source.kind for source in agenda.sources(of)) & named


def offered(of: str, owner) -> list[tuple[agenda.Source, bool]]:
    """What somebody can choose from, with what he has chosen: kinds that such an owner can have."""
    kinds = asked(of)
    return [(one, one.kind in kinds) for one in agenda.sources(of) if one.kind in kinds or one.suits(owner)]


def in_address(kinds: frozenset[str]) -> str | None:
    """The kinds as an address names them; None leaves the word out."""
    return ",".join(sorted(kinds)) or None
