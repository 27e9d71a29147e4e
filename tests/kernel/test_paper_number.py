"""Numbers on paper: every slip of the pen is found, what people mean is read, and nobody counts through them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kernel.paper_number import ALPHABET, LENGTH, check_sign, fault, new_number, plain, shown

bodies = st.text(alphabet=ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
numbers = bodies.map(lambda body: body + check_sign(body))


@given(numbers)
def test_a_number_that_was_made_fits_together(number):
    assert fault(number) is None
    assert plain(shown(number)) == number


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found(number, place, sign):
    wrong = number[:place] + sign + number[place + 1 :]
    assert wrong == number or "对不上" in str(fault(wrong))


@given(numbers)
def test_two_signs_that_changed_places_are_found(number):
    for one, other in combinations(range(LENGTH), 2):
        signs = list(number)
        signs[one], signs[other] = signs[other], signs[one]
        wrong = "".join(signs)
        assert wrong == number or "对不上" in str(fault(wrong))


@given(numbers)
def test_small_letters_wide_letters_and_what_lies_between_do_not_matter(number):
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)
    assert {plain(shown(number).lower()), plain(wide), plain(f" {shown(number)} "), plain(number)} == {number}


def test_letters_that_look_like_figures_are_read_as_figures():
    assert plain("o1IlS5z2") == "011" + "L" + "5522"


@given(st.text(max_size=40))
def test_anything_else_is_a_sentence(typed):
    assert fault(plain(typed)) is None or str(fault(plain(typed))).endswith("。")


def test_too_short_and_a_letter_that_is_none_are_told():
    assert "您填了 3 位" in str(fault("ABC"))
    assert "没有 V" in str(fault("V" * LENGTH))


def test_numbers_of_a_year_have_nothing_in_common():
    made = {new_number(2026) for _ in range(2_000)}
    assert len(made) == 2_000
    assert {number[:4] for number in made} == {"2026"}
    for place in range(4, LENGTH):
        assert {number[place] for number in made} == set(ALPHABET)
