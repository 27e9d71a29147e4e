"""What the tests of attendance share: a shift of an hour with people who signed up, and the clock beside it."""

from datetime import timedelta

import pytest


@pytest.fixture
def watch(at_work):
    """联防巡查 on a Saturday from 07:00 to 08:00, with two seats, 吴阿姨 and 周师傅 signed up."""
    shift = at_work.shift
    shift.resize(2, by=at_work.lin)
    for person in (at_work.wu, at_work.zhou):
        shift.sign_up(person, by=person)
    return shift


@pytest.fixture
def minute(at):
    """A function that moves the clock to so many minutes after a shift begins (before it: a negative number)."""
    return lambda shift, number: at(shift, minutes=-number) and shift.starts_at + timedelta(minutes=number)
