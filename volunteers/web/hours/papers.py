"""A certificate on paper: the page to print, and the same as PDF."""

from io import BytesIO

from flask import current_app, send_file, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from kernel.db import db, seen
from kernel.paper import qr, whole_url
from kernel.request import Page, permit

from ...hours import pdf
from ...hours.certificate import Certificate
from ...hours.han_font import find
from ...hours.paper_text import text_of


def font():
    """The Chinese font of this site, or None."""
    return find(current_app.config["CERTIFICATE_FONT"])


def whole(paper: Certificate) -> None:
    """All that its pages say, in one statement."""
    beside = joinedload(Certificate.unit), joinedload(Certificate.key), joinedload(Certificate.person)
    asked = select(Certificate).where(Certificate.id == paper.id).options(*beside)
    db.session.scalar(seen(asked.execution_options(populate_existing=True)))


@permit("certificate:see", of=Certificate)
def paper(paper) -> Page:
    """To print."""
    whole(paper)
    address = whole_url("certificates.show", number=paper.shown_number)
    text = text_of(paper, address, whole_url("certificates.keys"))
    codes = {"code": qr(address), "seal": qr(text.sealed)}
    return Page("hours/certificate_paper.html", text=text, back_url=url_for("certificates.by_id", id=paper.id), **codes)


@permit("certificate:see", of=Certificate)
def download(paper):
    """The same as PDF. Where a sign is missing in the font, or there is none, the page says so instead."""
    whole(paper)
    address = whole_url("certificates.show", number=paper.shown_number)
    data = pdf.of(paper, font(), address, whole_url("certificates.keys"))
    return send_file(BytesIO(data), "application/pdf", as_attachment=True, download_name=f"{paper.shown_number}.pdf")
