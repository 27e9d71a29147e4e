"""Value in kind: an estimate with its basis, noted by either side, struck with a reason, never deleted."""

import pytest

from communities.journal import Line
from kernel.db import db
from kernel.work import work
from projects.adoption import Adoption
from projects.in_kind import BasisNeeded, InKind, NothingGivenYet, StruckAlready, WhyStruck
from tests.support.pages import HTMX, part
from tests.support.statements import counted


@pytest.fixture
def running(world):
    """白鹭科技 mends things of 43 households."""
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="", by=world.zhao)
        adoption.accept(by=world.lin)
    return adoption.id


def given(world, id, what="维修配件", yuan=2600, basis="进货单合计"):
    """One thing noted by the manager of the partner."""
    with work():
        return InKind.note_down(db.session.get_one(Adoption, id), what, yuan, basis, by=world.zhao)


def test_what_is_noted_stands_with_its_basis_and_writes_a_line(world, running):
    one = given(world, running)
    assert (one.what, one.yuan, one.basis, one.struck_at) == ("维修配件", 2600, "进货单合计", None)
    (line,) = db.session.scalars(db.select(Line).where(Line.verb == "in_kind.noted"))
    assert (line.subject, line.subject_id, line.ids["yuan"]) == ("adoption", running, 2600)


def test_an_estimate_without_a_basis_is_refused(world, running):
    with pytest.raises(BasisNeeded):
        given(world, running, basis="  ")


def test_what_nobody_has_begun_has_brought_nothing(world):
    with work():
        asked = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="", by=world.zhao)
    with pytest.raises(NothingGivenYet, match="等社区答复"):
        given(world, asked.id)


def test_what_is_struck_stays_with_the_reason_and_counts_no_more(world, running):
    one, other = given(world, running), given(world, running, "午餐", 300, "10 份 × 30 元")
    with work():
        db.session.get_one(InKind, one.id).strike("这是项目经费买的", by=world.lin)
    assert [row.what for row in db.session.scalars(InKind.of(running))] == ["午餐"]
    assert db.session.get_one(InKind, one.id).reason == "这是项目经费买的"
    for reason, refusal in (("再划一次", StruckAlready), (" ", StruckAlready)):
        with pytest.raises(refusal), work():
            db.session.get_one(InKind, one.id).strike(reason, by=world.lin)
    with pytest.raises(WhyStruck), work():
        db.session.get_one(InKind, other.id).strike(" ", by=world.lin)
    assert db.session.query(InKind).count() == 2


ROLES = [("partner", 200), ("committee", 200), ("volunteer2", 403), ("other-committee", 403), (None, 303)]


@pytest.mark.parametrize(("name", "status"), ROLES)
def test_either_side_keeps_the_list_and_nobody_else(enter, world, running, name, status):
    client, address = enter(name), f"/adoptions/{running}/in-kind"
    assert client.get(address).status_code == status
    form = {"what": "场地", "yuan": "600", "basis": "3 场 × 200 元"}
    answer = client.post(address, data=form, headers=HTMX)
    assert answer.status_code == (204 if name is None else status)
    assert db.session.query(InKind).count() == (status == 200)
    if status == 200:
        assert part(answer, "given") == part(client.get(address), "given")
        assert "3 场 × 200 元" in part(answer, "given")


@pytest.mark.parametrize(
    ("name", "status"), [("partner", 303), ("committee", 303), ("volunteer2", 403), ("other-committee", 403)]
)
def test_who_may_strike(enter, world, running, name, status):
    one = given(world, running)
    answer = enter(name).post(f"/in-kind/{one.id}/removal", data={"reason": "记重了"})
    assert answer.status_code == status
    assert (db.session.get_one(InKind, one.id).struck_at is not None) == (status == 303)


def test_a_committee_that_is_part_of_the_partner_strikes_nothing(enter, world, running):
    with work():
        world.egret.join(world.lin, "member", by=world.zhao)
    one = given(world, running)
    assert enter("committee").post(f"/in-kind/{one.id}/removal", data={"reason": "x"}).status_code == 403


@pytest.mark.parametrize(
    "form", [{}, {"what": "x", "yuan": "0", "basis": "y"}, {"what": "x", "yuan": "很多", "basis": "y"}]
)
def test_what_is_missing_is_told_beside_its_field(enter, running, form):
    answer = enter("partner").post(f"/adoptions/{running}/in-kind", data=form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_the_page_of_the_project_leads_there_for_the_two_sides(enter, world, running):
    link = f'href="/adoptions/{running}/in-kind"'
    assert link in enter("partner").get(f"/projects/{world.project.id}").text
    assert link in enter("committee").get(f"/projects/{world.project.id}").text
    assert link not in enter("volunteer2").get(f"/projects/{world.project.id}").text


def test_few_statements_whatever_the_number_of_rows(enter, world, running):
    client = enter("partner")
    for number in range(20):
        given(world, running, f"第 {number} 样")
    client.get(f"/adoptions/{running}/in-kind")
    with counted() as said:
        assert "第 19 样" in client.get(f"/adoptions/{running}/in-kind").text
    assert len(said) <= 8, "\n\n".join(said)
