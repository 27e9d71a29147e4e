"""Checking a certificate of service: anybody with its number reads what it should say; or the signature alone."""

from flask import g, make_response, redirect, request, url_for
from sqlalchemy import select

from kernel import paper_number, signature
from kernel.db import db, seen
from kernel.i18n import _
from kernel.permits import may
from kernel.request import Page, permit
from kernel.site import limiter
from projects.certificate_state import PUBLIC
from projects.participation import Participation

from ...hours.certificate import Certificate

LONGEST = 40  # characters of a number
SEALED = 2000  # characters of a signed line and its signature
GUESSES = "30 per hour"  # wrong numbers from one address; right ones are not counted
slowed = limiter.limit(GUESSES, deduct_when=lambda answer: answer.status_code == 404)


def of_partner(number: str) -> bool:
    """Whether this is the number of a 合伙人参与证明: they share the scheme, and people the page."""
    known = select(Participation.id).where(Participation.number == number, Participation.state.in_(PUBLIC))
    return db.session.scalar(known) is not None


def found(typed: str):
    """The page of this number: the certificate, the way to a partner's, or the form again with a sentence (404)."""
    number = paper_number.plain(typed[:LONGEST])
    fault = paper_number.fault(number)
    if fault is None and of_partner(number):
        return redirect(url_for("participations.show", number=paper_number.shown(number)))
    paper = None if fault else Certificate.numbered(number)
    if paper is None:
        wrong = fault or _("这里没有出过编号 %(number)s 的证明。", number=paper_number.shown(number))
        page = form(typed=typed[:LONGEST], wrong=wrong)
        page.status = 404
        return page
    facts = {"what": paper.what, "successor": paper.successor, "genuine": paper.is_genuine}
    handles = g.person.id is not None and may("certificate:see", paper)
    return Page("hours/certificate.html", paper=paper, handles=handles, **facts)


def form(*, typed="", wrong=None, sealed="", verdict=None) -> Page:
    """Where numbers are typed, and signatures pasted."""
    return Page("hours/certificate_check.html", typed=typed, wrong=wrong, sealed=sealed, verdict=verdict)


@slowed
@permit("certificate:check")
def check():
    """The number is typed here."""
    typed = request.args.get("number", "").strip()
    if not typed:
        return form()
    number = paper_number.plain(typed[:LONGEST])
    known = paper_number.fault(number) is None and (of_partner(number) or Certificate.numbered(number))
    return redirect(url_for("certificates.show", number=paper_number.shown(number))) if known else found(typed)


@slowed
@permit("certificate:check")
def show(number):
    """What it should say, by whom, and whether it holds: the name masked."""
    return found(number)


@permit("certificate:check")
def sealed() -> Page:
    """The signed line and its signature, as the second code of the paper gives them: whether we signed just that."""
    text = request.args.get("sealed", "")[:SEALED].replace("\r\n", "\n").strip()
    line, _mark, mark = text.rpartition("\n")
    key = signature.signer(line.strip(), mark.strip()) if line else None
    return form(sealed=text, verdict="genuine" if key else "forged" if text else None)


@permit("certificate:check")
def keys():
    """The public keys, of today and earlier, for whoever checks a signature without us."""
    rows = list(db.session.scalars(seen(signature.SigningKey.listed())))
    if request.args.get("as") == "pem":
        answer = make_response("".join(f"{key.id} {key.since:%Y-%m-%d}\n{key.pem}\n" for key in rows))
        answer.headers["Content-Type"] = "text/plain; charset=utf-8"
        return answer
    return Page("hours/keys.html", keys=rows)
