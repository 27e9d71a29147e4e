"""The agreement under which an adoption stands: chosen by either side, read by its parties."""

from datetime import timedelta

import pytest

from communities.office import Office
from kernel import clock
from kernel.work import work
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from projects.agreed import NotTheirs
from tests.support.pages import HTMX


@pytest.fixture
def adoption(world):
    """43 households, taken on by 白鹭科技."""
    with work():
        made = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="", by=world.zhao)
        made.accept(by=world.lin)
    return made


def sign(world, partner, title):
    """An agreement of this partner and the committee."""
    day = clock.today()
    sides = [Party(partner_id=partner.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]
    days = {"signed_on": day, "since": day, "until": day + timedelta(days=300)}
    with work():
        return Agreement.record(world.community, sides, by=world.lin, title=title, **days)


def test_either_side_chooses_and_takes_back(adoption, world, enter):
    agreement = sign(world, world.egret, "家电便民服务合作协议")
    url, partner = f"/adoptions/{adoption.id}", enter("partner")
    assert "家电便民服务合作协议" in partner.get(f"{url}/agreement").text
    chosen = partner.post(f"{url}/agreement", data={"agreement_id": agreement.id}, headers=HTMX)
    assert chosen.headers["HX-Redirect"] == url
    assert adoption.agreement_id == agreement.id
    assert f'href="/agreements/{agreement.id}"' in enter("committee").get(url).text
    for name in ("volunteer", "department", None):
        page = enter(*([name] if name else [])).get(url)
        assert page.status_code == 200
        assert "家电便民服务合作协议" not in page.text, name
    assert enter("committee").post(f"{url}/agreement", data={"agreement_id": ""}).status_code == 303
    assert adoption.agreement_id is None


def test_nobody_else_and_nothing_of_others(adoption, world, enter):
    other = sign(world, world.department, "部门的协议")
    url = f"/adoptions/{adoption.id}/agreement"
    assert enter("committee").post(url, data={"agreement_id": other.id}).status_code in (404, 422)
    for name in ("volunteer", "department", "other-committee"):
        assert enter(name).post(url, data={"agreement_id": other.id}).status_code == 403, name
        assert enter(name).get(url).status_code == 403, name
    with pytest.raises(NotTheirs) as said, work():
        adoption.stand_under(other, by=world.lin)
    assert str(said.value).endswith("。")
    assert "还没有登记“白鹭科技" in enter("committee").get(url).text
