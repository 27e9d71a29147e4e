"""Search over everything that has an index entry, shown only as far as the reader may know of it."""

from flask import g, request

from kernel import search as index
from kernel.request import Page, permit

LONGEST = 64


@permit("portal:search")
def search():
    """Up to 20 hits; one kind only with `?kind=`."""
    text = " ".join(request.args.get("q", "").split())[:LONGEST]
    kind = request.args.get("kind")
    known = kind if kind in index.KINDS else None
    return Page(
        "portal/search.html", q=text, kind=known, kinds=index.KINDS, found=index.find(g.person, text, kind=known)
    )
