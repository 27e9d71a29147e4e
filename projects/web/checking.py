"""Checking a certificate: anybody with its number reads what it says, and prints it; guessing is slowed down."""

from flask import g, redirect, request, url_for
from sqlalchemy import select

from kernel import paper_number
from kernel.db import db, seen
from kernel.i18n import _
from kernel.paper import qr, whole_url
from kernel.permits import may
from kernel.request import Page, permit
from kernel.site import limiter

from ..certificate_state import PUBLIC
from ..participation import Participation

LONGEST = 40  # characters of what is typed
GUESSES = "30 per hour"  # wrong numbers from one address; right ones are not counted
slowed = limiter.limit(GUESSES, deduct_when=lambda answer: answer.status_code == 404)


def found(typed: str) -> Participation | None:
    """The certificate of this number, issued and perhaps withdrawn since."""
    number = paper_number.plain(typed[:LONGEST])
    known = select(Participation).where(Participation.number == number, Participation.state.in_(PUBLIC))
    return None if paper_number.fault(number) else db.session.scalar(seen(known))


def unknown(typed: str) -> Page:
    """The form again, with a sentence; as hard to find as any page that is not there."""
    number = paper_number.plain(typed[:LONGEST])
    wrong = paper_number.fault(number) or _("这里没有出过编号 %(number)s 的证明。", number=paper_number.shown(number))
    page = Page("projects/participation_check.html", typed=typed[:LONGEST], wrong=wrong)
    page.status = 404
    return page


@slowed
@permit("participation:check")
def check():
    """The number is typed here."""
    typed = request.args.get("number", "").strip()
    if not typed:
        return Page("projects/participation_check.html", typed="", wrong=None)
    paper = found(typed)
    return redirect(url_for("participations.show", number=paper.shown_number)) if paper else unknown(typed)


@slowed
@permit("participation:check")
def show(number):
    """What it says, issued by whom, and whether it still holds."""
    paper = found(number)
    if paper is None:
        return unknown(number)
    handles = g.person.id is not None and may("participation:list", paper.partner)
    return Page("projects/participation.html", paper=paper, what=paper.what, successor=paper.successor, handles=handles)


@slowed
@permit("participation:check")
def paper(number):
    """The same on A4, with a code that leads back to the check."""
    certificate = found(number)
    if certificate is None:
        return unknown(number)
    address = whole_url("participations.show", number=certificate.shown_number)
    return Page(
        "projects/participation_paper.html",
        paper=certificate,
        what=certificate.what,
        address=address,
        code=qr(address),
        back_url=url_for("participations.show", number=certificate.shown_number),
    )
