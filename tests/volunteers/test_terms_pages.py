"""The pages around the terms of a duty: the form, what a visitor reads, the lead's word on the roster, papers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kernel import clock
from kernel.db import db, seen
from kernel.work import work
from tests.support.pages import HTMX, part
from volunteers.duty import Duty
from volunteers.qualification import Qualification
from volunteers.signup import State
from volunteers.volunteer import Volunteer

FACTS = {"activity": "登高擦窗", "risk_note": "系好安全带", "service_kind": "volunteer", "danger": "0"}


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def terms(world):
    """What is typed into the form of a duty with all its terms."""
    numbers = {"opens_before": 72, "closes_before": 4, "least_age": 18, "most_age": 65, "fair_cap": 2}
    ticks = {"late_join": "y", "confirms": "y", "needs_proof": "y"}
    ids = {"category_id": world.care.id, "capability_id": world.haircut.id, "place": world.community.id}
    return FACTS | numbers | ticks | ids | {"materials": "自带手套，社区备水"}


def test_the_terms_of_a_duty_are_written_shown_and_changed(enter, world, terms):
    lin = enter("committee")
    shown = lin.post("/duties/", data=terms)
    assert shown.status_code == 303
    page = text(enter().get(shown.location))
    for words in ("自带手套", "要有证件：理发", "18 到 65 周岁", "72 小时开放", "4 小时截止，再想来", "最多 2 次"):
        assert words in page
    duty = db.session.scalar(select(Duty).where(Duty.activity == "登高擦窗"))
    edit = text(lin.get(f"/duties/{duty.id}/edit"))
    assert 'name="fair_cap"' in edit
    assert 'value="72"' in edit
    fewer = {**terms, "version": duty.version, "opens_before": "", "fair_cap": ""}
    del fewer["confirms"]
    lin.post(f"/duties/{duty.id}", data=fewer)
    db.session.rollback()
    assert (duty.opens_before, duty.fair_cap, duty.confirms, duty.closes_before) == (None, None, False, 4)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"least_age": 70}, "最小年龄比最大年龄还大"),
        ({"opens_before": 2}, "截止比开放还早"),
        ({"fair_cap": 0}, "每人 14 天最多几次"),
    ],
)
def test_terms_that_fit_nobody_keep_what_was_typed(enter, terms, wrong, words):
    answer = enter("committee").post("/duties/", data=terms | wrong)
    assert answer.status_code in (409, 422)
    assert words in text(answer)
    assert "自带手套" in text(answer)


@pytest.fixture
def asking(world):
    """The patrol of Saturday, whose lead confirms; wu has signed up, zhou and zhao wait."""
    with work():
        world.duty.confirms = True
        for person in (world.wu, world.zhou, world.zhao):
            world.shift.sign_up(person, by=person)
    return world


def signup(world, person):
    return world.shift.signup_of(person)


def test_the_lead_says_yes_on_the_roster(enter, asking):
    lin, wu = enter("committee"), enter("volunteer")
    page = f"/shifts/{asking.shift.id}"
    assert "等确认" in part(wu.get(page), "signup")
    id = signup(asking, asking.wu).id
    yes = lin.post(f"/signups/{id}/confirmation", data={"back": "people"}, headers=HTMX)
    assert part(yes, "people") == part(lin.get(page), "people")
    assert "加入日历" in part(wu.get(page), "signup")


def test_the_leads_no_needs_a_reason_which_the_person_reads(enter, asking):
    lin, wu = enter("committee"), enter("volunteer")
    id = signup(asking, asking.wu).id
    empty = lin.post(f"/signups/{id}/no", data={"back": "people", "reason": ""}, headers=HTMX)
    assert (empty.status_code, "请写一句原因" in text(empty)) == (409, True)
    lin.post(f"/signups/{id}/no", data={"back": "people", "reason": "这次要会急救"})
    page = part(wu.get(f"/shifts/{asking.shift.id}"), "signup")
    assert "这次没安排上" in page
    assert "这次要会急救" in page
    assert signup(asking, asking.zhou).state is State.OFFERED


def test_going_first_needs_a_reason_which_the_roster_shows(enter, asking):
    lin = enter("committee")
    id = signup(asking, asking.zhao).id
    assert lin.post(f"/signups/{id}/first", data={"back": "people"}, headers=HTMX).status_code == 409
    moved = lin.post(f"/signups/{id}/first", data={"back": "people", "reason": "会急救"}, headers=HTMX)
    assert "先请的原因" in part(moved, "people")
    ids = [one.person_id for one in db.session.scalars(asking.shift.people(State.WAITING))]
    assert ids == [asking.zhao.id, asking.zhou.id]


@pytest.mark.parametrize("who", ["volunteer", "volunteer2", "other-committee", "partner"])
def test_nobody_else_decides(enter, asking, who):
    id = signup(asking, asking.wu).id
    for verb in ("confirmation", "no", "first"):
        code = enter(who).post(f"/signups/{id}/{verb}", data={"reason": "我想"}).status_code
        assert code == (403 if who == "volunteer" else 404)
    assert signup(asking, asking.wu).state is State.PENDING


class TestPapers:
    def paper(self):
        db.session.rollback()
        return db.session.scalar(seen(select(Qualification)))

    def test_staff_notes_what_it_saw_and_takes_it_back(self, enter, world):
        grid = enter("grid")
        volunteer = db.session.scalar(seen(select(Volunteer).where(Volunteer.person_id == world.wu.id)))
        assert f"/volunteers/{volunteer.id}/papers" in text(grid.get("/people/"))
        until = (clock.today() + timedelta(days=300)).isoformat()
        data = {"capability_id": world.haircut.id, "paper": "美发师证（示例）", "until": until}
        noted = grid.post(f"/volunteers/{volunteer.id}/papers", data=data, headers=HTMX)
        assert part(noted, "papers") == part(grid.get(f"/volunteers/{volunteer.id}/papers"), "papers")
        assert "美发师证（示例）" in text(noted)
        again = grid.post(f"/volunteers/{volunteer.id}/papers", data=data, headers=HTMX)
        assert (again.status_code, "已经记过" in text(again)) == (409, True)
        grid.post(f"/papers/{self.paper().id}/end")
        assert self.paper().ended_at is not None
        assert "还没有记过证件" in text(grid.get(f"/volunteers/{volunteer.id}/papers"))

    @pytest.mark.parametrize("who", ["volunteer", "volunteer2", "other-committee", "partner", None])
    def test_nobody_else_reads_or_notes_them(self, enter, world, who):
        volunteer = db.session.scalar(seen(select(Volunteer).where(Volunteer.person_id == world.wu.id)))
        with work():
            paper = Qualification.note_seen(world.wu, world.haircut, "美发师证（示例）", None, by=world.lin)
        client = enter(who)
        denied = {"volunteer": {403}, None: {303, 404}}.get(who, {404})
        data = {"capability_id": world.haircut.id, "paper": "假的"}
        assert client.get(f"/volunteers/{volunteer.id}/papers").status_code in denied
        assert client.post(f"/volunteers/{volunteer.id}/papers", data=data).status_code in denied
        assert client.post(f"/papers/{paper.id}/end").status_code in denied
        assert self.paper().ended_at is None
