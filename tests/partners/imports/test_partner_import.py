"""Importing partners: a sheet is judged row by row, then stored as a whole or not at all; a ledger changes nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from communities.journal import Line
from communities.notice import Notice
from communities.person import Person
from kernel import clock, search
from kernel.db import db, seen
from kernel.i18n import force_locale
from kernel.sheets import NotImportable, csv_bytes, write
from kernel.work import work
from partners.alike import key_of
from partners.credit_code import check_character
from partners.imports.importing import CodesTaken, carry_out
from partners.imports.plan import look, plan
from partners.imports.sheet import COLUMNS, TAKEN, take
from partners.kind import Kind
from partners.ledgers import PARTNERS
from partners.member import Member, Role
from partners.partner import Partner
from partners.standing import Stage
from partners.verification import Verification

LATER = (clock.today() + timedelta(days=200)).isoformat()


def code(number, start="91000000"):
    """A credit code of a region that does not exist."""
    body = f"{start}{number:0{17 - len(start)}}"
    return body + check_character(body)


def row(name="青禾教育（示例）", kind="企业", place="东方社区", **more):
    """A row by column, with what a firm needs."""
    facts = {
        "name": name,
        "kind": kind,
        "place": place,
        "contact_name": "禾经理（示例）",
        "contact_phone": "10000000101",
    }
    return facts | ({"credit_code": code(1)} if kind == "企业" else {}) | more


def sheet(*rows, heads=None, encoding="utf-8-sig"):
    """These rows as a file that is read."""
    keys = list(dict.fromkeys(key for one in rows for key in one)) if heads is None else heads
    data = csv_bytes([str(TAKEN[key]) for key in keys], [[one.get(key, "") for key in keys] for one in rows])
    return take(data.decode("utf-8-sig").encode(encoding), "合伙人.csv")


def bring(world, *rows, by=None):
    """Import these rows as the committee."""
    with work():
        return carry_out(sheet(*rows), by=by or world.lin)


def problems(world, *rows, by=None):
    """(row, column, sentence) of what is wrong with these rows."""
    return [(one.row, one.column, str(one.message)) for one in plan(sheet(*rows), by or world.lin).problems]


def named(name):
    return db.session.scalars(select(Partner).where(Partner.name == name)).one()


def everything():
    """All that is stored of partners."""
    return db.session.execute(select(Partner.__table__).order_by(Partner.id)).all()


class TestNew:
    def test_what_a_committee_imports_is_a_partner_at_once_for_a_year(self, world):
        bring(world, row(offers="每月两次上门", capabilities="家电维修、理发", areas="东方社区、咸东社区"))
        partner = named("青禾教育（示例）")
        assert (partner.kind, partner.stage, partner.place_id) == (Kind.FIRM, Stage.ACTIVE, world.community.id)
        assert (partner.active_since, partner.is_active) == (clock.today(), True)
        assert (partner.verified_until - clock.today()).days in (364, 365, 366)
        assert {one.name for one in partner.capabilities} == {"家电维修", "理发"}
        assert {one.name for one in partner.areas} == {"东方社区", "咸东社区"}
        (year,) = db.session.scalars(select(Verification).where(Verification.partner_id == partner.id))
        assert (year.place_id, year.by_id, year.until) == (world.community.id, world.lin.id, partner.verified_until)

    def test_its_place_is_its_area_and_its_compounds_are_where_there_are_some(self, world):
        manager = row("示例物业", "物业企业", credit_code=code(2), compounds="31小区")
        bring(world, row(), manager)
        assert [one.id for one in named("青禾教育（示例）").areas] == [world.community.id]
        assert [one.id for one in named("示例物业").areas] == [world.compound.id]

    def test_every_kind_with_what_it_is_asked_for(self, world):
        facts = {
            "孵化企业": {"credit_code": code(11), "incubated_since": "2024-06-01"},
            "企业": {"credit_code": code(12)},
            "物业企业": {"credit_code": code(13), "compounds": "31小区"},
            "业委会": {"compounds": "31小区", "filing_number": "示例备字〔2026〕1号", "term_until": LATER},
            "物管会": {"compounds": "610102004003-G1-Y31", "filing_number": "示例备字〔2026〕2号", "term_until": LATER},
            "社会组织": {"credit_code": code(14, "51000000")},
            "志愿服务队": {"members_count": "42"},
            "驻区单位": {"credit_code": code(15)},
            "居民团体": {"members_count": "12", "consenting_id": "东方社区"},
            "居民个人": {"skills": "修伞"},
        }
        rows = [row(f"示例{kind}", kind, **more) for kind, more in facts.items()]
        done = bring(world, *rows)
        assert {one.kind for one in done.new} == set(Kind) - {Kind.DEPARTMENT}
        assert named("示例业委会").verified_until == date.fromisoformat(LATER)
        assert named("示例志愿服务队").consenting_id == world.community.id
        done = bring(world, row("区环保局（示例）", "职能部门", "新城区", functions="环境整治、安全巡查"), by=world.gao)
        assert [one.name for one in named("区环保局（示例）").functions] == ["环境整治", "安全巡查"]

    def test_the_first_number_speaks_for_it_and_all_are_told(self, world):
        bring(world, row(phones="10000000003、10000000004"))
        living = {member.person_id: member.role for member in named("青禾教育（示例）").living}
        assert living == {world.zhao.id: Role.MANAGER, world.wu.id: Role.MEMBER}
        told = select(Notice.person_id).join(Line).where(Line.verb == "partner.joined", Line.by_id == world.lin.id)
        told = told.where(Line.subject_id == named("青禾教育（示例）").id)
        assert set(db.session.scalars(seen(told))) == {world.zhao.id, world.wu.id}

    def test_one_line_for_each_and_one_for_the_sheet(self, world):
        bring(world, row(), row("示例队", "志愿服务队", members_count="9"))
        lines = select(Line.verb, func.count()).where(Line.by_id == world.lin.id, Line.verb.like("partner%imported"))
        assert dict(db.session.execute(lines.group_by(Line.verb)).all()) == {
            "partner.imported": 2,
            "partners.imported": 1,
        }

    def test_it_is_found_by_its_name_and_its_words(self, world):
        bring(world, row(offers="四点半课堂"))
        for word in ("青禾", "四点半"):
            assert [partner.name for _kind, partner in search.find(world.wu, word, kind="partner")] == [
                "青禾教育（示例）"
            ]

    def test_gb18030_full_width_digits_and_spaces(self, world):
        typed = row(" 青禾教育（示例） ", contact_phone="１０００ ０００－０１０１", credit_code=code(1).lower())
        with work():
            carry_out(sheet(typed, encoding="gb18030"), by=world.lin)
        partner = named("青禾教育（示例）")
        assert (partner.contact_phone, partner.credit_code) == ("10000000101", code(1))

    def test_the_office_above_imports_for_its_communities(self, world):
        done = bring(world, row(), row("咸东队", "志愿服务队", "咸东社区", members_count="9"), by=world.he)
        assert {one.place.name for one in done.new} == {"东方社区", "咸东社区"}


class TestRoundTrip:
    @pytest.mark.parametrize("suffix", ["xlsx", "csv"])
    def test_a_ledger_that_is_imported_changes_nothing(self, world, suffix):
        more = {"about": "一\n二", "areas": "31小区、1号楼", "capabilities": "理发"}
        everybody = [row(f"示例{number}", credit_code=code(number), **more) for number in range(20, 25)]
        bring(world, *everybody, row("示例业委会", "业委会", compounds="31小区", filing_number="1号", term_until=LATER))
        before, lines = everything(), db.session.scalar(select(func.count(Line.id)))
        rows = list(PARTNERS.rows(world.gao, {}))
        assert len(rows) == 10
        data = PARTNERS.workbook(world.gao, {}) if suffix == "xlsx" else csv_bytes(list(COLUMNS.values()), rows)
        with work():
            found = carry_out(take(data, f"a.{suffix}"), by=world.gao)
        assert (found.new, found.changed, found.unchanged) == ([], [], 10)
        assert everything() == before
        assert db.session.scalar(select(func.count(Line.id))) == lines

    def test_in_english_too_and_across_languages(self, world):
        with force_locale("en"):
            data = PARTNERS.workbook(world.gao, {})
            found = plan(take(data, "a.xlsx"), world.gao)
            assert (found.problems, found.new, found.changed, found.unchanged) == ([], [], [], 4)
        found = plan(take(data, "a.xlsx"), world.gao)
        assert ([str(one.message) for one in found.problems], found.new, found.changed) == ([], [], [])

    def test_the_same_sheet_again_changes_nothing(self, world):
        rows = [
            row(phones="10000000003"),
            row("示例队", "志愿服务队", members_count="9"),
            row("修伞的（示例）", "居民个人", skills="修伞"),
        ]
        bring(world, *rows)
        before = everything()
        again = bring(world, *rows)
        assert (again.new, again.changed, again.unchanged) == ([], [], 3)
        assert everything() == before


class TestChanges:
    def test_what_is_other_is_changed_and_shown_before(self, world):
        typed = {
            "id": world.egret.id,
            "name": "白鹭科技（示例）",
            "offers": "每周义修",
            "capabilities": "理发",
            "active_since": "2024/6/1",
        }
        found = plan(sheet(typed | {"kind": "孵化企业", "place": "东方社区"}), world.lin)
        ((name, facts, _people),) = look(found)["changes"]
        assert name == "白鹭科技（示例）"
        assert ["能为社区做什么", "", "每周义修"] in facts
        assert ["会做什么", "家电维修", "理发"] in facts
        bring(world, typed)
        partner = named("白鹭科技（示例）")
        assert (partner.offers, partner.active_since) == ("每周义修", date(2024, 6, 1))
        assert [one.name for one in partner.capabilities] == ["理发"]
        assert len(partner.abilities) == 2

    def test_an_empty_cell_and_a_column_that_is_not_there_leave_what_is_known(self, world):
        bring(world, {"id": world.egret.id, "offers": "每周义修", "about": ""})
        assert (named("白鹭科技（示例）").about, named("白鹭科技（示例）").contact_phone) == (
            "家电维修与便民服务",
            "10000000003",
        )

    def test_whoever_speaks_for_it_is_told_and_the_line_names_it(self, world):
        bring(world, {"id": world.egret.id, "offers": "每周义修"})
        (line,) = db.session.scalars(select(Line).where(Line.verb == "partner.corrected"))
        assert (line.subject_id, line.by_id) == (world.egret.id, world.lin.id)
        assert [notice.person_id for notice in line.notices] == [world.zhao.id]

    def test_a_new_name_is_searched_and_compared(self, world):
        bring(world, {"id": world.egret.id, "name": "苍鹭科技有限公司（示例）"})
        assert [partner.id for _kind, partner in search.find(world.wu, "苍鹭", kind="partner")] == [world.egret.id]
        assert search.find(world.wu, "白鹭", kind="partner") == []
        assert named("苍鹭科技有限公司（示例）").name_key == key_of("苍鹭科技（示例）")

    def test_a_number_joins_and_nobody_is_let_go(self, world):
        done = bring(world, {"id": world.egret.id, "phones": "10000000004"})
        assert look(done)["changes"] == [["白鹭科技（示例）", [], "100****0004"]]
        assert {member.person_id for member in named("白鹭科技（示例）").living} == {world.zhao.id, world.wu.id}
        again = bring(world, {"id": world.egret.id, "phones": "10000000004"})
        assert again.unchanged == 1

    def test_known_by_its_code_or_by_name_and_place(self, world):
        bring(world, row())
        done = bring(
            world, row("青禾教育科技（示例）"), {"name": "红管家·邻里情（示例）", "place": "东方社区", "about": "42 人"}
        )
        assert [(one.id, sorted(one.told)) for one in done.changed] == [
            (named("青禾教育科技（示例）").id, ["name"]),
            (world.team.id, ["about"]),
        ]


WRONG = [
    (row(""), "合伙人", "请写名称"),
    (row("名" * 81), "合伙人", "最多 80 个字"),
    (row(kind="公司"), "类别", "没有“公司”这个类别"),
    (row(kind=""), "类别", "没有“”这个类别"),
    (row(place="没有的社区"), "所在", "您管的范围里没有"),
    (row(place="咸东社区"), "所在", "您管的范围里没有"),
    (row(place=""), "所在", "请写所在的社区"),
    (row(place="31小区"), "所在", "您管的范围里没有"),
    (row(credit_code=code(1)[:-1] + "0"), "统一社会信用代码", "校验码"),
    (row(credit_code="123"), "统一社会信用代码", "18 位"),
    (row(credit_code=""), "统一社会信用代码", "要填这一项"),
    (row(kind="社会组织", credit_code=code(3)), "统一社会信用代码", "51、52、53 或 59"),
    (row(members_count="3"), "大约多少人", "企业不用填"),
    (row(contact_name=""), "联系人", "要填这一项"),
    (row(contact_phone="12345"), "联系电话", "不像电话号码"),
    (row(active_since="去年"), "加入日期", "看不懂"),
    (row(active_since="2026-02-30"), "加入日期", "看不懂"),
    (row(active_since="2999-01-01"), "加入日期", "还没有到"),
    (row(capabilities="飞行"), "会做什么", "目录里没有“飞行”"),
    (row(areas="没有的地方"), "服务范围", "没有找到“没有的地方”"),
    (row(stage="暂停"), "状态", "状态不能用表改"),
    (row(offers="长" * 2001), "能为社区做什么", "最多 2000 个字"),
    (
        row("业委会", "业委会", compounds="东方社区", filing_number="1", term_until=LATER),
        "管理的小区",
        "没有找到“东方社区”",
    ),
    (
        row("业委会", "业委会", compounds="31小区", filing_number="1", term_until="2020-01-01"),
        "本届任期到",
        "已经过去了",
    ),
    (row("队", "志愿服务队", members_count="很多"), "大约多少人", "整数"),
    (row(phones="10000000999"), "成员手机号", "不是您范围内登记的人"),
    (row(phones="123"), "成员手机号", "不像电话号码"),
    (row(phones="10000000001"), "成员手机号", "您自己的号码"),
]


class TestWrong:
    @pytest.mark.parametrize(("typed", "column", "sentence"), WRONG, ids=range(len(WRONG)))
    def test_each_mistake_is_told_with_row_and_column(self, world, typed, column, sentence):
        good = row("示例队", "志愿服务队", members_count="9")
        ((number, where, message),) = problems(world, good, typed)
        assert (number, where) == (3, column)
        assert sentence in message
        assert message.endswith("。")

    @pytest.mark.parametrize(
        ("typed", "column", "sentence"),
        [
            ({"id": "999999"}, "编号", "不是在您这里登记的"),
            ({"id": "一"}, "编号", "不是在您这里登记的"),
            ({"kind": "企业"}, "类别", "类别不能用表改"),
            ({"stage": "已退出"}, "状态", "状态不能用表改"),
            ({"place": "韩森寨街道"}, "所在", "您管的范围里没有"),
            ({"members_count": "3"}, "大约多少人", "孵化企业不用填"),
            ({"contact_phone": "x"}, "联系电话", "不像电话号码"),
        ],
    )
    def test_what_cannot_be_changed(self, world, typed, column, sentence):
        ((_row, where, message),) = problems(world, {"id": world.egret.id} | typed)
        assert where == column
        assert sentence in message

    def test_numbers_of_people_are_told_masked_and_nobody_learns_who_is_known_elsewhere(self, world):
        with work() as session:
            session.add(Person(name="外区人（示例）", phone="10000000777"))
        for phone in ("10000000777", "10000000778"):
            ((_row, _column, message),) = problems(world, row(phones=phone))
            assert message == f"100****{phone[-4:]} 不是您范围内登记的人。请对方先点“加入”，或由合伙人的管理员发邀请。"

    def test_a_code_that_somebody_has(self, world):
        with work():
            Partner.apply(Kind.FIRM, "别区的（示例）", world.other_community, by=None, credit_code=code(7)).verify(
                by=None
            )
        ((_row, _column, message),) = problems(world, row(credit_code=code(7)))
        assert "已经登记为“别区的（示例）”" in message

    def test_twice_in_the_file(self, world):
        found = problems(
            world,
            row(),
            row("另一家", credit_code=code(1)),
            row("队", "志愿服务队", members_count="9"),
            row("队", "志愿服务队", members_count="9"),
        )
        assert [(number, column) for number, column, _message in found] == [(3, "统一社会信用代码"), (5, "合伙人")]

    def test_what_has_ended_is_not_changed_by_a_sheet(self, world):
        with work():
            world.team.end("解散", by=world.lin)
        ((_row, _column, message),) = problems(world, {"id": world.team.id, "about": "还在"})
        assert "已退出" in message

    def test_a_manager_leaves_his_own_partner_to_a_colleague(self, world):
        with work():
            world.egret.join(world.lin, Role.MANAGER, by=world.zhao)
        ((_row, _column, message),) = problems(world, {"id": world.egret.id, "offers": "每周义修"})
        assert "请同事来改" in message
        assert problems(world, {"id": world.egret.id, "offers": "每周义修"}, by=world.he) == []

    def test_one_wrong_row_and_nothing_is_stored(self, world):
        before = everything()
        with pytest.raises(NotImportable, match="1 处"):
            bring(world, row(), row("另一家", credit_code="123"))
        assert everything() == before

    def test_hostile_text_is_text(self, world):
        names = ["<script>alert(1)</script>", "=1+1", "'; DROP TABLE partner; --", "\u202egnp.exe", "%s %(x)s"]
        typed = [row(name, "居民个人", skills="修伞") for name in names]
        data = write("合伙人", [str(TAKEN[key]) for key in typed[0]], [list(one.values()) for one in typed])
        with work():
            carry_out(take(data, "a.xlsx"), by=world.lin)
        stored = set(db.session.scalars(select(Partner.name).where(Partner.skills == "修伞")))
        assert stored == {*names[:3], "gnp.exe", names[4]}


def test_what_somebody_did_meanwhile_is_seen_under_the_lock(world):
    taken = sheet(row())
    before = plan(taken, world.lin)
    bring(world, row())
    with work():
        done = carry_out(taken, by=world.lin, found=before)
    assert (done.new, done.unchanged) == ([], 1)


def test_a_code_that_was_taken_elsewhere_meanwhile_is_a_sentence(world):
    taken = sheet(row())
    before = plan(taken, world.lin)
    bring(world, row("同一家（示例）", place="咸东社区"), by=world.stranger_lin)
    with pytest.raises(CodesTaken, match="刚刚被别家登记"), work():
        carry_out(taken, by=world.lin, found=before)
    assert db.session.scalar(select(func.count(Partner.id)).where(Partner.credit_code == code(1))) == 1


def test_members_are_private_and_counted(world):
    bring(world, row(phones="10000000003"))
    assert db.session.scalar(seen(select(func.count(Member.id)).where(Member.person_id == world.zhao.id))) == 2
