"""One line by which a partner may be named: who it is, and nothing that sells."""

import re
from unicodedata import normalize

from kernel.i18n import _
from kernel.work import Refusal

MOST = 40  # characters
WORDS = {
    "price": "价格 特价 优惠 折扣 打折 秒杀 包邮 红包 代金券 团购 促销",
    "phone": "电话 热线 手机",
    "address": "微信 weixin 公众号 小程序 扫码 二维码",
}
SHAPES = {
    "price": r"[¥￥$]|\d\s*(元|块|折|%)|[十百千万]元|[一二三四五六七八九]折",
    "phone": r"(\d[\s\-—–]*){7,}",
    "address": r"https?:|www\.|\.(com|cn|net|top|shop)\b|@|加\s*v|\bvx\b|\bqq\b",
}
CALLED = {"price": _("价格和优惠"), "phone": _("电话"), "address": _("网址、微信或二维码")}
SELLS = {kind: re.compile("|".join([*WORDS[kind].split(), SHAPES[kind]]), re.IGNORECASE) for kind in CALLED}


class Sells(Refusal):
    """A thank-you is no advertisement."""

    message = _("这一句里有%(what)s。这里只写是谁、做什么，请去掉再交。")
    field = "line"


class TooLong(Refusal):
    """One line is one line."""

    message = _("请写短一些：最多 %(most)s 个字，现在 %(now)s 个。")
    field = "line"


def check(line: str) -> str:
    """The line, if it sells nothing. Raises `Sells` or `TooLong`."""
    plain = normalize("NFKC", line)
    if len(line) > MOST:
        raise TooLong(most=MOST, now=len(line))
    for kind, pattern in SELLS.items():
        if pattern.search(plain):
            raise Sells(what=CALLED[kind])
    return line
