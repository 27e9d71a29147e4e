"""The pages of a partner ask eight statements at most, whatever there is to show."""

import pytest

from communities.catalogue import Capability
from kernel.db import db
from kernel.work import work
from partners.invitation import Invitation
from partners.join_request import JoinRequest
from partners.kind import Kind
from partners.partner import Partner
from tests.support.statements import counted


@pytest.fixture
def busy(world):
    """白鹭科技 with a long list of everything; a homeowners' committee and a department with several functions."""
    with work():
        for capability in db.session.scalars(db.select(Capability)).all():
            world.egret.offer(capability, by=world.zhao)
        world.egret.areas = [world.community, world.other_community]
        world.egret.ask_renewal(by=world.zhao, name="白鹭智能（示例）", incubated_since=None)
        world.project.adopt(world.egret, world.project.parts[0].id, 5, pledge="", by=world.zhao)
        for person in (world.wu, world.sun, world.qian):
            JoinRequest.ask(world.egret, "", by=person)
        for _n in range(3):
            Invitation.make(world.egret, by=world.zhao)
            world.egret.invite(world.zhou.phone, by=world.zhao)
            world.egret.let_go(world.zhou, by=world.zhao)
        world.department.functions = [world.repair, world.care]
        facts = {"compounds": [world.compound], "filing_number": "备字1号"}
        for number in range(40):
            Partner.apply(Kind.HOMEOWNERS, f"示例业委会{number}", world.community, by=world.wu, **facts)
    return world


PAGES = {
    None: "/partners/{egret} /partners/{department} /services/ /partners/",
    "volunteer": "/partners/{egret} /partners/new?kind=homeowners /partners/new?kind=firm /partners/alike?name=白鹭",
    "partner": "/partners/{egret} /partners/{egret}/members /partners/{egret}/abilities /partners/{egret}/renewal"
    " /partners/{egret}/edit",
    "committee": "/partners/{egret} /partners/{egret}/abilities /partners/applications /partners/{egret}/handling",
    "department": "/partners/{department} /partners/{department}/renewal",
    "district": "/partners/applications /partners/{department}",
}


@pytest.mark.parametrize("name", PAGES)
def test_eight_statements(enter, busy, name):
    client, many = enter(name), {}
    for page in PAGES[name].split():
        path = page.format(egret=busy.egret.id, department=busy.department.id)
        client.get(path)
        with counted() as said:
            assert client.get(path).status_code == 200, path
        if len(said) > 8:
            many[path] = len(said)
    assert many == {}
