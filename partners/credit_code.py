"""统一社会信用代码: 18 characters, of which the last one checks the others (GB 32100-2015, ISO 7064)."""

from unicodedata import normalize

from kernel.i18n import _
from kernel.work import Refusal

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # I, O, S, V and Z are left out: they look like figures
LENGTH = 18


class CreditCodeTaken(Refusal):
    """One legal person, one living entry in the register."""

    message = _("这个统一社会信用代码已经登记为“%(partner)s”，请联系它的管理员邀请您加入。")
    field = "credit_code"


SOCIAL = ("51", "52", "53", "59")  # GB 32100-2015: registered by the civil affairs office (5), as which kind


def plain(typed: str) -> str:
    """The code as it is printed: capitals, plain width, without the spaces and hyphens of a reader."""
    return normalize("NFKC", typed).upper().replace(" ", "").replace("-", "")


def check_character(body: str) -> str:
    """The 18th character for the first 17: 31 − Σ value × 3^place, all modulo 31."""
    total = sum(ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return ALPHABET[-total % 31]


def fault(code: str):
    """What is wrong with a plain code, as a sentence; None when nothing is."""
    if len(code) != LENGTH:
        return _("统一社会信用代码是 18 位，您填了 %(now)s 位，请对照证照补齐。", now=len(code))
    for place, letter in enumerate(code, 1):
        if letter not in ALPHABET:
            return _(
                "第 %(place)s 位“%(letter)s”不会出现在代码里（只有数字和字母，没有 I、O、S、V、Z），请对照证照看看。",
                place=place,
                letter=letter,
            )
    if check_character(code[:-1]) != code[-1]:
        return _("最后一位校验码对不上，可能有一位抄错了，请对照证照逐位核对。")
    return None


def social_fault(code: str):
    """What is wrong with the code of a social organisation: the same, and it comes from the civil affairs office."""
    if wrong := fault(code):
        return wrong
    if not code.startswith(SOCIAL):
        return _(
            "社会组织的代码以 51、52、53 或 59 开头，您填的以 %(start)s 开头。不是民政登记的，请换一种来申请。",
            start=code[:2],
        )
    return None
