"""What raised firms give back: counted as the certificates count it, and who took over what was left."""

import pytest

from kernel.work import work
from projects import counting, giveback
from projects.in_kind import InKind
from tests.support.statements import counted


def adopt(world, partner, part, quantity):
    adoption = world.project.adopt(partner, world.project.parts[part].id, quantity, pledge="", by=world.zhao)
    adoption.accept(by=world.lin)
    return adoption


@pytest.fixture
def done(world):
    """白鹭 delivered 7 of 43 households with material, and left 20 that the team took over."""
    with work():
        first = adopt(world, world.egret, 0, 7)
        first.deliver("都修好了", by=world.zhao)
        InKind.note_down(first, "配件", 900, "进价", by=world.zhao)
        InKind.note_down(first, "重复的一笔", 100, "进价", by=world.zhao).strike("记重了", by=world.lin)
        left = adopt(world, world.egret, 1, 20)
        InKind.note_down(left, "没用上的", 50, "进价", by=world.zhao)
        left.leave("人手不够", by=world.zhao)
        adopt(world, world.team, 1, 20)
    return first


def test_it_adds_up(world, done):
    found = giveback.sums([world.egret.id])
    assert (found.finished, found.running, found.left, found.adoptions, found.yuan) == (1, 0, 1, 2, 900)
    assert found.minutes == counting.minutes(done) == 468  # 48 hours × 7 / 43 = 7.8
    assert found.hours == "7.8"
    assert giveback.sums([world.egret.id, world.team.id]).running == 1
    assert giveback.sums([]) == giveback.Sums(0, 0, 0, 0, 0)


def test_the_ledger_says_who_took_over(world, done):
    left, first = giveback.ledger(world.wu, world.egret.id, 10)
    assert (first.adoption, first.minutes, first.yuan, first.successor) == (done, 468, 900, None)
    assert (left.successor, left.hours) == ("红管家·邻里情（示例）", "40")


@pytest.mark.parametrize("quantity", [1, 7, 13, 22, 43])
def test_every_share_is_rounded_as_on_the_certificate(world, quantity):
    with work():
        adoption = adopt(world, world.egret, 0, quantity)
        adoption.deliver("好了", by=world.zhao)
    assert giveback.sums([world.egret.id]).minutes == counting.minutes(adoption)


def test_one_statement_each(world, done):
    wu, egret = world.wu, world.egret.id
    assert wu.reach == []
    with counted() as said:
        giveback.sums([egret])
        giveback.ledger(wu, egret, 10)
    assert len(said) == 2
