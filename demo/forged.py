"""② A copy of the certificate of 吴女士（示例） with more hours written in: what the public check says of it."""

import json

from flask import render_template, url_for

from communities.account import Account
from kernel import slots
from kernel.db import db
from volunteers.hours.certificate import Certificate

MINUTES = 6  # where they stand in the signed line
MORE = 40 * 60  # minutes that the copy pretends


def examples() -> str:
    """On the page of the check, in a demo only: her certificate, and the copy; nothing elsewhere."""
    account = Account.named("volunteer")
    paper = db.session.scalars(Certificate.of(account.person).limit(1)).first() if account else None
    if paper is None:
        return ""
    texts = {"genuine": f"{paper.line}\n{paper.signature}", "forged": f"{forged(paper)}\n{paper.signature}"}
    ways = {name: url_for("certificates.sealed", sealed=text, _anchor="signature") for name, text in texts.items()}
    return render_template("hours/check_examples.html", number=paper.shown_number, **ways)


def forged(paper: Certificate) -> str:
    """The signed line with more minutes in it; the signature is the old one."""
    facts = json.loads(paper.line)
    facts[MINUTES] += MORE
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def set_up() -> None:
    """Fill the slot of the check."""
    slots.fill("certificate.check", examples)
