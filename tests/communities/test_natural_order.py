"""Buildings stand in the order in which people count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.natural_order import chinese_number, position

ORDERED = [
    ["1号楼", "2号楼", "10号楼", "11号楼", "100号楼"],
    ["甲楼", "乙楼", "丙楼", "癸楼"],
    ["甲1号", "甲2号", "甲10号", "乙1号"],
    ["一号楼", "二号楼", "九号楼", "十号楼", "十二号楼", "二十号楼", "二十一号楼", "一百零五号楼"],
    ["九栋", "10栋", "十二栋", "13栋"],
    ["3号楼", "3号楼东单元", "3号楼西单元", "4号楼"],
    ["3号楼1单元", "3号楼2单元", "3号楼10单元"],
    ["1-2号楼", "1-10号楼", "2-1号楼"],
    ["A座", "B座", "Z座"],
    ["２号楼", "10号楼", "１１号楼"],
    ["0号楼", "1号楼"],
    ["99号楼", "甲楼", "A座", "东楼", "阳光小区"],
]


@pytest.mark.parametrize("labels", ORDERED, ids=lambda labels: labels[0])
def test_each_stands_behind_the_one_before(labels):
    places = [position(label) for label in labels]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    "labels", [("3号楼", "３号楼", "三号楼", "第三栋"), ("a座", "A座"), ("三秦小区", "东方社区", "")]
)
def test_these_keep_the_order_they_came_in(labels):
    assert len({position(label) for label in labels}) == 1


@pytest.mark.parametrize(("text", "number"), [("十", 10), ("二十三", 23), ("一百零五", 105), ("三〇一", 301)])
def test_chinese_numbers(text, number):
    assert chinese_number(text) == number


@given(st.text(max_size=60))
def test_any_text_has_a_place_that_leaves_room_for_a_chosen_order(label):
    assert 2**30 <= position(label) < 2**45


@given(st.integers(0, 29_998), st.integers(0, 29_998), st.sampled_from(["号楼", "栋", "号院", "座"]))
def test_numbers_stand_as_numbers(one, other, word):
    assert (position(f"{one}{word}") < position(f"{other}{word}")) == (one < other)
