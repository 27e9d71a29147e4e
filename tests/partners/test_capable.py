"""What a partner can do: how well, shown by what, how much at the same time; dated rows, certified by the committee."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.ability import Ability, Level, Unit
from partners.capable import CertificateNeeded, NothingToCertify, NotOffered, UnitNeeded
from partners.impartial import OwnPartner
from partners.member import Role
from partners.standing import NotNow
from tests.support.pages import HTMX, part
from tests.support.statements import counted

PAPER = "低压电工作业证（示例）第 0001 号"


def url(partner, *more):
    return "/".join([f"/partners/{partner.id}/abilities", *map(str, more)])


@pytest.fixture
def certificate(world):
    """白鹭科技 says that it has a certificate."""
    with work():
        world.egret.offer(world.appliance, level=Level.CERTIFIED, evidence=PAPER, by=world.zhao)
    return world.egret.ability(world.appliance)


def test_other_words_are_another_row_and_the_old_one_stays(world):
    with time_machine.travel(clock.now() + timedelta(days=40), tick=False), work():
        world.egret.offer(world.appliance, level=Level.SKILLED, amount=20, unit=Unit.HOUSEHOLDS, by=world.zhao)
        today = clock.today()
    first, second = world.egret.abilities
    assert (first.level, first.until) == (Level.CAN, today)
    assert (second.level, second.amount, second.unit, second.since) == (Level.SKILLED, 20, Unit.HOUSEHOLDS, today)
    assert second.until is None
    assert world.egret.capabilities == [world.appliance]


def test_the_same_words_are_no_change(world):
    with work():
        before = len(world.egret.abilities)
        world.egret.offer(world.appliance, by=world.zhao)
        assert len(world.egret.abilities) == before


def test_what_is_dropped_and_taken_up_again_has_two_rows(world):
    with work():
        world.egret.drop(world.appliance, by=world.zhao)
    assert (world.egret.able, world.egret.capabilities) == ([], [])
    with pytest.raises(NotOffered), work():
        world.egret.drop(world.appliance, by=world.zhao)
    with work():
        world.egret.offer(world.appliance, by=world.zhao)
    assert len(world.egret.abilities) == 2
    assert world.egret.capabilities == [world.appliance]


def test_a_certificate_names_itself_and_an_amount_has_a_unit(world):
    with pytest.raises(CertificateNeeded) as refusal, work():
        world.egret.offer(world.haircut, level=Level.CERTIFIED, evidence=" ", by=world.zhao)
    assert refusal.value.field == "evidence"
    for facts in ({"amount": 3}, {"unit": Unit.HOUSEHOLDS}):
        with pytest.raises(UnitNeeded), work():
            world.egret.offer(world.haircut, by=world.zhao, **facts)


def test_the_committee_looks_at_a_certificate_once(world, certificate):
    [line] = [line for line in waiting.lines(world.lin) if line.desk.kind == "partner.certificate"]
    assert line.subject == "白鹭科技（示例） · 家电维修"
    with work():
        world.egret.certify(world.appliance, by=world.lin)
    assert (certificate.certified_on, certificate.certified_at) == (clock.today(), world.community)
    assert "partner.certificate" not in {line.desk.kind for line in waiting.lines(world.lin)}
    with pytest.raises(NothingToCertify), work():
        world.egret.certify(world.appliance, by=world.lin)
    with work():
        world.egret.offer(
            world.appliance, level=Level.CERTIFIED, evidence=PAPER, amount=5, unit=Unit.ITEMS, by=world.zhao
        )
    assert world.egret.ability(world.appliance).is_certified, "other numbers do not touch the paper"
    with work():
        world.egret.offer(world.appliance, level=Level.CERTIFIED, evidence="另一张证书", by=world.zhao)
    assert not world.egret.ability(world.appliance).is_certified


def test_nobody_certifies_his_own(world, certificate):
    with work():
        world.egret.join(world.lin, Role.MANAGER, by=world.zhao)
    with pytest.raises(OwnPartner) as refusal, work():
        world.egret.certify(world.appliance, by=world.lin)
    assert "请韩森寨街道来办" in str(refusal.value)
    with work():
        world.egret.certify(world.appliance, by=world.he)
    assert certificate.certified_at == world.subdistrict


def test_what_has_ended_says_nothing_any_more(world):
    with work():
        world.egret.end("搬走了", by=world.lin)
    with pytest.raises(NotNow), work():
        world.egret.offer(world.haircut, by=world.zhao)


def test_a_manager_writes_a_line_and_changes_it(enter, world):
    zhao = enter("partner")
    data = {
        "capability": world.haircut.id,
        "level": "skilled",
        "amount": "８",
        "unit": "people",
        "evidence": "开店十年",
    }
    answer = zhao.post(url(world.egret), data=data, headers=HTMX)
    assert answer.status_code == 200
    assert "同时 8 人" in part(answer, "abilities")
    assert part(answer, "abilities") == part(zhao.get(url(world.egret)), "abilities")
    page = zhao.get(f"{url(world.egret)}?capability={world.haircut.id}").text
    assert 'value="8"' in page
    assert "开店十年</textarea>" in page
    assert zhao.post(url(world.egret, world.haircut.id, "end")).status_code == 303
    assert world.haircut not in world.egret.capabilities


@pytest.mark.parametrize(
    ("data", "status", "field", "sentence"),
    [({"level": "certified", "evidence": ""}, 409, "evidence", "请写明证书的名称和编号"),
     ({"amount": "3"}, 409, "amount", "数量和单位要一起填"),
     ({"amount": "很多", "unit": "people"}, 422, "amount", "请填一个整数"),
     ({"level": "king"}, 422, "level", "请从列表里选一项"),
     ({"capability": ""}, 422, "capability", "这一项要填")],
)  # fmt: skip
def test_what_does_not_fit_has_its_sentence_beside_it(enter, world, data, status, field, sentence):
    said = {"capability": world.haircut.id, "level": "can", "evidence": "开店十年"} | data
    answer = enter("partner").post(url(world.egret), data=said, headers=HTMX)
    assert answer.status_code == status
    assert f'id="{field}-error"' in answer.text
    assert sentence in part(answer, "abilities")
    assert world.haircut not in world.egret.capabilities


@pytest.mark.parametrize(
    ("name", "reads", "writes", "certifies"),
    [(None, 303, 303, 303), ("volunteer", 403, 403, 403), ("partner", 200, 303, 403), ("committee", 200, 403, 303),
     ("other-committee", 403, 403, 403), ("subdistrict", 200, 403, 303), ("grid", 403, 403, 403)],
)  # fmt: skip
def test_owners_write_and_the_committee_certifies(enter, world, certificate, name, reads, writes, certifies):
    client = enter(name)
    assert client.get(url(world.egret)).status_code == reads
    data = {"capability": world.haircut.id, "level": "can"}
    assert client.post(url(world.egret), data=data).status_code == writes
    assert client.post(url(world.egret, world.appliance.id, "certificate")).status_code == certifies
    assert certificate.is_certified == (certifies == 303 and name is not None)


def test_the_public_page_says_how_well_and_who_looked(enter, world, certificate):
    page = part(enter().get(f"/partners/{world.egret.id}"), "offers")
    assert "证书等社区核对" in page
    with work():
        world.egret.certify(world.appliance, by=world.lin)
    page = part(enter().get(f"/partners/{world.egret.id}"), "offers")
    assert "社区核对过证书" in page
    assert PAPER in page


@pytest.mark.parametrize("name", ["partner", "committee"])
def test_eight_statements_however_long_the_list(enter, world, name):
    from communities.catalogue import Capability

    with work():
        for capability in db.session.scalars(select(Capability)).all():
            world.egret.offer(capability, level=Level.CERTIFIED, evidence=PAPER, by=world.zhao)
            world.egret.certify(capability, by=world.lin)
    client = enter(name)
    client.get(url(world.egret))
    with counted() as said:
        assert client.get(url(world.egret)).status_code == 200
    assert len(said) <= 8, "\n\n".join(said)
    assert db.session.scalar(select(func.count()).select_from(Ability).where(Ability.until.is_(None))) > 20
