"""A small world in which something is going on, and every page of the site with an address in it."""

from types import SimpleNamespace

import pytest

from communities.consent import Consent
from communities.post import Post
from communities.purpose import Purpose, Way
from kernel import clock
from kernel.db import db, seen
from kernel.draft import Draft
from kernel.sheets import csv_bytes
from kernel.work import work
from portal.address import feed_token
from volunteers.volunteer import Volunteer

SHEETS = {  # what waits for its confirmation: blueprint, kind, rows
    "place_imports": (
        "places",
        [["编码", "名称", "类别", "上级编码"], ["Y31-9", "9号楼", "楼栋", "610102004003-G1-Y31"]],
    ),
    "staff_imports": (
        "staff",
        [
            ["姓名", "手机号", "岗位", "地点编码或名称", "从哪天"],
            ["钱主任（示例）", "10000000101", "居委会", "东方社区", ""],
        ],
    ),
    "calendar_imports": ("calendar-days", [["日期", "上班或放假", "名称"], ["2027-05-01", "放假", "劳动节"]]),
}
HOSTILE = '"><script>alert("x")</script>\u202e\'&amp; 很长的名字'


@pytest.fixture
def busy(world):
    """One signed up, one waits, a part is asked for, something is called off, and names are as bad as names can be."""
    with work() as session:
        for person in (world.zhou, world.wu):
            world.shift.sign_up(person, by=person)
        world.shift2.sign_up(world.zhao, by=world.zhao)
        world.project.adopt(world.egret, world.project.parts[0].id, 10, pledge=HOSTILE, by=world.zhao)
        world.project.title = world.egret.name = world.duty2.activity = world.wu.called = HOSTILE[:40]
        world.project.about = world.building1.about = world.egret.about = world.duty2.about = HOSTILE
        session.flush()
        world.consent = Consent.give(world.zhou, Purpose.NAMED, by=world.lin, way=Way.SIGNED)
        world.drafts = {
            blueprint: Draft.keep(world.gao, kind, f"{kind}.csv", csv_bytes(rows[0], rows[1:])).id
            for blueprint, (kind, rows) in SHEETS.items()
        }
    return world


@pytest.fixture
def addresses(site, busy):
    """Every page that can be read: endpoint and address, with something that is there and something that is not."""
    post = db.session.scalar(seen(db.select(Post.id).where(Post.person_id == busy.lin.id)))
    signup = busy.shift.signup_of(busy.wu)
    ids = {
        "partners": busy.egret.id,
        "members": busy.egret.id,
        "projects": busy.project.id,
        "duties": busy.duty.id,
        "shifts": busy.shift.id,
        "portal": busy.shift.id,
        "signups": signup.id,
        "consents": busy.consent.id,
        "guardians": Volunteer.of(busy.wu).id,
        "places": busy.building1.id,
        "posts": post,
        "categories": busy.repair.id,
        "capabilities": busy.haircut.id,
        "people": busy.wu.id,
        **busy.drafts,
    }
    words = {
        "code": busy.community.code,
        "name": "partners",
        "token": feed_token(busy.wu),
        "size": "large",
        "day": clock.today(),
    }
    found = []
    with site.test_request_context():
        for rule in site.url_map.iter_rules():
            if "GET" in rule.methods and rule.endpoint != "static":
                values = words | {"id": ids.get(rule.endpoint.split(".")[0], 1)}
                if rule.endpoint == "look.set_language":
                    values["code"] = "zh"
                found.append(address(site, rule, values))
                if "id" in rule.arguments:
                    found.append(address(site, rule, values | {"id": 999_999_999}))
    return found


def address(site, rule, values):
    """The endpoint and a path for it."""
    path = site.url_map.bind("localhost").build(rule.endpoint, {name: values[name] for name in rule.arguments})
    return SimpleNamespace(endpoint=rule.endpoint, path=path)
