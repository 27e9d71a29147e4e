"""The pages of a certificate: asked for by a manager, counted and issued by the committee, checked by anybody."""

from datetime import timedelta

import pytest

from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from partners.member import Role
from projects.certificate_state import State
from projects.in_kind import InKind
from projects.participation import Participation
from tests.support.statements import counted

LINE = "老人家电义修的主力"


def days():
    return {"since": (clock.today() - timedelta(days=300)).isoformat(), "until": clock.today().isoformat()}


@pytest.fixture
def paper(world, done):
    """An issued certificate of 白鹭科技."""
    since, until = clock.today() - timedelta(days=300), clock.today()
    with work():
        paper = Participation.issue(world.egret, world.community, since, until, line=LINE, by=world.lin)
        db.session.flush()
        return paper.shown_number


@pytest.fixture
def wish(world, done):
    """The id of a certificate that its manager asked for."""
    with work():
        paper = Participation.ask(
            world.egret, world.community, *map(clock.today().__class__.fromisoformat, days().values()), by=world.zhao
        )
        db.session.flush()
        return paper.id


class TestTheTwoSides:
    def test_a_manager_asks_and_the_committee_sees_it_on_its_desk(self, enter, world, done):
        manager = enter("partner")
        page = manager.get(f"/partners/{world.egret.id}/participations").text
        assert "请社区出具" in page
        assert "东方社区" in page
        form = {"place": world.community.id, "line": LINE} | days()
        answer = manager.post(f"/partners/{world.egret.id}/participation-requests", data=form)
        assert answer.status_code == 303
        assert "等社区出具" in manager.get(f"/partners/{world.egret.id}/participations").text
        (line,) = [line for line in waiting.lines(world.lin) if line.desk.kind == "participation.asked"]
        assert line.subject == "白鹭科技（示例）"
        committee = enter("committee")
        assert f'href="/participations/by-id/{line.id}"' in committee.get("/today").text
        assert "数一数，去出具" in committee.get(f"/participations/by-id/{line.id}").text
        assert [line.desk.kind for line in waiting.lines(world.stranger_lin)] == []

    def test_the_committee_counts_and_issues(self, enter, world, wish):
        committee = enter("committee")
        page = committee.get(f"/partners/{world.egret.id}/participations/new").text
        assert "对方想要" in page
        assert "31小区老人家电义修" in page
        assert "48 人时" in page
        assert "2,600 元" in page
        query = f"place={world.community.id}&since={days()['since']}&until={days()['until']}"
        answer = committee.post(f"/partners/{world.egret.id}/participations?{query}", data={"line": LINE})
        assert answer.status_code == 303
        handled = committee.get(answer.headers["Location"]).text
        assert "东方社区党委" in handled
        assert db.session.get_one(Participation, wish).state is State.ISSUED
        assert "东方社区党委为“白鹭科技（示例）”出具了参与证明" in enter("partner").get("/notices/").text

    def test_what_sells_is_told_beside_the_field_and_the_days_stay(self, enter, world, done):
        query = f"since={days()['since']}&until={days()['until']}"
        answer = enter("committee").post(f"/partners/{world.egret.id}/participations?{query}", data={"line": "八折"})
        assert answer.status_code == 409
        assert "价格和优惠" in answer.text
        assert f'value="{days()["since"]}"' in answer.text

    @pytest.mark.parametrize(
        ("name", "status"),
        [
            ("committee", 303),
            ("subdistrict", 303),
            ("district", 303),
            ("partner", 403),
            ("volunteer", 403),
            ("grid", 403),
        ],
    )
    def test_who_may_issue(self, enter, world, done, name, status):
        assert enter(name).post(f"/partners/{world.egret.id}/participations", data={"line": ""}).status_code == status

    def test_another_committee_counts_only_what_was_done_in_its_own_community(self, enter, world, done):
        stranger, query = enter("other-committee"), f"place={world.community.id}"
        assert "没有结了项的认领" in stranger.get(f"/partners/{world.egret.id}/participations/new?{query}").text
        answer = stranger.post(f"/partners/{world.egret.id}/participations?{query}", data={"line": ""})
        assert answer.status_code == 409
        assert db.session.query(Participation).count() == 0

    def test_a_committee_that_belongs_to_the_partner_leaves_it_to_a_colleague(self, enter, world, done):
        with work():
            world.egret.join(world.lin, Role.MEMBER, by=world.zhao)
        assert enter("committee").get(f"/partners/{world.egret.id}/participations/new").status_code == 403
        assert enter("committee").post(f"/partners/{world.egret.id}/participations", data={}).status_code == 403

    @pytest.mark.parametrize(
        ("name", "status"),
        [("partner", 200), ("committee", 200), ("volunteer2", 403), (None, 303)],
    )
    def test_who_reads_the_list(self, enter, world, paper, name, status):
        answer = enter(name).get(f"/partners/{world.egret.id}/participations")
        assert answer.status_code == status
        assert (paper in answer.text) == (status == 200)

    @pytest.mark.parametrize(
        ("name", "status"), [("committee", 303), ("subdistrict", 303), ("other-committee", 404), ("partner", 403)]
    )
    def test_who_may_decline(self, enter, wish, name, status):
        assert enter(name).post(f"/participations/{wish}/refusal", data={"reason": "缺材料"}).status_code == status

    @pytest.mark.parametrize(("name", "status"), [("partner", 303), ("committee", 403), ("volunteer2", 404)])
    def test_who_may_take_the_wish_back(self, enter, wish, name, status):
        assert enter(name).post(f"/participations/{wish}/removal").status_code == status

    def test_a_withdrawn_paper_is_replaced_by_a_new_one(self, enter, world, paper):
        committee, id = enter("committee"), db.session.query(Participation.id).scalar()
        assert committee.post(f"/participations/{id}/withdrawal", data={"reason": ""}).status_code == 422
        assert committee.post(f"/participations/{id}/withdrawal", data={"reason": "人时错了"}).status_code == 303
        query = f"replaces={id}&since={days()['since']}&until={days()['until']}"
        assert "出一份新的" in committee.get(f"/participations/by-id/{id}").text
        answer = committee.post(f"/partners/{world.egret.id}/participations?{query}", data={"line": ""})
        new = committee.get(answer.headers["Location"]).text
        check = enter().get(f"/participations/{paper}").text
        assert "已作废" in check
        assert "人时错了" in check
        successor = db.session.query(Participation).filter_by(replaces_id=id).one().shown_number
        assert successor in check
        assert successor in new

    def test_only_what_was_withdrawn_is_replaced(self, enter, world, paper):
        id = db.session.query(Participation.id).scalar()
        assert (
            enter("district").post(f"/partners/{world.egret.id}/participations?replaces={id}", data={}).status_code
            == 404
        )


class TestTheCheck:
    def test_anybody_reads_what_it_says(self, enter, paper):
        page = enter().get(f"/participations/{paper}").text
        for word in (
            paper,
            "现在有效",
            "白鹭科技（示例）",
            LINE,
            "东方社区党委",
            "48 人时",
            "2,600 元",
            "进货单合计",
            "不是志愿服务时间",
        ):
            assert word in page
        assert "100****" not in page
        assert "10000000003" not in page
        assert "赵社长" not in page

    def test_the_number_may_be_typed_as_people_type(self, enter, paper):
        typed = paper.lower().replace("-", " ")
        answer = enter().get("/participations/", query_string={"number": typed})
        assert answer.headers["Location"] == f"/participations/{paper}"
        assert enter().get(f"/participations/{paper.replace('-', '')}").status_code == 200

    def test_a_forged_number_is_a_sentence(self, enter, paper):
        wrong = paper[:-1] + ("A" if paper[-1] != "A" else "B")
        for answer in (enter().get(f"/participations/{wrong}"), enter().get(f"/participations/?number={wrong}")):
            assert answer.status_code == 404
            assert "没有出过这份证明" in answer.text

    @pytest.mark.parametrize("typed", ["1", "x" * 300, "<script>", "２０２６-1111-1111-1", "%", "' OR 1=1"])
    def test_nonsense_is_a_sentence(self, enter, paper, typed):
        answer = enter().get("/participations/", query_string={"number": typed})
        assert answer.status_code == 404
        assert 'class="say refusal"' in answer.text
        assert "<script>" not in answer.text.split("</head>")[1].replace("<script src", "")

    def test_what_is_only_asked_for_has_no_number_to_check(self, enter, world, wish):
        assert enter().get(f"/participations/by-id/{wish}").status_code == 404

    def test_whoever_follows_the_news_reads_the_check_page(self, enter, paper):
        id = db.session.query(Participation.id).scalar()
        assert enter().get(f"/participations/by-id/{id}").headers["Location"] == f"/participations/{paper}"
        assert "东方社区党委为“白鹭科技（示例）”出具了参与证明" in enter().get("/journal/").text

    def test_it_is_printed_with_a_code_that_leads_back(self, enter, paper):
        page = enter().get(f"/participations/{paper}/paper").text
        assert f"http://localhost/participations/{paper}" in page
        assert "<svg" in page
        assert "盖章" in page
        assert enter().get("/participations/2026-1111-1111-1/paper").status_code == 404

    def test_an_empty_form_is_a_page(self, enter):
        assert enter().get("/participations/").status_code == 200


@pytest.fixture
def slowed(application, settings):
    """The same site where floods are counted, as in service; afterwards they are not."""
    from kernel.site import limiter
    from wsgi import create_app

    yield create_app(settings | {"RATELIMIT_ENABLED": True})
    limiter.reset()
    limiter.enabled = False


@pytest.mark.databases("sqlite")
def test_guessing_is_slowed_down_and_reading_is_not(slowed, world, paper):
    stranger, reader = {"REMOTE_ADDR": "192.0.2.6"}, {"REMOTE_ADDR": "192.0.2.7"}
    client = slowed.test_client()
    guesses = [client.get(f"/participations/{n}", environ_base=stranger).status_code for n in range(1000, 1031)]
    assert guesses == [404] * 30 + [429]
    read = [client.get(f"/participations/{paper}", environ_base=reader).status_code for _ in range(40)]
    assert read == [200] * 40


def test_few_statements_whatever_the_number_of_rows(enter, world, done, paper):
    with work():
        for number in range(20):
            since = clock.today() - timedelta(days=200 + number)
            Participation.issue(world.egret, world.community, since, clock.today(), by=world.lin)
    id = db.session.query(Participation.id).filter_by(number=paper.replace("-", "")).scalar()
    partner, addresses = world.egret.id, {}
    for name, paths in {
        "partner": [f"/partners/{partner}/participations", f"/participations/by-id/{id}"],
        "committee": [f"/partners/{partner}/participations", f"/partners/{partner}/participations/new"],
        None: [f"/participations/{paper}", f"/participations/{paper}/paper", "/participations/"],
    }.items():
        client = enter(name)
        for path in paths:
            client.get(path)
            with counted() as said:
                assert client.get(path).status_code == 200
            addresses[name, path] = (len(said), said)
    assert {key: count for key, (count, _said) in addresses.items() if count > 8} == {}


def test_the_page_of_a_partner_leads_there_for_the_two_sides(enter, world):
    link = f'href="/partners/{world.egret.id}/participations"'
    for name, there in (("partner", True), ("committee", True), ("volunteer2", False), (None, False)):
        assert (link in enter(name).get(f"/partners/{world.egret.id}").text) == there


def test_value_in_kind_that_is_struck_later_stays_on_what_was_issued(enter, world, done, paper):
    with work():
        db.session.scalars(InKind.of(done)).one().strike("社区买的", by=world.lin)
    assert "2,600 元" in enter().get(f"/participations/{paper}").text
