"""The page of one adoption: what everybody sees, what is for the parties, and each move for its side."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from communities.working_day import working_days_after
from kernel import clock, scan
from kernel.work import work
from partners.member import Role
from projects.standing import State
from projects.transfer import Transfer
from tests.support.pages import HTMX, part
from tests.support.scans import EXE, PNG
from tests.support.statements import counted

TODAY = clock.today()
PEOPLE = {"committee", "partner", "volunteer", "department", "other-committee", "volunteer2", "grid"}


@pytest.fixture
def running(world):
    """白鹭科技 mends at the centre, with one step; 吴阿姨 speaks for the team."""
    with work():
        world.team.join(world.wu, Role.MANAGER, by=world.lin)
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 20, pledge="四人", by=world.zhao)
        adoption.accept(by=world.lin)
        adoption.promise("看完前 10 户", working_days_after(TODAY, 3), by=world.zhao)
    return adoption


@pytest.fixture
def joint(running, world):
    """The team does some of the other part."""
    with work():
        other = world.project.adopt(world.team, world.project.parts[1].id, 5, pledge="", by=world.wu)
        other.accept(by=world.lin)
    return other


def url(adoption, verb=""):
    return f"/adoptions/{adoption.id}{'/' if verb else ''}{verb}"


def show(enter, adoption, name=None):
    answer = enter(name).get(url(adoption))
    assert answer.status_code == 200
    return answer.text


def later(count):
    return (TODAY + timedelta(days=count)).isoformat()


def test_everybody_sees_who_does_what_and_its_steps(running, enter):
    for name in (None, *PEOPLE):
        page = show(enter, running, name)
        for words in ("白鹭科技（示例）", "31小区老人家电义修", "20 户", "看完前 10 户", "四人"):
            assert words in page
    assert enter().get("/adoptions/999999").status_code == 404


def test_reasons_handling_and_the_old_day_are_for_the_parties(running, enter, world):
    with work():
        running.milestones[0].move(working_days_after(TODAY, 6), "配件没到货", by=world.zhao)
        running.pause(working_days_after(TODAY, 2), "师傅住院了", by=world.zhao)
    for name in ("committee", "partner", "subdistrict"):
        page = show(enter, running, name)
        assert "暂停了“31小区老人家电义修”" in page
        assert "配件没到货" in page
        assert "师傅住院了" in page
    for name in (None, "volunteer", "department", "other-committee", "grid"):
        page = show(enter, running, name)
        assert "社区已接受" in page
        assert "暂停了“31小区老人家电义修”" not in page
        assert "配件没到货" not in page
        assert "师傅住院了" not in page
        assert "改过 1 次" in page


def test_adopters_see_each_others_contact_and_strangers_do_not(running, joint, enter, world):
    phone = world.zhao.phone
    for name in ("partner", "volunteer", "committee"):
        assert phone in show(enter, joint, name)
    for name in (None, "department", "other-committee", "grid"):
        assert phone not in show(enter, joint, name)
    with work():
        joint.leave("抽不出人", by=world.wu)
    assert phone not in show(enter, running, "volunteer")


def test_whoever_only_asks_sees_no_contact_and_nobody_does_after_the_end(running, joint, enter, world):
    with work():
        asked = world.project.adopt(world.department, world.project.parts[1].id, 2, pledge="", by=world.qian)
    assert world.zhao.phone not in show(enter, asked, "department")
    with work():
        asked.accept(by=world.lin)
    assert world.zhao.phone in show(enter, asked, "department")
    with work():
        for adoption in (running, joint, asked):
            adoption.deliver("好了", by=world.lin)
        world.project.close("27 户受益", 27, by=world.lin)
    for name in ("department", "volunteer"):
        assert world.zhao.phone not in show(enter, asked, name)
    assert world.zhao.phone in show(enter, asked, "committee")


MOVES = {
    "milestones": ({"title": "修完 20 户", "due": later(9)}, "partner"),
    "progress": ({"words": "修了 8 台"}, "partner"),
    "pause": ({"until": later(3), "reason": "师傅住院"}, "partner"),
    "plan": ({"plan": "周二备料"}, "partner"),
    "prolongation": ({"reason": "等电梯检修"}, "committee"),
}


@pytest.mark.parametrize("move", MOVES)
def test_each_move_belongs_to_its_side(running, enter, move):
    data, allowed = MOVES[move]
    for name in PEOPLE - {allowed}:
        assert enter(name).post(url(running, move), data=data).status_code == 403
    assert enter().post(url(running, move), data=data).location.startswith("/sign-in")
    client = enter(allowed)
    answer = client.post(url(running, move), data=data, headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "adoption") == part(client.get(url(running)), "adoption")


@pytest.mark.parametrize("move", MOVES)
def test_what_is_missing_is_said_beside_its_field_and_only_there(running, enter, move):
    data, allowed = MOVES[move]
    if move == "plan":
        data = {"plan": "全场 8 折"}
        expected = 409
    else:
        data, expected = dict.fromkeys(data, ""), 422
    answer = enter(allowed).post(url(running, move), data=data, headers=HTMX)
    assert answer.status_code == expected
    assert part(answer, "adoption").count('class="errors"') == 1


def test_a_step_is_reached_with_a_picture_that_only_the_parties_take_along(running, joint, enter, world):
    [step] = running.milestones
    address = f"/milestones/{step.id}/completion"
    data = {"milestone": step.id, "words": "看完了 10 户"}
    for name in PEOPLE - {"partner"}:
        assert enter(name).post(address, data=data).status_code == 403
    bad = enter("partner").post(address, data=data | {"file": (BytesIO(EXE), "a.png")})
    assert bad.status_code == 409
    assert f'id="reach-{step.id}-file-error"' in bad.text
    assert "看完了 10 户" in bad.text
    good = enter("partner").post(address, data=data | {"file": (BytesIO(PNG), "现场.png")})
    assert (good.status_code, good.location) == (303, url(running))
    file = f"/milestones/{step.id}/file"
    for name in ("partner", "volunteer", "committee"):
        answer = enter(name).get(file)
        assert (answer.status_code, answer.data) == (200, PNG)
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "看完了 10 户" in show(enter, running, name)
    for name in ("department", "other-committee", "grid", "volunteer2"):
        assert enter(name).get(file).status_code == 403
        assert "看完了 10 户" not in show(enter, running, name)
    assert enter().get(file).status_code == 303


def test_the_error_stands_under_the_step_it_is_about(running, enter, world):
    with work():
        other = running.promise("修完 20 户", working_days_after(TODAY, 9), by=world.zhao)
    [first] = [step for step in running.milestones if step.id != other.id]
    data = {"milestone": first.id, "due": "", "reason": ""}
    answer = enter("partner").post(f"/milestones/{first.id}/day", data=data, headers=HTMX)
    assert answer.status_code == 422
    assert "has-error" in part(answer, f"step-{first.id}")
    assert "has-error" not in part(answer, f"step-{other.id}")
    undated = enter("partner").post(f"/milestones/{first.id}/day", data=data | {"reason": "没到货"}, headers=HTMX)
    assert undated.status_code == 409
    assert f'id="day-{first.id}-due-error"' in part(undated, f"step-{first.id}")
    gone = enter("partner").post(f"/milestones/{first.id}/removal", data=data | {"reason": "不用了"}, headers=HTMX)
    assert gone.status_code == 200
    assert first.dropped_on == TODAY


def test_the_lead_is_passed_on_by_the_lead_or_the_committee(running, joint, enter, world):
    for name in ("volunteer", "department", "other-committee"):
        assert enter(name).post(url(joint, "lead")).status_code == 403
    assert enter("partner").post(url(joint, "lead")).status_code == 303
    assert joint.leads
    assert enter("partner").post(url(running, "lead")).status_code == 403
    assert enter("committee").post(url(running, "lead")).status_code == 303
    assert running.leads


class TestTransfer:
    def test_from_the_form_to_the_new_adopter(self, running, enter, world):
        partner, team, committee = enter("partner"), enter("volunteer"), enter("committee")
        data = {"to_id": world.team.id, "reason": "两名师傅调走了"}
        for name in PEOPLE - {"partner"}:
            assert enter(name).post(url(running, "transfers"), data=data).status_code == 403
        assert partner.post(url(running, "transfers"), data=data).status_code == 303
        [offer] = running.transfers
        for name in ("partner", "volunteer", "committee"):
            assert "两名师傅调走了" in show(enter, running, name)
        for name in (None, "department", "other-committee"):
            assert "两名师傅调走了" not in show(enter, running, name)
        agree, approve = (f"/transfers/{offer.id}/{verb}" for verb in ("agreement", "approval"))
        for client in (partner, committee, enter("department")):
            assert client.post(agree, data={"pledge": ""}).status_code == 403
        answer = team.post(agree, data={"pledge": "六个人"}, headers=HTMX)
        assert part(answer, "adoption") == part(team.get(url(running)), "adoption")
        for client in (partner, team, enter("other-committee")):
            assert client.post(approve).status_code == 403
        assert committee.post(approve).status_code == 303
        [new] = [one for one in world.project.living_adoptions if one.took_over_id == running.id]
        assert new.partner == world.team
        assert "已转交给“红管家·邻里情（示例）”" in show(enter, running)
        assert "从“白鹭科技（示例）”接手" in show(enter, new)

    def test_a_partner_that_is_not_there_is_not_found_and_one_that_may_not_is_refused(self, running, enter, world):
        partner = enter("partner")
        assert partner.post(url(running, "transfers"), data={"to_id": 999999, "reason": "调走了"}).status_code == 404
        own = partner.post(url(running, "transfers"), data={"to_id": world.egret.id, "reason": "调走了"})
        assert own.status_code == 409
        assert 'id="transfer-to_id-error"' in own.text

    def test_nobody_lets_pass_what_comes_to_his_own_partner(self, running, enter, world):
        with work():
            offer = Transfer.offer(running, world.team, "调走了", by=world.zhao)
            offer.agree("", by=world.wu)
            world.team.join(world.lin, Role.MEMBER, by=world.wu)
        assert enter("committee").post(f"/transfers/{offer.id}/approval").status_code == 403
        assert enter("subdistrict").post(f"/transfers/{offer.id}/approval").status_code == 303

    def test_no_with_a_reason_and_the_word_taken_back(self, running, enter, world):
        with work():
            offer = Transfer.offer(running, world.team, "调走了", by=world.zhao)
        no = f"/transfers/{offer.id}/refusal"
        assert enter("volunteer").post(no, data={"reason": ""}, headers=HTMX).status_code == 422
        assert enter("volunteer").post(no, data={"reason": "人手不够"}).status_code == 303
        with work():
            again = Transfer.offer(running, world.team, "再问一次", by=world.zhao)
            again.agree("", by=world.wu)
        late = f"/transfers/{again.id}/rejection"
        assert enter("committee").post(late, data={"reason": "要熟悉的师傅"}).status_code == 303
        with work():
            third = Transfer.offer(running, world.department, "又问一家", by=world.zhao)
        assert enter("volunteer").post(f"/transfers/{third.id}/withdrawal").status_code == 403
        assert enter("partner").post(f"/transfers/{third.id}/withdrawal").status_code == 303
        assert running.state is State.RUNNING


class TestEvaluation:
    @pytest.fixture
    def done(self, running, world):
        with work():
            running.deliver("修好了", by=world.zhao)
            world.project.close("20 户受益", 20, by=world.lin)
        return running

    def test_the_committee_writes_the_partner_answers_and_nobody_else_reads(self, done, enter, world):
        data = {"word": "good", "sentence": "守时，话不多"}
        for name in PEOPLE - {"committee"}:
            assert enter(name).post(url(done, "evaluation"), data=data).status_code == 403
        assert enter("committee").post(url(done, "evaluation"), data=data).status_code == 303
        reply = f"/evaluations/{done.evaluation.id}/reply"
        for name in PEOPLE - {"partner"}:
            assert enter(name).post(reply, data={"sentence": "谢谢"}).status_code == 403
        assert enter("partner").post(reply, data={"sentence": "谢谢，还想再来"}).status_code == 303
        for name in ("committee", "partner"):
            page = show(enter, done, name)
            for words in ("满意", "守时，话不多", "谢谢，还想再来"):
                assert words in page
        for name in (None, "volunteer", "other-committee", "department"):
            assert "守时，话不多" not in show(enter, done, name)

    def test_a_word_that_is_none_is_said_beside_the_field(self, done, enter):
        answer = enter("committee").post(url(done, "evaluation"), data={"word": "5", "sentence": "好"}, headers=HTMX)
        assert answer.status_code == 422
        assert 'id="evaluation-word-error"' in part(answer, "evaluation")

    def test_nobody_judges_his_own(self, done, enter, world):
        with work():
            world.egret.join(world.lin, Role.MEMBER, by=world.zhao)
        data = {"word": "great", "sentence": "我们真好"}
        assert enter("committee").post(url(done, "evaluation"), data=data).status_code == 403


SIGNED_IN = {None: 0, "volunteer": 3, "committee": 3, "partner": 4}  # who asks, and for the adopter whom he could ask


@pytest.mark.parametrize("name", SIGNED_IN)
def test_the_price_does_not_grow_with_the_rows(running, enter, world, name):
    client, address = enter(name), url(running)

    def statements():
        with counted() as said:
            assert client.get(address).status_code == 200
        return len(said)

    with time_machine.travel(clock.now() - timedelta(days=9)), work():
        running.promise("晚了的一步", clock.today(), by=world.zhao)
    with work():
        running.milestones[-1].reach("好了", scan.read(PNG, "a.png"), by=world.zhao)
        offer = Transfer.offer(running, world.department, "问一家", by=world.zhao)
        offer.withdraw(by=world.qian)
    before = statements()
    assert before <= 8 + SIGNED_IN[name]
    with work():
        for number in range(6):
            step = running.promise(f"第{number}步", TODAY, by=world.zhao)
            step.move(TODAY + timedelta(days=9), "改了", by=world.zhao)
            step.reach("好了", scan.read(PNG, "a.png"), by=world.zhao)
        for days in range(5):
            with time_machine.travel(clock.now() - timedelta(days=30 - days)):
                running.promise(f"晚了的第{days}步", clock.today(), by=world.zhao)
        for partner in (world.team, world.department):
            other = world.project.adopt(partner, world.project.parts[1].id, 3, pledge="", by=world.wu)
            other.accept(by=world.lin)
        for number in range(3):
            Transfer.offer(running, world.team, f"第{number}次", by=world.zhao).withdraw(by=world.zhao)
    assert statements() <= before


def test_hostile_words_stay_words(running, enter, world):
    bad = '"><script>alert(1)</script>'
    with work():
        running.milestones[0].reach(bad, None, by=world.zhao)
        running.report_progress(bad, None, by=world.zhao)
        Transfer.offer(running, world.team, bad, by=world.zhao)
        world.project.write_plan(bad, by=world.zhao)
    for name in ("partner", "committee", "volunteer"):
        assert "<script>alert" not in show(enter, running, name)
