"""Hand-overs between partners: the units are never free in between, what is open goes along, both keep a history."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event

from communities.journal import Line
from communities.working_day import working_days_after
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.member import Role
from projects.giveback import ledger, sums
from projects.handing_over import AnsweredAlready, HasItAlready, OfferedAlready, OwnPartner
from projects.handing_over import State as Offered
from projects.stage import Stage
from projects.standing import AnsweredAlready as NotRunning
from projects.standing import PartnerNotActive, State, WhyNot
from projects.transfer import Transfer

TODAY = clock.today()
WHY = "两名师傅调走了，修完了 12 户"


@pytest.fixture
def running(world):
    """白鹭科技 mends at the centre; 吴阿姨 speaks for the team."""
    with work():
        world.team.join(world.wu, Role.MANAGER, by=world.lin)
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="四人", by=world.zhao)
        adoption.accept(by=world.lin)
    return adoption


@pytest.fixture
def offer(running, world):
    with work():
        return Transfer.offer(running, world.team, WHY, by=world.zhao)


def kinds(person):
    db.session.rollback()
    wanted = ("transfer.offered", "transfer.agreed")
    return [(line.desk.kind, line.id) for line in waiting.lines(person, 50) if line.desk.kind in wanted]


def verbs(adoption):
    return [line.verb for line in db.session.scalars(Line.about(adoption))]


def test_the_other_partner_says_yes_then_the_committee_and_the_units_stay_given(offer, running, world):
    part = world.project.parts[0]
    assert kinds(world.wu) == [("transfer.offered", running.id)]
    assert kinds(world.lin) == []
    with work():
        offer.agree("我们有六个人", by=world.wu)
    assert (part.given, offer.state) == (43, Offered.AGREED)
    assert (kinds(world.wu), kinds(world.lin)) == ([], [("transfer.agreed", running.id)])
    with work():
        offer.approve(by=world.lin)
    [new] = world.project.living_adoptions
    assert (new.partner, new.quantity, new.state, new.pledge) == (world.team, 43, State.RUNNING, "我们有六个人")
    assert (new.took_over, running.state, part.given) == (running, State.HANDED_OVER, 43)
    assert new.leads
    assert not running.leads
    assert world.project.stage is Stage.OPEN  # the other part is still to be adopted
    assert verbs(running)[-3:] == ["transfer.offered", "transfer.agreed", "transfer.done"]
    assert verbs(new) == ["adoption.took_over"]


def test_where_the_project_says_so_nobody_else_is_asked(offer, running, world):
    with work():
        world.project.at_once = True
    with work():
        offer.agree("", by=world.wu)
    [new] = world.project.living_adoptions
    assert (new.partner, new.pledge, offer.state) == (world.team, "四人", Offered.DONE)


def test_what_is_open_goes_along_and_what_is_reached_stays(running, world):
    with work():
        reached = running.promise("看完前 10 户", TODAY, by=world.zhao)
        reached.reach("看完了", None, by=world.zhao)
        open_ = running.promise("修完 43 户", working_days_after(TODAY, 9), by=world.zhao)
        offer = Transfer.offer(running, world.team, WHY, by=world.zhao)
        offer.agree("", by=world.wu)
        offer.approve(by=world.lin)
    [new] = world.project.living_adoptions
    db.session.expire_all()
    assert (new.milestones, running.milestones) == ([open_], [reached])
    with time_machine.travel(clock.at(working_days_after(open_.due, 2)) + timedelta(hours=9)):
        assert open_.days_late == 2


def test_both_ledgers_know_who_took_over(offer, running, world):
    with work():
        offer.agree("", by=world.wu)
        offer.approve(by=world.lin)
    [entry] = ledger(world.lin, world.egret.id, 9)
    assert entry.successor == world.team.name
    assert (sums([world.egret.id]).left, sums([world.team.id]).running) == (1, 1)


@pytest.mark.parametrize("side", ["zhao", "wu"])
@pytest.mark.parametrize("agreed", [False, True])
def test_either_side_takes_its_word_back_until_it_is_answered(offer, running, world, side, agreed):
    if agreed:
        with work():
            offer.agree("", by=world.wu)
    with work():
        offer.withdraw(by=getattr(world, side))
    assert (offer.state, running.state) == (Offered.WITHDRAWN, State.RUNNING)
    with pytest.raises(AnsweredAlready), work():
        offer.approve(by=world.lin)
    with work():
        assert Transfer.offer(running, world.department, WHY, by=world.zhao).is_open


def test_no_from_either_of_them_needs_a_reason_and_leaves_it_where_it_was(offer, running, world):
    with pytest.raises(WhyNot), work():
        offer.decline(" ", by=world.wu)
    with work():
        offer.decline("人手不够", by=world.wu)
    with work():
        other = Transfer.offer(running, world.department, WHY, by=world.zhao)
        other.agree("", by=world.qian)
    with pytest.raises(WhyNot), work():
        other.refuse("", by=world.lin)
    with work():
        other.refuse("这一段要熟悉的师傅", by=world.lin)
    assert (offer.state, other.state) == (Offered.DECLINED, Offered.REFUSED)
    assert (running.state, world.project.parts[0].given) == (State.RUNNING, 43)


def test_what_cannot_be_handed_over_has_a_sentence_of_its_own(running, world):
    for to, words, refusal in (
        (world.egret, WHY, OwnPartner),
        (world.applicant, WHY, PartnerNotActive),
        (world.team, " ", WhyNot),
    ):
        with pytest.raises(refusal), work():
            Transfer.offer(running, to, words, by=world.zhao)
    with work():
        Transfer.offer(running, world.team, WHY, by=world.zhao)
    with pytest.raises(OfferedAlready) as said, work():
        Transfer.offer(running, world.department, WHY, by=world.zhao)
    assert "红管家" in str(said.value)


def test_whoever_does_some_of_the_part_already_takes_no_more_of_it(world):
    with work():
        mine = world.project.adopt(world.egret, world.project.parts[0].id, 20, pledge="", by=world.zhao)
        mine.accept(by=world.lin)
        world.project.adopt(world.team, world.project.parts[0].id, 20, pledge="", by=world.lin)
    with pytest.raises(HasItAlready), work():
        Transfer.offer(mine, world.team, WHY, by=world.zhao)


@pytest.mark.databases("postgresql")
def test_an_answer_locks_the_taker_then_the_project_then_the_adoption(offer, world, enter):
    team, locks = enter("volunteer"), []

    def watch(_connection, _cursor, statement, *_rest):
        if " UPDATE OF " in statement:
            locks.append(statement.rsplit(" UPDATE OF ", 1)[1])

    event.listen(db.engine, "before_cursor_execute", watch)
    try:
        assert team.post(f"/transfers/{offer.id}/agreement", data={"pledge": ""}).status_code == 303
    finally:
        event.remove(db.engine, "before_cursor_execute", watch)
    assert locks == ["partner", "project", "adoption", "transfer"]


def test_what_happened_in_between_is_looked_at_again(offer, running, world):
    with work():
        offer.agree("", by=world.wu)
        world.team.suspend("换届", by=world.lin)
    assert offer.state is Offered.WITHDRAWN
    with work():
        world.team.resume(by=world.lin)
        again = Transfer.offer(running, world.team, WHY, by=world.zhao)
    with work():
        running.leave("店关了", by=world.zhao)
    assert again.state is Offered.WITHDRAWN
    with pytest.raises(NotRunning), work():
        Transfer.offer(running, world.team, WHY, by=world.zhao)
    assert world.project.parts[0].given == 0
