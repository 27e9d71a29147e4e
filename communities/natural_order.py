"""The order in which people expect buildings: 2号楼 before 10号楼, 甲 before 乙, 九栋 before 十二栋, 东 before 西."""

import re
from unicodedata import normalize

PARTS = 3  # of a label that count
BITS = 15  # of each part: together they stay below 2**53
LARGEST = 29_999  # the largest number that is told apart; the marks come after the numbers
UNMARKED = 2**BITS - 1  # 阳光小区: after everything that has a number, in the order of the file

STEMS = "甲乙丙丁戊己庚辛壬癸"
SIDES = "东南西北前中后左右上下"
MARKS = {mark: LARGEST + 1 + n for n, mark in enumerate(STEMS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + SIDES, 1)}
DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100}

CHINESE = "[零〇一二两三四五六七八九十百]+"
COUNTED = "(?=[号栋幢楼座单区院期组门排层段村坊街]|$)"  # 三号楼 counts, 三秦小区 does not
PART = re.compile(
    rf"(?P<number>[0-9]+)|第?(?P<chinese>{CHINESE}){COUNTED}"
    rf"|(?P<stem>[{STEMS}])(?=[号栋幢楼座单区院门字0-9-]|$)"
    rf"|(?P<side>[{SIDES}])(?=[号栋幢楼座单区院门侧段0-9]|$)"
    r"|(?<![A-Z])(?P<letter>[A-Z])(?![A-Z])"
)


def position(label: str) -> int:
    """The place of a label among its neighbours, from the label alone; equal ones keep the order they came in.

    The first three numbers or marks count. Small numbers (below 2**30) stay free for an order that somebody chose.
    """
    parts = [worth(found) for found in PART.finditer(normalize("NFKC", label).upper())][:PARTS]
    parts = parts or [UNMARKED]
    total = 0
    for part in parts + [0] * (PARTS - len(parts)):
        total = total << BITS | part
    return total


def worth(found: re.Match) -> int:
    """A number counted from one (there is a 0号楼), a mark behind all numbers."""
    words = found.groupdict()
    if digits := words["number"]:
        return min(int(digits[:9]), LARGEST) + 1
    if chinese := words["chinese"]:
        return min(chinese_number(chinese), LARGEST) + 1
    return MARKS[words["stem"] or words["side"] or words["letter"]]


def chinese_number(text: str) -> int:
    """十二 is 12, 二十 is 20, 一百零五 is 105, and 三〇一 read digit by digit is 301."""
    if not set(text) & TENS.keys():
        return int("".join(str(DIGITS[sign]) for sign in text)[:9])
    total = digit = 0
    for sign in text:
        if sign in TENS:
            total += (digit or 1) * TENS[sign]
            digit = 0
        else:
            digit = DIGITS[sign]
    return total + digit
