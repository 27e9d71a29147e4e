"""Numbers on paper: a year, eight letters that nobody guesses, and one that finds a slip of the pen.

31 signs, a prime, so that the weights 3^place, 3^0 for the check sign, find every wrong sign and every two that changed
places. I, O, S and Z are no signs: whoever reads them meant 1, 0, 5 and 2.
"""

import secrets
from unicodedata import normalize

from .i18n import _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
READ_AS = str.maketrans("IOSZ", "1052")
GUESSES = 8  # signs: 31^8, a million tries a second would take ten days
LENGTH = 4 + GUESSES + 1


def new_number(year: int) -> str:
    """A fresh number of this year, plain."""
    body = f"{year:04}" + "".join(secrets.choice(ALPHABET) for _place in range(GUESSES))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """The last sign for those before it."""
    total = sum(ALPHABET.index(sign) * pow(3, place, 31) for place, sign in enumerate(body, start=1))
    return ALPHABET[-total % 31]


def plain(typed: str) -> str:
    """The number without what people put between and with what they meant: capitals, plain width."""
    signs = normalize("NFKC", typed).upper().translate(READ_AS)
    return "".join(sign for sign in signs if sign.isalnum())


def shown(number: str) -> str:
    """As it is printed: 2026-7K4M-9QX2-C."""
    return "-".join((number[:4], number[4:8], number[8:12], number[12:]))


def fault(number: str):
    """What is wrong with a plain number, as a sentence; None when it fits together."""
    if len(number) != LENGTH:
        return _("编号有 %(right)s 位，您填了 %(now)s 位，请对照证明补齐。", right=LENGTH, now=len(number))
    if not set(number) <= set(ALPHABET):
        return _("编号里只有数字和字母（没有 V），请对照证明看看。")
    if check_sign(number[:-1]) != number[-1]:
        return _("这个编号对不上：不是抄错了一位，就是这里没有出过这份证明。")
    return None
