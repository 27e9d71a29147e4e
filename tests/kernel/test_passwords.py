"""Passwords are hashed in the profile of the configuration, and nobody learns whether an account exists."""

from time import perf_counter

import pytest

from kernel.passwords import fits, hashed, outdated

CHEAP = {"time_cost": 1, "memory_cost": 8}
DEARER = {"time_cost": 2, "memory_cost": 19456}


@pytest.fixture(autouse=True)
def cheap(paper):
    paper.config["ARGON2"] = CHEAP
    return paper


@pytest.mark.parametrize("password", ["xincheng-100", "  前后有空格  ", "密码🔑", "x" * 200, "\0a", "\0b"])
def test_a_password_opens_what_it_locked(password):
    stored = hashed(password)
    assert stored.startswith("$argon2id$")
    assert fits(stored, password)
    assert not fits(stored, password + "x")
    assert not fits(stored, "")


def test_two_hashes_of_one_password_differ():
    assert hashed("one") != hashed("one")


@pytest.mark.parametrize("password", ["nobody", "", "x"])
def test_no_account_is_opened_by_no_password(password):
    assert not fits(None, password)


@pytest.mark.parametrize("stored", ["", "plain", "$argon2id$broken", "$2b$12$abcdefghijklmnopqrstuv"])
def test_a_hash_that_is_none_fits_nothing(stored):
    assert not fits(stored, stored)


def test_a_hash_of_another_profile_is_outdated_and_still_opens(cheap):
    stored = hashed("one")
    assert not outdated(stored)
    cheap.config["ARGON2"] = CHEAP | {"memory_cost": 16}
    assert outdated(stored)
    assert fits(stored, "one")


def test_it_takes_as_long_when_there_is_no_account(cheap):
    cheap.config["ARGON2"] = DEARER
    stored = hashed("one")
    fits(None, "warm")

    def fastest(stored):
        seconds = []
        for _ in range(5):
            began = perf_counter()
            fits(stored, "two")
            seconds.append(perf_counter() - began)
        return min(seconds)

    assert 0.5 < fastest(None) / fastest(stored) < 2
