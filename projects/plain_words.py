"""No promotion inside service (志愿服务条例 art. 25): what is written for a project sells nothing.

Reasons that only the parties read are left as they are: “the parts for 200 yuan have not come” is one.
"""

import re
from unicodedata import normalize

from kernel.i18n import _
from kernel.work import Refusal
from partners.one_line import WORDS

# A thank-you of one line bears no number at all; a report may speak of 80 %, a day, or a group chat with residents.
PRICES = r"[¥￥$]\s*\d|\d[\d.,]*\s*元|[十百千万]元|[\d一二三四五六七八九.]\s*折"
PHONES = r"(?<!\d)(1\d{2}[\s-]?\d{4}[\s-]?\d{4}|[48]00[\s-]?\d{3}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)"
ADDRESSES = r"https?:\S*|www\.\S*|加\s*微信|微信号|加\s*v(?![a-z])|公众号|小程序|扫码|二维码"
ASKS = r"热线|订购|下单|购买|到店|咨询电话|预约电话"
SELLS = re.compile("|".join([*WORDS["price"].split(), PRICES, PHONES, ADDRESSES, ASKS]), re.IGNORECASE)


class Promotes(Refusal):
    """A project is no shop window."""

    message = _("“%(words)s”像是在做推广。这里只写做什么、怎么做：请去掉价格、优惠、电话、网址和二维码再交。")

    def __init__(self, words: str, field: str | None):
        super().__init__(words=words)
        self.field = field


def plain(text: str, field: str | None = None) -> str:
    """The text, if it sells nothing; `field` is where it was typed. Raises `Promotes` with the words that do."""
    found = SELLS.search(normalize("NFKC", text))
    if found:
        raise Promotes(found.group().strip(), field)
    return text
