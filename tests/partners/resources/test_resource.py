"""Offers: who lends what from when until when, kept up by its owner."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from communities.journal import Audience, Line
from kernel import clock, search
from kernel.db import db
from kernel.work import work
from partners.resources.booking_words import State
from partners.resources.listed import ResourceList
from partners.resources.resource import Resource
from partners.resources.resource_words import (
    MOVES,
    ChangedMeanwhile,
    NeverOpen,
    NoSuchDay,
    NotThisStatus,
    OwnerNotActive,
    Sort,
    Status,
    TimeOver,
)
from partners.standing import ReasonNeeded
from tests.support.lending import TUESDAY, booker, coming, facts, lend, span

DAY = timedelta(days=1)


@pytest.fixture
def lent(world):
    """The hall and its owner, inside one `work()`."""
    with work():
        yield lend(world)


def test_a_partner_lends_and_everybody_reads_of_it(lent, world):
    line = db.session.scalars(Line.about(lent.hall)).one()
    assert (line.verb, line.audience) == ("resource.offered", Audience.PUBLIC)
    assert (lent.hall.owner_name, lent.hall.runners) == ("幸福路管委会（示例）", [world.qian])
    assert lent.hall.hours_line == "每天 08:00–\u206022:00"
    assert found("音响") == [("resource", lent.hall.id)]


def found(words):
    return [(entry.kind, entry.ref) for entry in db.session.scalars(search.matching(words))]


def test_an_office_lends_the_rooms_of_its_community(lent, world):
    room = Resource.offer(world.community, by=world.lin, **facts(sort=Sort.ROOM, name="书画室", spot="服务中心二楼"))
    assert (room.owner_name, room.runners, room.where) == ("东方社区", [world.lin], "东方社区 服务中心二楼")


def test_an_office_may_answer_for_a_partner(lent, world):
    lent.hall.office_answers = True
    assert lent.hall.runners == [world.qian, world.lin]


def test_only_a_verified_partner_lends(lent, world):
    with pytest.raises(OwnerNotActive) as said:
        Resource.offer(world.community, world.applicant, by=world.zhou, **facts())
    assert "周师傅磨刀（示例）" in str(said.value)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"hours": [[]] * 7}, NeverOpen),
        ({"valid_until": clock.today() - DAY}, TimeOver),
        ({"valid_until": clock.today() + 800 * DAY}, TimeOver),
    ],
)
def test_what_is_never_open_or_over_is_no_offer(lent, world, more, refusal):
    with pytest.raises(refusal):
        Resource.offer(world.community, lent.owner, by=world.qian, **facts(**more))
    with pytest.raises(refusal):
        lent.hall.rewrite(version=lent.hall.version, by=world.qian, **facts(**more))


def test_a_save_over_a_colleagues_is_refused(lent, world):
    shown = lent.hall.version
    lent.hall.rewrite(version=shown, by=world.qian, **facts(conditions="不能用明火"))
    with pytest.raises(ChangedMeanwhile):
        lent.hall.rewrite(version=shown, by=world.qian, **facts(conditions="可以用明火"))
    assert lent.hall.conditions == "不能用明火"


@pytest.mark.parametrize("status", list(Status))
def test_a_status_moves_as_the_table_says_and_every_move_has_a_line(lent, world, status):
    hall = lent.hall
    verbs = {
        Status.PAUSED: lambda: hall.pause("装修", by=world.qian),
        Status.OFFERED: lambda: hall.resume(by=world.qian),
        Status.ENDED: lambda: hall.end("拆迁", by=world.qian),
    }
    for wanted, verb in verbs.items():
        hall.status = status
        before = count_lines()
        if wanted in MOVES[status]:
            verb()
            assert (hall.status, count_lines()) == (wanted, before + 1)
        else:
            with pytest.raises(NotThisStatus) as said:
                verb()
            assert f"现在是“{status.label}”" in str(said.value)
            assert count_lines() == before


def count_lines() -> int:
    return len(db.session.scalars(select(Line.id)).all())


def test_a_pause_an_end_and_a_closure_say_why(lent, world):
    day = coming(TUESDAY)
    for verb in (
        lambda: lent.hall.pause(" ", by=world.qian),
        lambda: lent.hall.end("", by=world.qian),
        lambda: lent.hall.close(*span(day, 8, 9), " ", by=world.qian),
    ):
        with pytest.raises(ReasonNeeded):
            verb()
    assert lent.hall.status is Status.OFFERED


def test_a_closure_lies_ahead(lent, world):
    yesterday = clock.today() - DAY
    with pytest.raises(NoSuchDay):
        lent.hall.close(*span(yesterday, 8, 9), "检修", by=world.qian)
    with pytest.raises(NoSuchDay):
        lent.hall.close(*reversed(span(coming(TUESDAY), 8, 9)), "检修", by=world.qian)


def test_an_offer_that_is_over_is_confirmed_again(lent, world):
    lent.hall.valid_until = clock.today() - DAY
    assert lent.hall.is_expired
    assert lent.hall.why_not_lent is not None
    lent.hall.renew(clock.today() + 100 * DAY, by=world.qian)
    assert lent.hall.why_not_lent is None
    with pytest.raises(TimeOver):
        lent.hall.renew(clock.today() - DAY, by=world.qian)


def test_wider_hours_give_who_waits_his_time(lent, world):
    day = coming(TUESDAY)
    first = lent.hall.book(booker(lent.choir), *span(day, 14, 16), by=world.wu)
    waiting = lent.hall.book(booker(lent.dancers), *span(day, 14, 16), wait=True, by=world.zhou)
    db.session.flush()
    lent.hall.rewrite(version=lent.hall.version, by=world.qian, **facts(quantity=2))
    assert (first.state, waiting.state) == (State.GRANTED, State.GRANTED)


def test_the_list_by_sort_place_owner_and_word(lent, world):
    cars = Resource.offer(
        world.community, lent.owner, by=world.qian,
        **facts(sort=Sort.PARKING, name="停车场", quantity=209, equipment="充电桩"),
    )  # fmt: skip
    room = Resource.offer(world.other_community, by=world.stranger_lin, **facts(sort=Sort.ROOM, name="活动室"))
    gone = Resource.offer(world.community, by=world.lin, **facts(sort=Sort.ROOM, name="旧活动室"))
    gone.end("搬走了", by=world.lin)
    db.session.flush()

    def listed(**asked):
        return [resource.name for resource in ResourceList(**asked).page(world.wu)[0]]

    assert listed() == [room.name, cars.name, lent.hall.name]
    assert listed(sort=Sort.PARKING) == [cars.name]
    assert listed(place=world.other_community) == [room.name]
    assert listed(place=world.subdistrict) == [room.name, cars.name, lent.hall.name]
    assert listed(text="充电") == [cars.name]
    assert listed(partner_id=lent.owner.id) == [cars.name, lent.hall.name]
    assert ResourceList(sort=Sort.PARKING).page(world.wu)[1:] == (1, 209)
    assert [one.name for one in ResourceList().all(world.wu, 2)] == [room.name, cars.name]
