"""When a partner may do no more, its requests are withdrawn; when it ends, so are its times and its offers."""

import pytest

from kernel.work import work
from partners.resources.booking_words import State
from partners.resources.resource_words import Status
from tests.support.lending import TUESDAY, booker, coming, lend, span


@pytest.fixture
def lent(world):
    """The hall; the choir has a time, and waits for another that the dancers have."""
    with work():
        found = lend(world)
        day = coming(TUESDAY)
        found.has = found.hall.book(booker(found.choir), *span(day, 9, 10), by=world.wu)
        found.theirs = found.hall.book(booker(found.dancers), *span(day, 14, 16), by=world.zhou)
        found.waits = found.hall.book(booker(found.choir), *span(day, 14, 16), wait=True, by=world.wu)
        yield found


def test_who_is_suspended_keeps_what_was_granted_and_waits_no_more(lent, world):
    lent.choir.suspend("换人", by=world.lin)
    assert (lent.has.state, lent.waits.state) == (State.GRANTED, State.WITHDRAWN)


def test_who_ends_gives_its_times_to_who_waits(lent, world):
    lent.dancers.end("队伍解散", by=world.lin)
    assert (lent.theirs.state, lent.waits.state) == (State.WITHDRAWN, State.GRANTED)


def test_what_an_owner_lent_ends_with_it_and_everybody_is_told(lent, world):
    lent.owner.suspend("换人", by=world.lin)
    assert (lent.hall.status, lent.has.state) == (Status.OFFERED, State.GRANTED)
    lent.owner.resume(by=world.lin)
    lent.owner.end("撤销了", by=world.lin)
    assert lent.hall.status is Status.ENDED
    assert [one.state for one in (lent.has, lent.theirs, lent.waits)] == [
        State.RELEASED, State.RELEASED, State.REFUSED,
    ]  # fmt: skip
    assert "幸福路管委会（示例）" in lent.has.reason
