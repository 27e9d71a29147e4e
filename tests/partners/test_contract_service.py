"""The services of a property contract: a public list per compound, kept by its committee and its property manager."""

from datetime import timedelta

import pytest
import time_machine

from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.contract_service import (
    ContractService,
    EndedAlready,
    EndsBeforeItBegins,
    ListedAlready,
    NoCompound,
    Service,
)
from partners.kind import Kind
from partners.member import Role
from partners.partner import Partner
from tests.support.pages import HTMX, part
from tests.support.statements import counted

DAY = timedelta(days=1)


def text(response):
    return response.get_data(as_text=True)


def listed(world, service=Service.CLEANING, **more):
    facts = {"category": world.care, "since": clock.today() - DAY, "until": clock.today() + 30 * DAY}
    return ContractService.enter(more.pop("place", world.compound), by=world.lin, service=service, **facts | more)


@pytest.fixture
def manager(world):
    """A property manager of the compound, for which 周师傅 speaks."""
    with work():
        facts = {"credit_code": "9144030071526726XG", "compounds": [world.compound]}
        firm = Partner.apply(Kind.PROPERTY_MANAGER, "安居物业（示例）", world.community, by=None, **facts)
        firm.verify(by=world.lin)
        firm.join(world.zhou, Role.MANAGER, by=world.lin)
    return firm.id


def sent(world, **more):
    """The form as a browser sends it."""
    facts = {"service": "cleaning", "category_id": world.care.id, "since": clock.today().isoformat(), "until": ""}
    return facts | {"scope": "楼道每周清扫两次"} | more


def test_it_covers_the_compound_and_its_buildings_while_it_holds(world):
    with work():
        one = listed(world)
    assert ContractService.covering(world.compound, world.care.id) is one
    assert ContractService.covering(world.building1, world.care.id) is one
    assert ContractService.covering(world.community, world.care.id) is None
    assert ContractService.covering(world.compound, world.repair.id) is None
    with time_machine.travel(clock.now() + 31 * DAY):
        assert one.is_over
        assert ContractService.covering(world.compound, world.care.id) is None
    with work():
        one.end(by=world.lin)
        with pytest.raises(EndedAlready):
            one.end(by=world.lin)
    assert ContractService.covering(world.compound, world.care.id) is None


def test_what_makes_no_sense_is_refused(world):
    with work():
        listed(world)
        with pytest.raises(NoCompound):
            listed(world, place=world.community)
        with pytest.raises(EndsBeforeItBegins):
            listed(world, Service.ORDER, until=clock.today() - 3 * DAY)
        for since, until in ((-9, None), (10, 90), (-9, 9)):
            with pytest.raises(ListedAlready):
                listed(world, since=clock.today() + since * DAY, until=until and clock.today() + until * DAY)
        listed(world, since=clock.today() + 31 * DAY, until=None)  # the contract after this one
        listed(world, category=world.repair)


@pytest.mark.parametrize(
    ("name", "status"),
    [("committee", 303), ("subdistrict", 303), ("other-committee", 403), ("grid", 403), ("volunteer", 403)],
)
def test_the_committee_keeps_the_list(enter, world, name, status):
    url = f"/places/{world.compound.code}/contract"
    assert enter(name).post(url, data=sent(world)).status_code == status


def test_the_property_manager_adds_but_does_not_take_away(enter, world, manager):
    zhou, url = enter("volunteer2"), f"/places/{world.compound.code}/contract"
    answer = zhou.post(url, data=sent(world, partner_id=manager), headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "contract") == part(zhou.get(url), "contract")
    assert "安居物业（示例）" in part(answer, "contract")
    assert "合同里没有这项了" not in text(answer)
    db.session.rollback()
    [one] = db.session.scalars(ContractService.of(world.compound))
    assert zhou.post(f"/contract-services/{one.id}/end").status_code == 403
    lin = enter("committee")
    assert "合同里没有这项了" in text(lin.get(url))
    assert lin.post(f"/contract-services/{one.id}/end").location == url
    again = lin.post(f"/contract-services/{one.id}/end", headers=HTMX)
    assert again.status_code == 409
    assert "已经结束过了" in text(again)
    assert lin.get(f"/contract-services/{one.id}").location == url


def test_the_manager_of_another_compound_adds_nothing(enter, world, manager):
    with work():
        db.session.get_one(Partner, manager).compounds = []
    url = f"/places/{world.compound.code}/contract"
    assert enter("volunteer2").post(url, data=sent(world)).status_code == 403


def test_everybody_reads_it_on_the_page_of_the_compound(enter, world):
    page = f"/places/{world.compound.code}"
    assert "物业合同里的服务" not in text(enter().get(page))
    assert "看清单，记一项" in text(enter("committee").get(page))
    with work():
        listed(world, scope="楼道每周清扫两次")
    assert "楼道每周清扫两次" in text(enter().get(page))
    assert enter().get(f"{page}/contract").status_code == 200
    assert enter().get(f"/places/{world.community.code}/contract").status_code == 404


def test_what_cannot_be_named_is_404_and_what_is_wrong_is_said_at_its_field(enter, world):
    lin, url = enter("committee"), f"/places/{world.compound.code}/contract"
    assert lin.post(url, data=sent(world, partner_id=world.egret.id)).status_code == 404
    assert lin.post(url, data=sent(world, agreement_id=99)).status_code == 404
    wrong = lin.post(url, data=sent(world, until=(clock.today() - DAY).isoformat()), headers=HTMX)
    assert wrong.status_code == 409
    assert "到期在开始之前了" in part(wrong, "contract")
    assert lin.post(url, data=sent(world, since=""), headers=HTMX).status_code == 422


def test_the_list_costs_the_same_however_long_it_is(enter, world):
    lin, url = enter("committee"), f"/places/{world.compound.code}/contract"
    costs = []
    for service in (Service.CLEANING, Service.ORDER, Service.GREENING):
        with work():
            listed(world, service)
        with counted() as said:
            assert lin.get(url).status_code == 200
        costs.append(len(said))
    assert len(set(costs)) == 1
    assert costs[0] <= 9  # two of them ask who is there, three fill the form
