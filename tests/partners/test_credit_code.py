"""The check of a credit code against an implementation that knows only the tables of the standard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partners.credit_code import ALPHABET, check_character, fault, plain

WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]  # GB 32100-2015, table 2
VALUES = {**{str(n): n for n in range(10)}, "A": 10, "B": 11, "C": 12, "D": 13, "E": 14, "F": 15, "G": 16, "H": 17}
VALUES |= {"J": 18, "K": 19, "L": 20, "M": 21, "N": 22, "P": 23, "Q": 24, "R": 25, "T": 26, "U": 27, "W": 28}
VALUES |= {"X": 29, "Y": 30}
PUBLISHED = ["9144030071526726XG", "914403001922038216", "91110000802100433B"]  # firms quoted on stock exchanges
bodies = st.text(alphabet=sorted(VALUES), min_size=17, max_size=17)


def reference(body):
    """The check character by table 2 of the standard."""
    check = 31 - sum(VALUES[letter] * weight for letter, weight in zip(body, WEIGHTS, strict=True)) % 31
    return next(letter for letter, value in VALUES.items() if value == check % 31)


@given(bodies)
def test_the_check_character_is_that_of_the_standard(body):
    assert check_character(body) == reference(body)
    assert fault(body + reference(body)) is None


@given(bodies, st.sampled_from(sorted(VALUES)))
def test_every_other_last_character_is_wrong(body, last):
    assert (fault(body + last) is None) == (last == reference(body))


@given(bodies, st.integers(0, 16), st.sampled_from(sorted(VALUES)))
def test_one_letter_copied_wrongly_is_noticed(body, place, letter):
    wrong = body[:place] + letter + body[place + 1 :]
    assert wrong == body or "校验码" in str(fault(wrong + reference(body)))


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_a_sentence_or_is_right(typed):
    said = fault(plain(typed))
    assert said is None or str(said).endswith("。")


@pytest.mark.parametrize("code", PUBLISHED)
def test_published_codes_are_right(code):
    assert fault(code) is None


def test_the_sentence_says_which_of_it_is_wrong(site):
    assert "18 位，您填了 3 位" in str(fault("911"))
    assert "第 2 位“I”" in str(fault("9I44030071526726XG"))
    assert "校验码" in str(fault("9144030071526726XH"))


def test_the_code_is_read_as_people_type_it():
    assert plain(" ９144-0300 71526726xg ") == "9144030071526726XG"
    assert len(ALPHABET) == 31
