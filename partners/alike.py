"""Is it here already? Whoever applies is shown who has nearly the same name, or the same phone, address or code."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sqlalchemy import case, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from kernel.choice import Choice
from kernel.db import db
from kernel.i18n import _

from .ability import Ability
from .kind import Kind
from .standing import PAST, Stage

if TYPE_CHECKING:
    from .partner import Partner

SHOWN = 5
LONGEST = 80  # characters of a key
MUCH = 3  # a name that is more than three times as long is another one
SHORTEST = 2  # characters of a key: one says nothing
LEFT_OUT = re.compile(
    r"股份有限公司|有限责任公司|有限公司|公司|陕西省|西安市|陕西|西安|示例|[^\w]|_"
)  # legal forms, where everybody here is, and whatever is no letter or digit


class Reason(Choice):
    """What is alike."""

    CODE = "code", _("统一社会信用代码相同")
    PHONE = "phone", _("联系电话相同")
    NAME = "name", _("名称相近")
    ADDRESS = "address", _("地址相同")


@dataclass(frozen=True)
class Hint:
    """Somebody who may be the one that is meant, and why."""

    partner: "Partner"
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Said:
    """What somebody who applies has said so far, made comparable; nothing where nothing was said."""

    name: str = ""
    phone: str = ""
    code: str = ""
    address: str = ""

    def __bool__(self):
        return any((len(self.name) >= SHORTEST, self.phone, self.code, self.address))


def key_of(words: str) -> str:
    """A name or an address without what people leave out or write differently: width, case, brackets, legal form.

    A name that consists of nothing else keeps its letters.
    """
    letters = re.sub(r"[^\w]|_", "", normalize("NFKC", words).casefold())
    return (LEFT_OUT.sub("", letters) or letters)[:LONGEST]


def find(cls, said: Said, *, but: int | None = None) -> list[Hint]:
    """Up to five partners that are not past, those with the same code first; each with its place and abilities."""
    if not said:
        return []
    same = conditions(cls, said)
    order = case(*((condition, number) for number, condition in enumerate(same.values())), else_=len(same))
    rows = select(cls, *same.values()).where(or_(*same.values()), cls.stage.not_in(PAST), shown(cls, same))
    if but is not None:
        rows = rows.where(cls.id != but)
    place = joinedload(cls.place, innerjoin=True)
    able = selectinload(cls.abilities.and_(Ability.until.is_(None)))
    found = db.session.execute(rows.order_by(order, cls.id).limit(SHOWN).options(place, able)).all()
    return [Hint(row[0], tuple(why for why, true in zip(same, row[1:], strict=True) if true)) for row in found]


def conditions(cls, said: Said) -> dict[Reason, Any]:
    """What makes a row alike, for whatever was said; the clearest sign first."""
    found: dict[Reason, Any] = {}
    if said.code:
        found[Reason.CODE] = func.coalesce(cls.credit_code, "") == said.code
    if said.phone:
        found[Reason.PHONE] = cls.contact_phone == said.phone
    if len(said.name) >= SHORTEST:
        found[Reason.NAME] = nearly(cls.name_key, said.name)
    if said.address:
        found[Reason.ADDRESS] = cls.address_key == said.address
    return found


def nearly(column, name: str):
    """A condition: one of the two names holds the other and is not much longer; keys have no signs that LIKE knows."""
    length = func.length(column)
    longer = column.contains(name) & (length <= len(name) * MUCH)
    shorter = literal(name).contains(column) & (length >= SHORTEST) & (length * MUCH >= len(name))
    return or_(longer, shorter)


def shown(cls, same):
    """A condition: a neighbour who has only asked so far is nobody's business, unless code or phone are his."""
    known = [same[reason] for reason in (Reason.CODE, Reason.PHONE) if reason in same]
    return or_(cls.kind != Kind.RESIDENT, cls.stage != Stage.APPLIED, *known)
