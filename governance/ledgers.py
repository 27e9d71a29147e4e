"""台账 of needs: every need with its way; names and numbers are masked, whoever needs them opens the need."""

from collections.abc import Iterator

from kernel import clock
from kernel.db import db, seen
from kernel.i18n import _
from kernel.ledger import Filters, Ledger, register

from .register import Needs

COLUMNS = {
    "number": _("编号"),
    "said_on": _("哪天说的"),
    "place": _("地点"),
    "category": _("类别"),
    "source": _("怎么来的"),
    "external_number": _("12345 工单号"),
    "matter": _("公开的说法"),
    "households": _("大约几户"),
    "state": _("办到哪一步"),
    "partner": _("谁在办"),
    "due": _("期限"),
    "returns": _("退回次数"),
    "solved_on": _("哪天办好"),
    "answer": _("怎么办的"),
    "confirmed_on": _("本人确认"),
    "reason": _("原因"),
    "name": _("反映人（部分隐去）"),
    "phone": _("手机号（部分隐去）"),
}

UNTOLD = _("只给经办人")  # in place of a matter that is not public


def needs(person, filters: Filters) -> Iterator[list]:
    """One row a need, the most urgent first, then what is over; of a private matter no more than its category."""
    asked = {"state": "all"} | dict(filters)
    for need in db.session.scalars(seen(Needs.asked_for(asked).rows(person))):
        voice, partner = need.voice, need.partner
        yield [
            need.shown_number,
            clock.local(need.said_at).date(),
            need.place.name,
            need.label,
            need.source.label,
            need.external_number,
            need.matter or UNTOLD,
            need.households,
            need.state.label,
            partner.name if partner else "",
            need.due,
            need.returns,
            need.solved_on,
            need.answer,
            need.confirmed_on,
            need.reason,
            voice.masked_name,
            voice.masked_phone,
        ]


NEEDS = Ledger("needs", _("需求台账"), COLUMNS, needs)


def set_up() -> None:
    """Put it on the page of the ledgers."""
    register(NEEDS)
