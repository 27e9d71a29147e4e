"""Agreements on the screen: owner, colleague, stranger; filters in the address; a paper that nothing runs from."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
import time_machine
from openpyxl import load_workbook

from communities.post import Office
from kernel import clock, scan, waiting
from kernel.db import db
from kernel.stored_file import StoredFile
from kernel.work import work
from partners.agreements.agreement import Agreement
from partners.agreements.party import Party
from partners.agreements.term import State
from tests.support.pages import HTMX, part
from tests.support.scans import EXE, JPEG, PDF, sent
from tests.support.statements import counted

TODAY = clock.today()
HOSTILE = "<script>alert(1)</script>\u202e 𠮷 {{ 7*7 }}"


def ahead(days):
    return TODAY + timedelta(days=days)


def record(world, title="家电便民服务合作协议", until=50, **facts):
    parties = [Party(partner_id=world.egret.id), Party(place_id=world.community.id, office=Office.COMMITTEE)]
    days = {"signed_on": ahead(-300), "since": ahead(-300), "until": None if until is None else ahead(until)}
    return Agreement.record(world.community, parties, by=world.lin, title=title, **(days | facts))


@pytest.fixture
def agreement(world):
    with work():
        id = record(world, scope="每月两次上门修小家电。").id
    return lambda: db.session.get_one(Agreement, id)


@pytest.fixture
def signed(agreement, world):
    """The same with its paper."""
    with work():
        agreement().attach(scan.read(PDF, "合同 (1).exe"), by=world.lin)
    return agreement


def url(agreement, verb=""):
    return f"/agreements/{agreement().id}{'/' if verb else ''}{verb}"


def form(world, **more):
    return {
        "title": "义诊合作协议", "scope": "每季度一次义诊。", "signed_on": ahead(-1).isoformat(),
        "since": TODAY.isoformat(), "until": ahead(365).isoformat(),
        "offices": [f"committee-{world.community.id}"], "partners": [world.egret.id], "outside": "红会医院（示例）",
    } | more  # fmt: skip


class TestWriting:
    def test_the_committee_records_one_with_its_paper(self, enter, world):
        committee = enter("committee")
        assert "东方社区党委" in committee.get("/agreements/new").text
        data = form(world) | {"file": (BytesIO(PDF), "义诊.pdf")}
        answer = committee.post("/agreements/", data=data)
        assert answer.status_code == 303
        page = committee.get(answer.location).text
        for words in ("义诊合作协议", "白鹭科技（示例）", "东方社区党委", "红会医院（示例）", "义诊.pdf", "每季度一次"):
            assert words in page

    def test_a_name_that_is_a_partners_is_the_partner(self, enter, world):
        data = form(world, partners=[], outside="白鹭科技（示例）\n红会医院（示例）\n红会医院（示例）")
        answer = enter("committee").post("/agreements/", data=data)
        made = db.session.get_one(Agreement, int(answer.location.rsplit("/", 1)[1]))
        assert [(party.partner_id, party.outside) for party in made.parties] == [
            (world.egret.id, ""),
            (None, ""),
            (None, "红会医院（示例）"),
        ]

    @pytest.mark.parametrize(
        ("wrong", "field", "words"),
        [
            ({"title": ""}, "title", "这一项要填。"),
            ({"until": ahead(-400).isoformat()}, "until", "到期在开始之前了"),
            ({"signed_on": ahead(1).isoformat()}, "signed_on", "这一天还没有到"),
            ({"outside": "长" * 81}, "outside", "每个最多 80 个字"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(self, enter, world, wrong, field, words):
        answer = enter("committee").post("/agreements/", data=form(world) | wrong)
        assert answer.status_code == 422
        assert words in answer.text
        assert f'id="{field}-error"' in answer.text
        assert "每季度一次义诊。" in answer.text

    def test_one_party_is_a_sentence(self, enter, world):
        answer = enter("committee").post("/agreements/", data=form(world, partners=[], outside=""))
        assert answer.status_code == 409
        assert "一份协议至少有两方" in answer.text

    @pytest.mark.parametrize("wrong", [{"partners": [999999]}, {"offices": ["district-999999"]}, {"offices": ["x"]}])
    def test_who_was_not_offered_is_not_taken(self, enter, world, wrong):
        assert enter("committee").post("/agreements/", data=form(world) | wrong).status_code in (404, 422)
        assert db.session.scalar(db.select(Agreement.id)) is None

    @pytest.mark.parametrize(
        ("name", "status"), [(None, 303), ("volunteer", 403), ("partner", 403), ("grid", 403), ("other-committee", 403)]
    )
    def test_strangers_record_nothing(self, enter, world, name, status):
        data = form(world) | {"place": world.community.id}
        answer = enter(name).post(f"/agreements/?place={world.community.id}", data=data)
        assert answer.status_code == status
        assert db.session.scalar(db.select(Agreement.id)) is None

    def test_a_correction_and_a_colleague_who_was_faster(self, enter, world, agreement):
        committee = enter("committee")
        page = committee.get(url(agreement, "edit")).text
        assert "每月两次上门修小家电。" in page
        data = form(world, version=agreement().version)
        assert committee.post(url(agreement, "edit"), data=data).status_code == 303
        late = committee.post(url(agreement, "edit"), data=data | {"scope": "晚到的话"})
        assert late.status_code == 409
        assert "晚到的话" in late.text
        assert "每季度一次义诊。" in part(late, "theirs")
        again = committee.post(
            url(agreement, "edit"), data=data | {"scope": "晚到的话", "version": agreement().version}
        )
        assert again.status_code == 303
        assert agreement().scope == "晚到的话"

    def test_a_renewal_is_filled_in_already(self, enter, world, agreement):
        committee = enter("committee")
        page = committee.get(url(agreement, "renewal")).text
        assert ahead(51).isoformat() in page
        assert ahead(51 + 350).isoformat() in page
        answer = committee.post(url(agreement, "renewal"), data=form(world, title="家电便民服务合作协议（续）"))
        assert "续签的一份" in committee.get(url(agreement)).text
        assert "上一份" in committee.get(answer.location).text
        assert committee.post(url(agreement, "renewal"), data=form(world)).status_code == 409


class TestMoves:
    def test_it_is_not_renewed(self, enter, world, agreement):
        answer = enter("committee").post(url(agreement, "running-out"))
        assert answer.status_code == 303
        assert agreement().runs_out == TODAY

    def test_it_ends_early_with_a_reason(self, enter, world, agreement):
        committee = enter("committee")
        data = {"ended_on": TODAY.isoformat(), "reason": " "}
        refused = committee.post(url(agreement, "end"), data=data, headers=HTMX)
        assert refused.status_code == 409
        assert "请写一句为什么提前终止" in part(refused, "agreement")
        assert committee.post(url(agreement, "end"), data=data | {"reason": "店关了"}).status_code == 303
        assert agreement().state is State.ENDED
        assert "店关了" in committee.get(url(agreement)).text

    @pytest.mark.parametrize("verb", ["running-out", "end"])
    def test_the_answer_and_the_page_agree(self, enter, world, agreement, verb):
        committee = enter("committee")
        data = {"ended_on": TODAY.isoformat(), "reason": "店关了"}
        answer = committee.post(url(agreement, verb), data=data, headers=HTMX)
        assert answer.status_code == 200
        assert part(answer, "agreement") == part(committee.get(url(agreement)), "agreement")

    @pytest.mark.parametrize("verb", ["edit", "renewal", "running-out", "end", "file"])
    @pytest.mark.parametrize(
        ("name", "status"), [(None, 404), ("volunteer", 404), ("other-committee", 404), ("partner", 403)]
    )
    def test_others_do_nothing(self, enter, world, agreement, verb, name, status):
        data = form(world) | {"ended_on": TODAY.isoformat(), "reason": "x", "file": (BytesIO(PDF), "a.pdf")}
        assert enter(name).post(url(agreement, verb), data=data).status_code == status
        assert (agreement().version, agreement().file) == (1, None)


class TestItsPaper:
    @pytest.mark.parametrize("name", ["committee", "partner", "subdistrict", "district"])
    def test_the_parties_and_the_staff_save_it(self, enter, world, signed, name):
        answer = enter(name).get(url(signed, "file"))
        assert answer.status_code == 200
        assert answer.data == PDF
        assert answer.mimetype == "application/pdf"
        told = answer.headers["Content-Disposition"]
        assert told.startswith("attachment; ")
        assert told.endswith(f"filename*=UTF-8''{quote('合同 (1).pdf')}")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize("name", [None, "volunteer", "volunteer2", "grid", "department", "other-committee"])
    def test_nobody_else_knows_of_it(self, enter, world, signed, name):
        client = enter(name)
        for address in (url(signed), url(signed, "file")):
            assert client.get(address).status_code == 404

    def test_a_right_that_is_taken_away_is_gone_on_the_next_request(self, enter, world, signed):
        zhao = enter("partner")
        assert zhao.get(url(signed, "file")).status_code == 200
        with work():
            world.egret.end("搬走了", by=world.lin)
        assert zhao.get(url(signed, "file")).status_code == 404

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"", "这个文件是空的"),
            (EXE, "这个文件里面不是 PDF"),
            (PDF + EXE, "夹着另一个文件"),
            (JPEG[:-2], "不完整"),
            (b"PK\x03\x04" + bytes(99), "这是 Word"),
            (PDF + bytes(scan.SIZE), "最多收 10 MB"),
        ],
    )
    def test_a_hostile_file_gets_its_sentence(self, enter, world, signed, data, words):
        answer = enter("committee").post(url(signed, "file"), **sent(data))
        assert answer.status_code == 409
        assert words in answer.text
        assert signed().file.payload == PDF

    def test_a_file_beyond_all_measure_is_a_page(self, enter, world, signed):
        answer = enter("committee").post(url(signed, "file"), **sent(bytes(13 << 20)))
        assert answer.status_code == 413
        assert "文件太大了：最多 10 MB。" in answer.text

    def test_no_file_is_a_sentence(self, enter, world, signed):
        answer = enter("committee").post(url(signed, "file"), data={})
        assert answer.status_code == 422
        assert "请选一个文件。" in answer.text

    def test_the_same_form_twice_keeps_one(self, enter, world, agreement):
        committee = enter("committee")
        for _n in range(2):
            data = {"file": (BytesIO(JPEG), "照片.jpg"), "key": "k" * 32}
            assert committee.post(url(agreement, "file"), data=data).status_code == 303
        assert db.session.scalar(db.select(db.func.count()).select_from(StoredFile)) == 1


class TestTheList:
    @pytest.fixture
    def many(self, world):
        """Thirty that are valid, one that ends soon, one that is over."""
        with work():
            for number in range(30):
                record(world, f"共建协议{number:02}", 200, signed_on=ahead(-300 + number // 2))
            record(world, "快到期的协议", 20)
            record(world, "过去的协议", -3)

    def test_its_filters_stay_in_the_address(self, enter, world, many):
        committee = enter("committee")
        page = committee.get("/agreements/").text
        for words in ("有效 30", "快到期 1", "已到期 1", "提前终止 0"):
            assert words in page
        assert "快到期的协议" in part(committee.get("/agreements/?state=ending"), "rows")
        assert "过去的协议" in part(committee.get(f"/agreements/?state=expired&place={world.community.code}"), "rows")
        found = part(committee.get("/agreements/?q=协议07"), "rows")
        assert found.count("<tr>") == 1
        assert part(committee.get("/agreements/?q=白鹭"), "rows").count("<tr>") == 25
        assert "换个状态、地点或词再试" in committee.get("/agreements/?q=没有的").text

    def test_it_goes_on_where_it_stopped(self, enter, many):
        committee, address, seen = enter("committee"), "/agreements/", []
        while address:
            page = committee.get(address)
            seen += [row.split("<bdi>")[1].split("<")[0] for row in part(page, "rows").split("<th")[1:]]
            more = part(page, "rows-more")
            address = more.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in more else None
        assert len(seen) == len(set(seen)) == 32

    @pytest.mark.parametrize(
        "query", ["state=x", "place=nowhere", "partner=x", "page=!!", "page=WyJ4IiwxXQ", "q=%25_", "partner=9" * 9]
    )
    def test_an_address_that_says_nothing_is_a_page(self, enter, many, query):
        assert enter("committee").get(f"/agreements/?{query}").status_code == 200

    @pytest.mark.parametrize("name", ["committee", "partner", "district"])
    def test_eight_statements_whatever_the_number(self, enter, world, many, signed, name):
        client = enter(name)
        addresses = ("/agreements/", "/agreements/?state=valid&q=协议", url(signed))
        for address in addresses:
            client.get(address)
            with counted() as said:
                assert client.get(address).status_code == 200
            assert len(said) <= 8, (address, len(said), "\n\n".join(said))

    @pytest.mark.parametrize(("name", "status"), [(None, 303), ("volunteer", 200), ("partner", 200), ("grid", 200)])
    def test_who_opens_it(self, enter, world, many, name, status):
        client = enter(name)
        if name == "volunteer":  # a member of a team that has signed nothing
            assert "还没有和您有关的协议" in client.get("/agreements/").text
        else:
            assert client.get("/agreements/").status_code == status

    def test_the_ledger_is_ready_to_print(self, enter, world, many):
        answer = enter("committee").get("/ledgers/agreements.xlsx?state=ending")
        rows = list(load_workbook(BytesIO(answer.data)).active.values)
        [row] = [row for row in rows if "快到期的协议" in row]
        assert row[2] == "白鹭科技（示例）、东方社区党委"
        assert row[7] == "快到期"
        assert enter("other-committee").get(f"/ledgers/agreements.xlsx?place={world.community.code}").status_code == 404

    @pytest.mark.parametrize("name", ["committee", "partner", "volunteer", None])
    def test_the_page_of_a_partner_pays_nothing_for_the_way_there(self, enter, world, many, name):
        client = enter(name)
        with counted() as said:
            page = client.get(f"/partners/{world.egret.id}").text
        # 今天要办 counts them on every page.
        assert not [one for one in said if "FROM agreement" in one and "count(" not in one]
        link = f'href="/agreements/?partner={world.egret.id}"'
        assert (link in page) == (name in ("committee", "partner"))
        if link in page:
            assert part(client.get(f"/agreements/?partner={world.egret.id}"), "rows").count("<tr>") == 25

    def test_hostile_text_is_text(self, enter, world, agreement):
        committee = enter("committee")
        data = form(world, title=HOSTILE, scope=HOSTILE, outside=HOSTILE, version=1)
        assert committee.post(url(agreement, "edit"), data=data).status_code == 303
        for address in ("/agreements/", url(agreement), url(agreement, "edit")):
            page = committee.get(address).text
            assert "<script>alert(1)" not in page
            assert "&lt;script&gt;alert(1)" in page
            assert "\u202e" not in page


class TestTheDesk:
    def lines(self, person):
        return [line for line in waiting.lines(person) if line.desk.kind == "agreement.ending"]

    @pytest.mark.parametrize(
        ("name", "waits"), [("lin", True), ("zhao", True), ("wu", False), ("stranger_lin", False), ("gao", False)]
    )
    def test_what_ends_soon_waits_for_both_sides(self, world, agreement, name, waits):
        found = self.lines(getattr(world, name))
        assert [(line.subject, line.due) for line in found] == ([(agreement().title, ahead(50))] if waits else [])

    def test_it_waits_no_longer_once_it_is_settled(self, world, agreement):
        with work():
            agreement().let_run_out(by=world.lin)
        assert self.lines(world.lin) == []

    def test_it_waits_until_its_last_day(self, world, agreement):
        with time_machine.travel(clock.at(ahead(50)), tick=False):
            assert len(self.lines(world.lin)) == 1
        with time_machine.travel(clock.at(ahead(51)), tick=False):
            assert self.lines(world.lin) == []


def test_a_day_is_a_day_in_shanghai(world, agreement):
    last = agreement().until
    with time_machine.travel(clock.at(last + timedelta(days=1)) - timedelta(seconds=1), tick=False):
        assert agreement().state is State.ENDING
    with time_machine.travel(clock.at(last + timedelta(days=1)), tick=False):
        assert agreement().state is State.EXPIRED
    assert isinstance(last, date)
