"""台账 of agreements: who has signed what, from when until when, and where it stands today."""

from collections.abc import Iterator

from kernel.db import db, seen
from kernel.i18n import _, joined
from kernel.ledger import Filters, Ledger, register

from .listed import Agreements

COLUMNS = {
    "id": _("编号"),
    "title": _("协议"),
    "parties": _("各方"),
    "scope": _("约定做什么"),
    "signed_on": _("签订"),
    "since": _("开始"),
    "until": _("到期"),
    "state": _("状态"),
    "ended_on": _("终止"),
    "reason": _("终止原因"),
    "renews": _("续签自（编号）"),
    "file": _("扫描件"),
    "place": _("登记在"),
}


def agreements(person, filters: Filters) -> Iterator[list]:
    """One row an agreement, the latest signed first."""
    for one in db.session.scalars(seen(Agreements.asked_for(filters).rows(person))):
        parties = joined(party.label for party in one.parties)
        days = [one.signed_on, one.since, one.until or _("长期")]
        end = [one.state.label, one.ended_on, one.reason, one.renews_id]
        yield [one.id, one.title, parties, one.scope, *days, *end, one.file.name if one.file else "", one.place.name]


AGREEMENTS = Ledger("agreements", _("协议台账"), COLUMNS, agreements)


def set_up() -> None:
    """Put it on the page of the ledgers."""
    register(AGREEMENTS)
