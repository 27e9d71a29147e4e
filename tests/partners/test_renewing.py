"""A year at a time: asked 30 days before, one button or with changes, confirmed by the committee; else it lapses."""

from datetime import timedelta

import pytest
import time_machine

from communities.journal import Audience, Line
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.credit_code import CreditCodeTaken
from partners.impartial import OwnPartner
from partners.kind import Kind
from partners.lapsing import TermOver, a_year_after
from partners.member import Role
from partners.partner import Partner
from partners.renewing import AskedAlready, NothingAsked, TooEarly
from partners.standing import NotNow, ReasonNeeded, Stage
from partners.sweep import lapse_partners
from tests.support.pages import HTMX, part


def lines(partner):
    return [line.verb for line in db.session.scalars(Line.about(partner))]


@pytest.fixture
def at():
    """A function that moves the clock to so many days from now."""
    travels = []

    def at(days):
        db.session.rollback()
        while travels:
            travels.pop().stop()
        travel = time_machine.travel(clock.now() + timedelta(days=days), tick=False)
        travel.start()
        travels.append(travel)

    yield at
    for travel in travels:
        travel.stop()


@pytest.fixture
def committee(world):
    """A homeowners' committee whose term runs for 100 more days, managed by 吴阿姨."""
    term = clock.today() + timedelta(days=100)
    facts = {"compounds": [world.compound], "filing_number": "备字1号", "term_until": term}
    with work():
        made = Partner.apply(Kind.HOMEOWNERS, "31小区业委会（示例）", world.community, by=world.wu, **facts)
        made.verify(by=world.lin)
    return made


def test_whoever_is_verified_counts_for_a_year_and_a_committee_for_its_term(world, committee):
    assert world.egret.verified_until == a_year_after(clock.today())
    assert committee.verified_until == committee.term_until
    assert [(one.place, one.until) for one in world.egret.verifications] == [
        (world.community, world.egret.verified_until)
    ]


def test_thirty_days_before_the_end_the_managers_are_asked_once(world, at):
    at(334)
    lapse_partners()
    assert "partner.expiring" not in lines(world.egret)
    at(335)
    for _n in range(2):
        lapse_partners()
    assert lines(world.egret).count("partner.expiring") == 1
    [line] = [line for line in waiting.lines(world.zhao) if line.desk.kind == "partner.expiring"]
    assert (line.subject, line.due) == (world.egret.name, world.egret.verified_until)
    assert world.egret.is_active


def test_nobody_asks_too_early_without_a_change(world):
    with pytest.raises(TooEarly) as refusal, work():
        world.egret.ask_renewal(by=world.zhao)
    assert "到期前 30 天才用续期" in str(refusal.value)
    with pytest.raises(TooEarly), work():
        world.egret.ask_renewal(by=world.zhao, name=world.egret.name)


def test_what_changed_waits_for_the_committee(world, at):
    with work():
        world.egret.ask_renewal(by=world.zhao, name="白鹭智能（示例）")
    assert world.egret.name == "白鹭科技（示例）"
    with pytest.raises(AskedAlready), work():
        world.egret.ask_renewal(by=world.zhao, name="白鹭智能科技（示例）")
    at(2)
    with work():
        world.egret.renew(by=world.lin)
    assert (world.egret.name, world.egret.verified_until) == ("白鹭智能（示例）", a_year_after(clock.today()))
    assert world.egret.open_renewal is None
    with pytest.raises(NothingAsked), work():
        world.egret.renew(by=world.lin)


def test_whoever_asks_in_time_loses_no_day(world, at):
    until = world.egret.verified_until
    at(350)
    with work():
        world.egret.ask_renewal(by=world.zhao)
        world.egret.renew(by=world.lin)
    assert world.egret.verified_until == a_year_after(until)


def test_a_renewal_is_declined_with_a_reason_and_asked_for_again(world, at):
    at(350)
    with work():
        world.egret.ask_renewal(by=world.zhao)
    with pytest.raises(ReasonNeeded), work():
        world.egret.decline_renewal(" ", by=world.lin)
    with work():
        world.egret.decline_renewal("换了经营范围，请带新执照", by=world.lin)
        world.egret.ask_renewal(by=world.zhao)
    assert [renewal.outcome.value for renewal in world.egret.renewals] == ["declined", "open"]
    assert world.egret.is_active


def test_what_nobody_renewed_is_out_at_midnight_whether_or_not_a_job_runs(world, at, enter):
    at(366)
    assert not world.egret.is_active
    assert world.egret.stage is Stage.ACTIVE
    assert enter().get(f"/partners/{world.egret.id}").status_code == 404
    assert "白鹭科技" not in enter().get("/partners/").text
    assert "到期未续" in enter("partner").get(f"/partners/{world.egret.id}").text
    lapse_partners()
    assert world.egret.stage is Stage.LAPSED
    [line] = [line for line in db.session.scalars(Line.about(world.egret)) if line.verb == "partner.lapsed"]
    assert (line.by_id, line.audience) == (None, Audience.PLACE)
    assert {notice.person_id for notice in line.notices} == {world.zhao.id}


def test_a_lapsed_one_is_renewed_and_active_again(world, at):
    at(400)
    lapse_partners()
    with work():
        world.egret.ask_renewal(by=world.zhao)
        world.egret.renew(by=world.lin)
    assert world.egret.is_active
    assert world.egret.verified_until == a_year_after(clock.today())


def test_a_committee_ends_with_its_term_and_comes_back_with_the_next(world, committee, at):
    at(80)
    lapse_partners()
    assert "partner.expiring" in lines(committee)
    with pytest.raises(TermOver) as refusal, work():
        committee.ask_renewal(by=world.wu)
    assert refusal.value.field == "term_until"
    at(101)
    assert not committee.is_active
    lapse_partners()
    assert committee.stage is Stage.LAPSED
    term = clock.today() + timedelta(days=1000)
    with work():
        committee.ask_renewal(by=world.wu, term_until=term, filing_number="备字2号", compounds=[world.compound])
    assert committee.open_renewal.changes == {"term_until": term.isoformat(), "filing_number": "备字2号"}
    with work():
        committee.renew(by=world.lin)
    assert (committee.term_until, committee.filing_number) == (term, "备字2号")
    assert committee.verified_until == a_year_after(clock.today())


def test_a_pause_that_was_too_long_counts_anew_when_it_is_resumed(world, at):
    with work():
        world.egret.suspend("店面装修", by=world.lin)
    at(500)
    with work():
        world.egret.resume(by=world.lin)
    assert world.egret.is_active
    assert world.egret.verified_until == a_year_after(clock.today())


def test_whoever_is_suspended_does_not_renew(world, at):
    with work():
        world.egret.suspend("店面装修", by=world.lin)
    at(350)
    with pytest.raises(NotNow), work():
        world.egret.ask_renewal(by=world.zhao)


@pytest.mark.parametrize("verb", ["verify", "renew", "resume"])
def test_nobody_looks_at_his_own(world, verb, at):
    partner = world.applicant if verb == "verify" else world.egret
    with work():
        partner.join(world.lin, Role.MANAGER, by=world.zhao)
        if verb == "renew":
            partner.ask_renewal(by=world.zhao, name="白鹭智能（示例）")
        if verb == "resume":
            partner.suspend("店面装修", by=world.he)
    with pytest.raises(OwnPartner) as refusal, work():
        getattr(partner, verb)(by=world.lin)
    assert "请韩森寨街道来办" in str(refusal.value)
    with work():
        getattr(partner, verb)(by=world.he)
    assert partner.is_active


def test_a_colleague_of_the_same_committee_is_named_first(world):
    from communities.post import Office, Post

    with work():
        Post.give(world.sun, Office.COMMITTEE, world.community, by=world.he)
        world.applicant.join(world.lin, Role.MANAGER, by=world.zhou)
    with pytest.raises(OwnPartner) as refusal, work():
        world.applicant.verify(by=world.lin)
    assert "请东方社区党委的另一位同事来办" in str(refusal.value)


def test_the_page_says_who_does_it_instead_of_a_button(enter, world):
    with work():
        world.applicant.join(world.lin, Role.MANAGER, by=world.zhou)
    page = enter("committee").get(f"/partners/{world.applicant.id}").text
    assert "自己的合伙人不能自己来核实，请韩森寨街道来办" in page
    assert "通过核实" not in page
    assert "通过核实" in enter("subdistrict").get(f"/partners/{world.applicant.id}").text
    assert "周师傅磨刀" in enter("subdistrict").get("/today").text


def url(partner, verb=""):
    return f"/partners/{partner.id}/renewal{verb}"


def test_one_button_when_nothing_has_changed(enter, world, at):
    at(350)
    zhao, lin = enter("partner"), enter("committee")
    assert "没有变化，申请续期" in zhao.get(f"/partners/{world.egret.id}").text
    answer = zhao.post(url(world.egret), headers=HTMX)
    assert "续期申请已交给东方社区" in part(answer, "said")
    assert part(answer, "partner") == part(zhao.get(f"/partners/{world.egret.id}"), "partner")
    page = lin.get(f"/partners/{world.egret.id}").text
    assert "对方说：没有变化。" in page
    assert world.egret.name in lin.get("/partners/applications?what=renewal").text
    assert lin.post(url(world.egret, "/confirmation")).status_code == 303
    assert world.egret.verified_until > clock.today() + timedelta(days=365)


def test_what_changed_is_shown_before_and_after(enter, world):
    zhao = enter("partner")
    data = {"name": "白鹭智能（示例）", "credit_code": "9144030071526726XG", "incubated_since": "2022-03-01"}
    assert 'value="2022-03-01"' in zhao.get(url(world.egret)).text
    assert zhao.post(url(world.egret, "/changes"), data=data).status_code == 303
    page = enter("committee").get(f"/partners/{world.egret.id}").text
    for words in ("白鹭智能（示例）", "统一社会信用代码", "9144030071526726XG", "确认续期"):
        assert words in page
    assert "白鹭智能" not in enter().get(f"/partners/{world.egret.id}").text
    assert zhao.post(url(world.egret, "/withdrawal")).status_code == 303
    assert world.egret.open_renewal is None


def test_a_new_term_that_is_over_stays_typed_beside_its_sentence(enter, world, committee, at):
    at(80)
    data = {"name": committee.name, "filing_number": "备字2号", "compounds": [world.compound.id]}
    wu = enter("volunteer")
    assert "写明新一届" in wu.get(url(committee)).text
    answer = wu.post(url(committee, "/changes"), data=data | {"term_until": committee.term_until.isoformat()})
    assert answer.status_code == 409
    assert 'id="term_until-error"' in answer.text
    assert "请先写明新一届的任期和备案号" in answer.text
    assert "备字2号" in answer.text


def test_a_code_that_somebody_else_has_by_now_is_refused_when_it_is_confirmed(world):
    code = "9144030071526726XG"
    with work():
        world.egret.ask_renewal(by=world.zhao, credit_code=code)
        Partner.apply(Kind.FIRM, "后来的公司（示例）", world.community, by=world.wu, credit_code=code)
    with pytest.raises(CreditCodeTaken), work():
        world.egret.renew(by=world.lin)
    assert world.egret.credit_code is None
    assert world.egret.open_renewal is not None


@pytest.mark.parametrize(
    ("name", "ask", "confirm"),
    [(None, 303, 303), ("volunteer", 403, 403), ("partner", 303, 403), ("committee", 403, 303),
     ("other-committee", 403, 403), ("subdistrict", 403, 303), ("grid", 403, 403)],
)  # fmt: skip
def test_owners_ask_and_the_committee_answers(enter, world, at, name, ask, confirm):
    at(350)
    client = enter(name)
    assert client.post(url(world.egret)).status_code == ask
    if not world.egret.open_renewal:
        with work():
            world.egret.ask_renewal(by=world.zhao)
    assert client.post(url(world.egret, "/confirmation")).status_code == confirm
    if name != "partner":
        assert client.get(url(world.egret)).status_code == ask
    until = a_year_after(clock.today())
    assert (world.egret.verified_until > until) == (confirm == 303 and name is not None)
