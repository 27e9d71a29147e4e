"""What the cells of a sheet of partners mean: each text becomes a fact, or a sentence that says what is wrong."""

import re
from datetime import date
from typing import Any

from kernel import clock
from kernel.i18n import _, both, joined
from kernel.text import ascii_digits, clean, clean_line, masked_phone

from .. import credit_code
from ..kind import ASKED, Fact, Kind
from .sheet import TAKEN

LINES = {"name": 80, "contact_name": 80, "address": 80, Fact.FILING_NUMBER.value: 60}
TEXTS = {"offers": 2000, "about": 2000, Fact.SKILLS.value: 500}
KINDS = {word.casefold(): kind for kind in Kind for word in (*both(kind.label), kind.value)}
PHONE = re.compile(r"1\d{10}|0\d{9,11}|[48]00\d{7}")
MEMBERS = 10_000


class Wrong(Exception):
    """A cell that cannot be read; its sentence."""

    def __init__(self, sentence):
        super().__init__()
        self.sentence = sentence


def fact(key: str, text: str, kind: Kind) -> Any:
    """The fact that a cell holds, for columns that need no look-up. Raises `Wrong`."""
    if key in LINES:
        return line(text, LINES[key])
    if key in TEXTS:
        return lines(text, TEXTS[key])
    return READERS[key](text, kind)


def line(text: str, most: int) -> str:
    """One line of text."""
    return short(clean_line(text), most)


def lines(text: str, most: int) -> str:
    """Several lines."""
    return short(clean(text), most)


def short(text: str, most: int) -> str:
    if len(text) > most:
        raise Wrong(_("请写短一些：最多 %(most)s 个字，现在 %(now)s 个。", most=most, now=len(text)))
    return text


def code(text: str, kind: Kind) -> str:
    """A credit code whose check character fits."""
    plain = credit_code.plain(text)
    fault = credit_code.social_fault if kind is Kind.SOCIAL_ORGANISATION else credit_code.fault
    if wrong := fault(plain):
        raise Wrong(wrong)
    return plain


def day(text: str) -> date:
    """A day as people write it: 2026-12-01, 2026/12/1, 2026年12月1日."""
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        return date(*map(int, parts.groups() if parts else ()))
    except (TypeError, ValueError):  # not written like one, or no such day
        raise Wrong(_("这个日期看不懂，请写成 2026-12-01 这样。")) from None


def ahead(text: str, _kind: Kind) -> date:
    """A day that lies ahead."""
    if (found := day(text)) <= clock.today():
        raise Wrong(_("这一天已经过去了，请填本届任期届满的日期。"))
    return found


def behind(text: str, _kind: Kind) -> date:
    """A day up to today."""
    if (found := day(text)) > clock.today():
        raise Wrong(_("这一天还没有到，请填已经过去的日期。"))
    return found


def count(text: str, _kind: Kind) -> int:
    """How many people."""
    if not re.fullmatch(r"\d{1,9}", text) or not 1 <= int(text) <= MEMBERS:
        raise Wrong(_("请写 1 到 %(most)s 之间的整数。", most=MEMBERS))
    return int(text)


def phone(text: str, _kind: Kind | None = None) -> str:
    """A number to ring, as digits; what is wrong with it is told without showing it whole."""
    number = digits(text)
    if not PHONE.fullmatch(number):
        raise Wrong(_("“%(phone)s”不像电话号码：手机 11 位，固定电话带区号。", phone=masked_phone(number)))
    return number


def digits(text: str) -> str:
    """A number without what people put between."""
    return re.sub(r"[\s()（）\-—–]", "", ascii_digits(text)).removeprefix("+86")


READERS = {
    Fact.CREDIT_CODE.value: code,
    Fact.TERM_UNTIL.value: ahead,
    Fact.INCUBATED_SINCE.value: behind,
    "active_since": behind,
    Fact.MEMBERS_COUNT.value: count,
    "contact_phone": phone,
}


def kind_of(text: str) -> Kind:
    """The kind that a word means. Raises `Wrong`."""
    kind = KINDS.get(text.casefold())
    if kind is None:
        known = joined(one.label for one in Kind)
        raise Wrong(_("没有“%(word)s”这个类别，可以写：%(known)s。", word=text[:20], known=known))
    return kind


def not_asked(key: str, kind: Kind) -> None:
    """Refuse a fact that this kind is not asked for: it would be lost. Raises `Wrong`."""
    if key in {fact.value for fact in Fact} and key not in {fact.value for fact in ASKED[kind]}:
        raise Wrong(_("%(kind)s不用填“%(column)s”，请空着。", kind=kind.label, column=TAKEN[key]))
