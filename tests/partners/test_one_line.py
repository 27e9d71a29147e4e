"""One line may name a partner; a price, an offer, a number to ring or a code to scan may not stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.one_line import MOST, Sells, TooLong, check

GOOD = ["老人家电义修的主力", "1998 年起在东方社区，修了 43 户", "红管家·邻里情，42 人的志愿队", "", "第 3 网格的邻居"]
BAD = [
    ("全场八折优惠", "价格"), ("上门只要 30 元", "价格"), ("￥99 起", "价格"), ("会员打 8 折", "价格"),
    ("五一特价", "价格"), ("请打 029-8888 6666", "电话"), ("１３８００００００００", "电话"), ("热线见门头", "电话"),
    ("加V看更多", "二维码"), ("微信同号", "二维码"), ("www.bailu.example", "二维码"), ("见 bailu.com", "二维码"),
    ("扫码下单", "二维码"), ("关注公众号", "二维码"),
]  # fmt: skip


@pytest.mark.parametrize("line", GOOD)
def test_who_and_what_may_be_said(line):
    assert check(line) == line


@pytest.mark.parametrize(("line", "what"), BAD)
def test_what_sells_is_refused_and_told(line, what):
    with pytest.raises(Sells, match=what):
        check(line)


def test_one_line_is_short():
    with pytest.raises(TooLong, match="40 个字，现在 41 个"):
        check("字" * (MOST + 1))


@given(st.text(max_size=20), st.text(alphabet="0123456789", min_size=7, max_size=11), st.text(max_size=10))
def test_no_number_to_ring_gets_through(before, phone, after):
    with pytest.raises((Sells, TooLong)):
        check(f"{before} {phone} {after}")
