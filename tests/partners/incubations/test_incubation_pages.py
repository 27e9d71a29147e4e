"""Incubations on the screen: the committee runs them, the firm sees its own, others see who became a partner."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from communities.consent import Consent
from communities.purpose import Purpose
from kernel import clock
from kernel.db import db
from kernel.work import work
from partners.credit_code import check_character
from partners.incubations.branch import Branch
from partners.incubations.incubating import Stage
from partners.incubations.incubation import Incubation
from partners.incubations.support import Help, Unit
from partners.kind import Kind
from partners.standing import Stage as PartnerStage
from tests.support.pages import HTMX, part
from tests.support.statements import counted

TODAY = clock.today()
PHONE = "10000000005"
HOSTILE = "<script>alert(1)</script>\u202e 𠮷 {{ 7*7 }}"
BODY = "91610102MA6TEXT0X"
CODE = BODY + check_character(BODY)


@pytest.fixture
def applied(world):
    """周师傅's firm has asked 东方社区."""
    with work():
        facts = {"idea": "低糖低盐的社区食堂。", "founder_name": "周师傅（示例）", "founder_phone": PHONE}
        id = Incubation.apply(world.community, "小满餐饮（示例）", by=world.zhou, founder=world.zhou, **facts).id
    return lambda: db.session.get_one(Incubation, id)


@pytest.fixture
def raised(world, applied):
    with work():
        applied().accept(TODAY, by=world.lin)
        applied().plan("开出第一家店", TODAY, by=world.lin)
        applied().help(Help.DESK, "两个工位", 6, Unit.MONTH, TODAY, world.community, by=world.lin)
    return applied


@pytest.fixture
def graduate(world, raised):
    with work():
        raised().graduate(TODAY, by=world.lin)
    return raised


def url(one, verb=""):
    return f"/incubations/{one().id}{'/' if verb else ''}{verb}"


def idea(world, **more):
    return {
        "name": "春芽烘焙（示例）", "idea": "给老人食堂供早餐。", "founder_name": "吴阿姨（示例）",
        "founder_phone": "10000000004", "place": world.community.id,
    } | more  # fmt: skip


STEP = {"on": TODAY.isoformat()}
MOVES = [
    ("applied", "acceptance", STEP, Stage.INCUBATING),
    ("applied", "refusal", {"reason": "方案太早"}, Stage.REFUSED),
    ("raised", "graduation", STEP, Stage.GRADUATED),
    ("raised", "departure", STEP | {"reason": "不做了"}, Stage.LEFT),
]


class TestApplying:
    def test_a_founder_asks_and_sees_it(self, enter, world):
        wu = enter("volunteer")
        assert "东方社区" in wu.get("/incubations/new").text
        answer = wu.post("/incubations/", data=idea(world))
        assert answer.status_code == 303
        page = wu.get(answer.location).text
        assert "申请已交给东方社区（社区党委）" in page
        assert "给老人食堂供早餐。" in page
        assert answer.location in wu.get("/incubations/").text
        made = db.session.scalars(db.select(Incubation)).one()
        assert (made.founder, made.applied_on) == (world.wu, TODAY)

    def test_the_committee_writes_one_down_for_somebody(self, enter, world):
        long_ago = TODAY - timedelta(days=400)
        answer = enter("committee").post("/incubations/", data=idea(world, applied_on=long_ago.isoformat()))
        assert answer.status_code == 303
        made = db.session.scalars(db.select(Incubation)).one()
        assert (made.founder, made.applied_on) == (None, long_ago)

    def test_a_day_that_is_not_ones_own_to_say_is_not_taken(self, enter, world):
        enter("volunteer").post("/incubations/", data=idea(world, applied_on="2020-01-01"))
        assert db.session.scalars(db.select(Incubation)).one().applied_on == TODAY

    @pytest.mark.parametrize(
        ("wrong", "status", "words"),
        [
            ({"name": ""}, 422, "这一项要填。"),
            ({"founder_phone": "12"}, 422, "请填 11 位手机号"),
            ({"place": "x"}, 422, "请从列表里选一项。"),
            ({"place": "999999"}, 404, ""),
            ({"place": "subdistrict"}, 409, "孵化由社区来办"),
            ({"name": "小满餐饮（示例）"}, 409, "已经在这个社区申请或在孵了"),
        ],
    )
    def test_what_is_wrong_is_a_sentence_and_nothing_is_lost(self, enter, world, applied, wrong, status, words):
        if wrong.get("place") == "subdistrict":
            wrong = {"place": world.subdistrict.id}
        answer = enter("volunteer").post("/incubations/", data=idea(world) | wrong)
        assert answer.status_code == status
        assert words in answer.text
        assert status == 404 or "给老人食堂供早餐。" in answer.text

    def test_nobody_is_asked_to_sign_in(self, enter, world):
        assert enter().get("/incubations/new").status_code == 303
        assert enter().post("/incubations/", data=idea(world)).status_code == 303
        assert db.session.scalar(db.select(Incubation.id)) is None

    def test_after_a_refusal_it_is_changed_and_sent_again(self, enter, world, applied):
        with work():
            applied().refuse("方案太早", by=world.lin)
        zhou = enter("volunteer2")
        assert "方案太早" in zhou.get(url(applied, "edit")).text
        assert zhou.post(url(applied, "application"), data=idea(world, name="小满餐饮（示例）")).status_code == 303
        assert (applied().stage, applied().idea) == (Stage.APPLIED, "给老人食堂供早餐。")

    def test_a_stale_save_keeps_what_was_typed(self, enter, world, applied):
        data = idea(world, version=applied().version)
        assert enter("committee").post(url(applied, "edit"), data=data).status_code == 303
        late = enter("volunteer2").post(url(applied, "edit"), data=data | {"idea": "晚到的话"})
        assert late.status_code == 409
        assert "晚到的话" in late.text
        assert applied().idea == "给老人食堂供早餐。"


class TestMoves:
    @pytest.mark.parametrize(("name", "verb", "data", "stage"), MOVES)
    def test_the_committee_moves_it(self, enter, world, request, name, verb, data, stage):
        one = request.getfixturevalue(name)
        answer = enter("committee").post(url(one, verb), data=data)
        assert (answer.status_code, answer.location) == (303, url(one))
        assert one().stage is stage

    @pytest.mark.parametrize(("name", "verb", "data", "stage"), MOVES)
    @pytest.mark.parametrize(
        ("stranger", "status"), [(None, 404), ("volunteer", 404), ("other-committee", 404), ("volunteer2", 403)]
    )
    def test_others_do_not(self, enter, world, request, name, verb, data, stage, stranger, status):
        one = request.getfixturevalue(name)
        if stranger == "volunteer2" and verb == "departure":
            status, before = 303, Stage.LEFT  # one's own firm may go
        else:
            before = one().stage
        assert enter(stranger).post(url(one, verb), data=data).status_code == status
        assert one().stage is before

    @pytest.mark.parametrize(("name", "verb", "data", "stage"), MOVES)
    def test_the_answer_and_the_page_agree(self, enter, world, request, name, verb, data, stage):
        one, committee = request.getfixturevalue(name), enter("committee")
        answer = committee.post(url(one, verb), data=data, headers=HTMX)
        assert answer.status_code == 200
        assert part(answer, "incubation") == part(committee.get(url(one)), "incubation")

    @pytest.mark.parametrize(
        ("verb", "data", "words", "field"),
        [
            ("acceptance", {"on": (TODAY + timedelta(days=1)).isoformat()}, "日期对不上", "step-on"),
            ("refusal", {"reason": " "}, "请写一句原因", "refusal-reason"),
            ("departure", STEP | {"reason": ""}, "请写一句原因", "leave-reason"),
        ],
    )
    def test_a_refusal_stands_beside_its_field(self, enter, world, applied, verb, data, words, field):
        answer = enter("committee").post(url(applied, verb), data=data, headers=HTMX)
        assert answer.status_code == 409
        assert words in part(answer, "incubation")
        assert f'id="{field}-error"' in answer.text

    def test_a_founder_on_the_committee_does_not_decide_about_his_own(self, enter, world):
        with work():
            one = Incubation.apply(world.community, "书记的店（示例）", by=world.lin, founder=world.lin)
        assert enter("committee").post(f"/incubations/{one.id}/acceptance", data=STEP).status_code == 403
        assert enter("subdistrict").post(f"/incubations/{one.id}/acceptance", data=STEP).status_code == 303

    def test_what_is_no_longer_possible_is_a_sentence(self, enter, world, raised):
        answer = enter("committee").post(url(raised, "acceptance"), data=STEP)
        assert answer.status_code == 409
        assert "现在是“在孵”，这一步做不了" in answer.text


class TestMilestonesAndSupport:
    def test_a_milestone_is_planned_and_reached_by_the_firm(self, enter, world, raised):
        data = {"what": "招到 3 名员工", "due": TODAY.isoformat()}
        assert enter("committee").post(url(raised, "milestones"), data=data).status_code == 303
        assert enter("volunteer2").post(url(raised, "milestones"), data=data).status_code == 403
        [first] = [m for m in raised().milestones if m.what == "开出第一家店"]
        reached = {"milestone": first.id, "on": TODAY.isoformat(), "note": "解放路店"}
        assert enter("volunteer2").post(url(raised, f"milestones/{first.id}/reached"), data=reached).status_code == 303
        assert (first.reached_on, first.note) == (TODAY, "解放路店")
        again = enter("committee").post(url(raised, f"milestones/{first.id}/reached"), data=reached)
        assert "已经达到或划掉了" in again.text
        assert enter("committee").post(url(raised, f"milestones/{first.id}/removal")).status_code == 409
        assert enter("committee").post(url(raised, "milestones/999/removal")).status_code == 404

    def test_support_is_noted_and_struck(self, enter, world, raised):
        committee = enter("committee")
        assert "白鹭科技（示例）" in committee.get(url(raised, "support")).text
        data = {
            "help": "mentoring", "what": "请会计师辅导报税", "day": TODAY.isoformat(), "quantity": 3, "unit": "hour",
            "giver": f"partner-{world.egret.id}",
        }  # fmt: skip
        assert committee.post(url(raised, "support"), data=data).status_code == 303
        page = part(committee.get(url(raised)), "support")
        assert "请会计师辅导报税" in page
        entry = next(row for row in raised().supports if row.help is Help.MENTORING)
        refused = committee.post(url(raised, "support/removal"), data={"support": entry.id, "reason": ""})
        assert "请写一句为什么划掉" in refused.text
        struck = {"support": entry.id, "reason": "记重"}
        assert committee.post(url(raised, "support/removal"), data=struck).status_code == 303
        assert entry not in raised().given

    @pytest.mark.parametrize("giver", ["partner-999", "place-1-1", "x", "", "place-1"])
    def test_a_giver_that_was_not_offered_is_none(self, enter, world, raised, giver):
        if giver == "place-1":
            giver = f"place-{world.other_community.id}"
        data = {
            "help": "desk",
            "what": "工位",
            "day": TODAY.isoformat(),
            "quantity": 1,
            "unit": "month",
            "giver": giver,
        }
        assert enter("committee").post(url(raised, "support"), data=data).status_code in (404, 422)
        assert len(raised().supports) == 1


class TestItsPeople:
    def test_the_founder_agrees_to_a_count_and_takes_it_back(self, enter, world, raised):
        zhou = enter("volunteer2")
        without = zhou.post(url(raised, "branch"), data={"members": 3})
        assert "请先勾选这一项。" in without.text
        assert zhou.post(url(raised, "branch"), data={"members": 3, "agreed": "y"}).status_code == 303
        assert "联系了党支部，3 名党员" in zhou.get(url(raised)).text
        consent = Consent.held(world.zhou, Purpose.BRANCH)
        assert zhou.post(f"/consents/{consent.id}/withdrawal").status_code == 303
        assert raised().branch is None

    def test_the_committee_writes_down_what_it_heard(self, enter, world, raised):
        committee = enter("committee")
        assert committee.post(url(raised, "branch"), data={"members": 3, "agreed": "y"}).status_code == 403
        assert committee.post(url(raised, "branch/heard"), data={"members": 2, "way": "signed"}).status_code == 303
        assert raised().branch.members == 2
        assert committee.post(url(raised, "branch/end")).status_code == 303
        assert committee.post(url(raised, "branch/end")).status_code == 409

    def test_an_account_is_linked_by_its_number_and_trying_numbers_ends(self, enter, world):
        with work():
            one = Incubation.apply(world.community, "甲（示例）", by=world.lin)
        committee, address = enter("committee"), f"/incubations/{one.id}/founder"
        assert "还没有在这里登记过" in committee.post(address, data={"phone": "10099999999"}).text
        assert committee.post(address, data={"phone": world.wu.phone}).status_code == 303
        assert enter("volunteer").get(f"/incubations/{one.id}").status_code == 200
        for _n in range(18):
            committee.post(address, data={"phone": "10099999999"})
        assert "次数太多了" in committee.post(address, data={"phone": world.zhou.phone}).text

    @pytest.mark.parametrize(
        ("name", "status", "number"),
        [(None, 404, False), ("volunteer", 404, False), ("other-committee", 404, False), ("grid", 404, False),
         ("partner", 404, False), ("volunteer2", 200, True), ("committee", 200, True), ("district", 200, True)],
    )  # fmt: skip
    def test_who_sees_it_and_whom_to_ring(self, enter, world, raised, name, status, number):
        client = enter(name)
        for address in (url(raised), url(raised, "handling")):
            assert client.get(address).status_code == status
        assert (PHONE in client.get(url(raised)).text) == number

    def test_the_record_of_handling_is_a_page_of_its_own(self, enter, world, raised):
        page = enter("committee").get(url(raised, "handling")).text
        assert "接收“小满餐饮（示例）”入孵" in page
        assert "定了一个里程碑：开出第一家店" in page


class TestBecomingAPartner:
    def test_everything_is_carried_over(self, enter, world, graduate):
        zhou = enter("volunteer2")
        assert "申请成为合伙人" in zhou.get(url(graduate)).text
        page = zhou.get(url(graduate, "partner")).text
        for words in ("小满餐饮（示例）", "低糖低盐的社区食堂。", "周师傅（示例）", PHONE, TODAY.isoformat()):
            assert words in page
        data = {
            "name": "小满餐饮（示例）", "credit_code": CODE, "incubated_since": TODAY.isoformat(), "about": "食堂",
            "place": world.community.id, "contact_name": "周师傅（示例）", "contact_phone": PHONE,
        }  # fmt: skip
        wrong = zhou.post(url(graduate, "partner"), data=data | {"credit_code": CODE[:-1]})
        assert wrong.status_code == 422
        assert "食堂" in wrong.text
        assert zhou.post(url(graduate, "partner"), data=data).status_code == 303
        partner = graduate().partner
        assert (partner.kind, partner.stage, partner.place) == (
            Kind.INCUBATED_FIRM,
            PartnerStage.APPLIED,
            world.community,
        )
        assert zhou.post(url(graduate, "partner"), data=data).status_code == 403
        assert "在等社区核实" in enter("committee").get(url(graduate)).text

    @pytest.mark.parametrize(
        ("name", "status"), [(None, 404), ("volunteer", 404), ("committee", 403), ("partner", 404)]
    )
    def test_only_its_founder_applies(self, enter, world, graduate, name, status):
        assert enter(name).get(url(graduate, "partner")).status_code == status

    def test_who_is_still_raised_does_not(self, enter, world, raised):
        assert enter("volunteer2").get(url(raised, "partner")).status_code == 403

    def test_the_committee_links_a_firm_that_registered_by_itself(self, enter, world, graduate):
        committee = enter("committee")
        assert "白鹭科技（示例）" in committee.get(url(graduate, "connection")).text
        assert committee.post(url(graduate, "connection"), data={"partner_id": world.team.id}).status_code == 409
        assert committee.post(url(graduate, "connection"), data={"partner_id": world.egret.id}).status_code == 303
        assert graduate().is_partner
        assert enter("partner").get(url(graduate)).status_code == 200


class TestBothDirections:
    @pytest.fixture
    def giving(self, world, graduate):
        """The graduate is 白鹭, which delivered 20 visits."""
        with work():
            graduate().connect(world.egret, by=world.lin)
            part = world.project.parts[1]
            adoption = world.project.adopt(world.egret, part.id, 20, pledge="", by=world.zhao)
            adoption.accept(by=world.lin)
            adoption.deliver("都修好了", by=world.zhao)
        return graduate

    def test_support_and_what_came_back_stand_on_one_page(self, enter, world, giving):
        page = enter("committee").get(url(giving))
        assert "两个工位" in part(page, "support")
        back = part(page, "giveback")
        assert "31小区老人家电义修" in back
        assert "40 人时" in back

    def test_the_board_counts_both(self, enter, world, giving):
        page = enter("committee").get("/incubations/board").text
        assert "1 家毕业，1 家已成为合伙人；0 家在孵" in page
        assert "个月 · 工位" in page
        assert "次已完成" in page

    def test_everybody_reads_who_became_a_partner_and_nothing_else(self, enter, world, giving):
        with work():
            Incubation.apply(world.community, "还在孵的（示例）", by=world.lin).accept(TODAY, by=world.lin)
        page = enter().get("/incubations/").text
        assert f"/partners/{world.egret.id}" in page
        assert "各社区的孵化中心：1 家毕业，1 家已成为合伙人。" in page
        for words in ("还在孵的", "周师傅", PHONE, "低糖低盐"):
            assert words not in page


class TestTheLists:
    @pytest.fixture
    def many(self, world, graduate):
        """Thirty more that are raised."""
        with work():
            for number in range(30):
                Incubation.apply(world.community, f"示例企业{number:02}", by=world.lin).accept(TODAY, by=world.lin)
        return graduate

    def test_the_board_ends_somewhere_and_the_table_goes_on(self, enter, world, many):
        committee = enter("committee")
        board = committee.get("/incubations/board").text
        assert "在表格里看全部" in board
        assert "31" in committee.get("/incubations/table").text
        address, seen = "/incubations/table?stage=incubating", []
        while address:
            page = committee.get(address)
            seen += [row.split("<bdi>")[1].split("<")[0] for row in part(page, "rows").split("<th")[1:]]
            more = part(page, "rows-more")
            address = more.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in more else None
        assert len(seen) == len(set(seen)) == 30
        assert part(committee.get("/incubations/table?q=企业07"), "rows").count("<tr>") == 1

    @pytest.mark.parametrize("query", ["stage=x", "place=nowhere", "page=!!", "q=%25_", "place=", "stage=left"])
    def test_an_address_that_says_nothing_is_a_page(self, enter, many, query):
        for path in ("", "board", "table"):
            assert enter("committee").get(f"/incubations/{path}?{query}").status_code == 200

    @pytest.mark.parametrize(("name", "status"), [(None, 303), ("volunteer", 403), ("partner", 403), ("grid", 200)])
    def test_the_board_is_for_staff(self, enter, many, name, status):
        assert enter(name).get("/incubations/board").status_code == status
        assert enter(name).get("/incubations/table").status_code == status

    @pytest.mark.parametrize("name", ["committee", "volunteer2", "district", "partner"])
    def test_eight_statements_whatever_the_number(self, enter, world, many, name):
        with work():
            many().connect(world.egret, by=world.lin)
            Branch.note_down(many(), 2, by=world.zhou)
        client = enter(name)
        place = f"?place={world.community.code}"
        addresses = ["/incubations/", f"/incubations/{place}", url(many)]
        if name not in ("volunteer2", "partner"):
            addresses += [f"/incubations/board{place}", f"/incubations/table{place}&q=示例", url(many, "handling")]
        for address in addresses:
            client.get(address)
            with counted() as said:
                assert client.get(address).status_code == 200
            assert len(said) <= 8, (address, len(said), "\n\n".join(one[:90] + " … " + one[-90:] for one in said))

    def test_the_ledger_is_ready_to_print_and_rings_nobody(self, enter, world, many):
        answer = enter("committee").get("/ledgers/incubations.xlsx?stage=graduated")
        rows = list(load_workbook(BytesIO(answer.data)).active.values)
        [row] = [row for row in rows if "小满餐饮（示例）" in row]
        assert row[3] == "毕业"
        assert "工位 6 个月" in row
        assert PHONE not in [cell for row in rows for cell in row]

    def test_hostile_text_is_text(self, enter, world, raised):
        committee = enter("committee")
        data = idea(world, name=HOSTILE, idea=HOSTILE, founder_name=HOSTILE, version=raised().version)
        assert committee.post(url(raised, "edit"), data=data).status_code == 303
        committee.post(url(raised, "milestones"), data={"what": HOSTILE, "due": TODAY.isoformat()})
        for address in ("/incubations/board", "/incubations/table", url(raised), url(raised, "handling")):
            page = committee.get(address).text
            assert "<script>alert(1)" not in page
            assert "&lt;script&gt;alert(1)" in page
            assert "\u202e" not in page
