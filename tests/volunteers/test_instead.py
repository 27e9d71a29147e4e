"""What owners pay for is not asked of volunteers without a public reason (product.md rule 15)."""

import re
from datetime import time, timedelta

import pytest

from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.contract_service import ContractService, Service
from tests.support.pages import HTMX
from tests.volunteers.test_series import tuesdays
from volunteers.duty import Duty
from volunteers.instead import Grounds, PublicReasonNeeded, WhichPart
from volunteers.pattern import Pattern
from volunteers.series import DutySeries
from volunteers.shift import Shift

DAY = timedelta(days=1)


def text(response):
    return response.get_data(as_text=True)


def paid(world, **more):
    facts = {"category": world.care, "service": Service.CLEANING, "since": clock.today()}
    return ContractService.enter(world.compound, by=world.lin, **facts | more)


def write(world, place=None, **more):
    facts = {"activity": "楼道清洁", "role": "", "category": world.care, "risk_note": "戴手套"}
    return Duty.write(place or world.compound, by=world.lin, **facts | more)


def sent(world, **more):
    """The form as a browser sends it."""
    facts = {"activity": "楼道清洁", "category_id": world.care.id, "service_kind": "volunteer", "danger": "0"}
    return facts | {"risk_note": "戴手套", "lead_id": world.lin.id} | more


def tomorrow():
    day = clock.today() + DAY
    return Pattern(frozenset(), time(9), time(10), day, day)


def test_without_a_reason_it_is_refused_in_the_compound_and_its_buildings(at_work):
    paid(at_work)
    for place in (at_work.compound, at_work.building1):
        with pytest.raises(PublicReasonNeeded, match="保洁"):
            write(at_work, place)
    assert write(at_work, at_work.community).grounds is None
    assert write(at_work, category=at_work.repair).contract is None
    assert write(at_work, grounds=Grounds.EMERGENCY).contract.service is Service.CLEANING


def test_outside_the_contract_says_which_part(at_work):
    paid(at_work)
    with pytest.raises(WhichPart):
        write(at_work, grounds=Grounds.OUTSIDE)
    assert write(at_work, grounds=Grounds.OUTSIDE, grounds_words="天台不在合同里").grounds is Grounds.OUTSIDE


def test_the_reason_is_typed_once_and_read_by_everybody(enter, world):
    with work():
        paid(world, scope="楼道每周两次")
    lin, url = enter("committee"), f"/duties/?place={world.compound.id}"
    answer = lin.post(url, data=sent(world))
    assert answer.status_code == 409
    assert "这项在物业合同内（保洁）" in text(answer)
    assert "楼道清洁" in text(answer)
    assert lin.post(url, data=sent(world, grounds="outside")).status_code == 409
    made = lin.post(url, data=sent(world, grounds="together", grounds_words="和物业一起，每月一次")).location
    lin.post(f"{made}/shifts", data=planned())
    db.session.rollback()
    shift = db.session.scalars(db.select(Shift).order_by(Shift.id.desc())).first()
    for page in (made, f"/shifts/{shift.id}"):
        seen = text(enter().get(page))
        assert "这项在物业合同内" in seen
        assert "共建活动" in seen
        assert "和物业一起，每月一次" in seen
    chosen = re.search(r'<option[^>]*value="together"[^>]*>', text(lin.get(f"{made}/edit")))[0]
    assert "selected" in chosen
    plain = enter().get(f"/duties/{world.duty.id}")
    assert "物业合同" not in text(plain)


def planned():
    day = (clock.today() + DAY).isoformat()
    return {"first": day, "last": day, "starts": "09:00", "ends": "10:00", "seats": "3"}


def test_what_falls_under_it_later_goes_on_and_waits_for_a_word(enter, world):
    with work():
        duty = write(world)
        duty.hand_over(world.zhao, by=world.lin)
        [shift] = Shift.plan(duty, tomorrow(), 3, by=world.lin)
        series = DutySeries.write(duty, tuesdays(), 3, by=world.lin)
        paid(world)
    with work():
        series.lay()
        shift.sign_up(world.wu, by=world.wu)
    line = ("duty.contract", duty.id)
    for person, told in ((world.lin, True), (world.zhao, True), (world.stranger_lin, False), (world.wu, False)):
        assert (line in {(one.desk.kind, one.id) for one in waiting.lines(person, 99)}) is told
    assert "负责人还没写明" in text(enter().get(f"/shifts/{shift.id}"))
    lin = enter("committee")
    refused = lin.post(f"/duties/{duty.id}/shifts", data=planned() | {"starts": "15:00", "ends": "16:00"}, headers=HTMX)
    assert refused.status_code == 409
    assert "这项在物业合同内" in text(refused)
    with work():
        with pytest.raises(PublicReasonNeeded):
            duty.revise(version=duty.version, by=world.lin, about="擦扶手")
        duty.revise(version=duty.version, by=world.lin, grounds=Grounds.EMERGENCY)
    assert line not in {(one.desk.kind, one.id) for one in waiting.lines(world.lin, 99)}
    assert (
        lin.post(f"/duties/{duty.id}/shifts", data=planned() | {"starts": "15:00", "ends": "16:00"}).status_code == 303
    )


def test_a_contract_that_ends_asks_nothing_any_more(at_work):
    service = paid(at_work)
    service.end(by=at_work.lin)
    assert write(at_work).contract is None


def test_the_form_asks_for_a_reason_only_where_a_contract_is_listed(enter, world):
    lin = enter("committee")
    assert 'name="grounds"' not in text(lin.get(f"/duties/new?place={world.compound.id}"))
    with work():
        paid(world)
    page = text(lin.get(f"/duties/new?place={world.building1.id}"))
    assert 'name="grounds"' in page
    assert "这里的物业合同里有保洁：类别选助老助残的，要写明" in page
    assert 'name="grounds"' not in text(lin.get(f"/duties/new?place={world.community.id}"))
