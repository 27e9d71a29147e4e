"""A team records what it leads: the community agrees, the ledger is its own, nobody confirms his own."""

import pytest
from sqlalchemy import select

from communities.journal import Line
from kernel import waiting
from kernel.db import db, seen
from kernel.work import Refusal, work
from partners.member import Role
from tests.support.pages import HTMX, part
from volunteers.duty import LeadElsewhere
from volunteers.hours.audit import certificates, hours
from volunteers.hours.certificate import Certificate
from volunteers.hours.correction import Correction
from volunteers.hours.entrusting import NoRecorder
from volunteers.hours.entry import Entry, Kind, Reason
from volunteers.hours.proposal import proposals, waiting_days
from volunteers.hours.proving import prove
from volunteers.hours.review import OwnHours, confirm_quiet, settle
from volunteers.hours.unit import AlreadySo, CountsElsewhere, RecordingUnit

from .conftest import behind_the_back, unit_of


@pytest.fixture
def team(world, over):
    """红管家·邻里情 records 联防巡查, which its manager 赵社长 leads and ticked; 钱科长 is its other manager."""
    with work():
        for person in (world.zhao, world.qian):
            world.team.join(person, Role.MANAGER, by=world.lin)
        RecordingUnit.entrust(world.team, world.community, by=world.lin)
        world.duty.revise(version=world.duty.version, by=world.lin, recorder=world.team)
    return world.team


def its(world):
    """The ledger of the team."""
    return RecordingUnit.of(world.community, world.team)


def people(world, unit, day):
    db.session.rollback()
    return {one.signup.person_id for one in proposals(world.community, unit, day)}


def shown(world):
    return {world.shift.signup_of(person).id: 60 for person in (world.wu, world.zhou)}


def confirm(world, over, by):
    with work():
        return confirm_quiet(world.community, over.day, shown(world), by=by, partner=world.team)


def refused(act, kind):
    db.session.rollback()
    with pytest.raises(kind) as told, work():
        act()
    assert str(told.value).endswith("。")


def test_what_it_leads_waits_in_its_own_ledger(world, over, team):
    assert people(world, its(world), over.day) == {world.wu.id, world.zhou.id}
    assert people(world, unit_of(world), over.day) == {world.zhao.id}
    assert waiting_days(world.community, its(world)).shown == {over.day: 2}
    assert waiting_days(world.community, unit_of(world)).shown == {over.day: 1}


def test_each_ledger_has_its_own_chain(world, over, team):
    assert confirm(world, over, world.qian) == 2
    with work():
        settle(world.shift2.signup_of(world.zhao), 90, None, by=world.lin)
    rows = db.session.execute(seen(select(Entry.unit_id, Entry.number).order_by(Entry.id))).all()
    assert rows == [(its(world).id, 1), (its(world).id, 2), (unit_of(world).id, 1)]
    assert prove(its(world)).holds
    assert prove(unit_of(world)).holds
    assert list(hours()) == []
    behind_the_back(f"UPDATE hour_entry SET minutes = 61 WHERE unit_id = {its(world).id} AND number = 1")
    assert [str(line) for line in hours()] == ["红管家·邻里情（示例），第 1 条：这一条被改过，或者它前面的被换过。"]
    assert prove(unit_of(world)).holds


def test_nobody_of_the_team_confirms_his_own_or_what_he_ticked(world, over, team):
    refused(lambda: confirm_quiet(world.community, over.day, shown(world), by=world.zhao, partner=team), OwnHours)
    refused(lambda: settle(world.shift.signup_of(world.wu), 60, None, by=world.wu), OwnHours)
    with work():
        entry = settle(world.shift.signup_of(world.wu), 60, None, by=world.qian)
    assert entry.unit_id == its(world).id


def test_only_teams_and_social_organisations_that_are_active(world, over):
    refused(lambda: RecordingUnit.entrust(world.egret, world.community, by=world.lin), NoRecorder)
    with work():
        world.team.suspend("核实中", by=world.lin)
    refused(lambda: RecordingUnit.entrust(world.team, world.community, by=world.lin), NoRecorder)


def test_twice_is_refused_and_every_move_is_told(world, over, team):
    refused(lambda: RecordingUnit.entrust(team, world.community, by=world.lin), AlreadySo)
    with work():
        its(world).end_trust(by=world.lin)
    refused(lambda: its(world).end_trust(by=world.lin), AlreadySo)
    refused(lambda: RecordingUnit.hold(world.community).end_trust(by=world.lin), AlreadySo)
    refused(lambda: its(world).take_report_in(True, by=world.lin), CountsElsewhere)
    verbs = set(db.session.scalars(seen(select(Line.verb).where(Line.subject == "recording_unit"))))
    assert verbs == {"hours.entrusted", "hours.not_entrusted"}


def test_who_leads_it_is_one_of_its_members(world, over, team):
    refused(
        lambda: world.duty2.revise(version=world.duty2.version, by=world.lin, recorder=team, lead=world.sun),
        LeadElsewhere,
    )
    with work():
        world.duty.hand_over(world.sun, by=world.lin)
    assert world.duty.recorder is None
    assert people(world, unit_of(world), over.day) == {world.wu.id, world.zhou.id, world.zhao.id}


@pytest.mark.parametrize("how", ["ended", "suspended"])
def test_when_it_ends_the_community_confirms_the_rest_and_what_was_written_stays(world, over, team, how):
    with work():
        settle(world.shift.signup_of(world.wu), 60, None, by=world.qian)
    with work():
        if how == "ended":
            its(world).end_trust(by=world.lin)
        else:
            world.team.suspend("核实中", by=world.lin)
    assert people(world, its(world), over.day) == set()
    assert people(world, unit_of(world), over.day) == {world.zhou.id, world.zhao.id}
    with work():
        assert settle(world.shift.signup_of(world.zhou), 60, None, by=world.lin).unit_id == unit_of(world).id
        wish = Correction.ask(world.shift.signup_of(world.wu), 50, Reason.TIME, by=world.wu)
        assert wish.unit_id == its(world).id, "what is corrected is where it was written"
    with work():
        wish.grant(by=world.lin)
    assert [prove(unit).holds for unit in (its(world), unit_of(world))] == [True, True]


def test_the_certificate_names_it(world, over, team, asked):
    confirm(world, over, world.qian)
    with work():
        unit = RecordingUnit.hold(world.community, team)
        paper = Certificate.issue(world.wu, unit, over.day, over.day, by=world.wu)
    assert paper.issuer == "红管家·邻里情（示例）"
    assert paper.counted["minutes"] == 60
    assert paper.is_genuine
    assert list(certificates()) == []


def test_the_line_of_today_goes_to_who_confirms(world, over, team):
    def days(person):
        db.session.rollback()
        return [line.subject for line in waiting.lines(person) if line.desk.kind.startswith("hours.confirm")]

    assert [subject.split("，")[1] for subject in days(world.qian)] == ["2 人的时长"]
    assert [subject.split("，")[1] for subject in days(world.lin)] == ["1 人的时长"]
    assert days(world.wu) == [], "a member who is no manager confirms nothing"
    confirm(world, over, world.qian)
    assert days(world.qian) == []


def test_a_correction_waits_for_its_managers(world, over, team):
    def waits(person):
        db.session.rollback()
        return [line for line in waiting.lines(person) if line.desk.kind == "hours.correct"]

    confirm(world, over, world.qian)
    with work():
        Correction.ask(world.shift.signup_of(world.wu), 90, Reason.TIME, by=world.wu)
    assert (len(waits(world.qian)), len(waits(world.lin))) == (1, 0)
    with work():
        its(world).end_trust(by=world.lin)
    assert (len(waits(world.qian)), len(waits(world.lin))) == (0, 1)


class TestPages:
    """Owner: a manager of the team. Colleague: the community, which looks on. Stranger: another community."""

    @pytest.mark.parametrize(
        ("name", "looks", "confirms"),
        [
            ("department", 200, 303),
            ("committee", 200, 403),
            ("other-committee", 404, 404),
            ("volunteer", 404, 404),
            (None, 404, 404),
        ],
    )
    def test_who_looks_and_who_confirms(self, enter, world, over, team, name, looks, confirms):
        client, base = enter(name), f"/recording-units/{its(world).id}"
        for page in ("hours", "ledger", "proof"):
            assert client.get(f"{base}/{page}").status_code == looks
        sent = {"shown": " ".join(f"{id}:60" for id in shown(world))}
        assert client.post(f"{base}/hours?day={over.day}", data=sent).status_code == confirms
        assert db.session.scalar(seen(select(Entry.id).limit(1))) is (1 if confirms == 303 else None)

    def test_the_answer_is_the_block_of_the_page(self, enter, world, over, team):
        client, base = enter("department"), f"/recording-units/{its(world).id}/hours"
        page = client.get(base)
        assert "这 2 人都确认" in page.text
        sent = {"shown": " ".join(f"{id}:60" for id in shown(world))}
        answer = client.post(f"{base}?day={over.day}", data=sent, headers=HTMX)
        assert answer.status_code == 200
        assert part(answer, "sheet") == part(client.get(base), "sheet")
        assert "没有等确认的时长" in answer.text

    def test_who_ticked_reads_why_he_cannot(self, enter, world, over, team):
        text = enter("partner").get(f"/recording-units/{its(world).id}/hours").text
        assert "请另一位管理员来确认" in text
        assert "人都确认" not in text

    @pytest.mark.parametrize(
        ("name", "status"), [("department", 303), ("committee", 403), ("other-committee", 404), ("volunteer", 403)]
    )
    def test_who_settles_one(self, enter, world, over, team, name, status):
        signup = world.shift.signup_of(world.wu).id
        answer = enter(name).post(f"/signups/{signup}/hours", data={"minutes": 60, "reason": ""})
        assert answer.status_code == status

    @pytest.mark.parametrize(
        ("name", "status"), [("committee", 303), ("subdistrict", 303), ("other-committee", 403), ("partner", 403)]
    )
    def test_who_agrees_and_who_ends_it(self, enter, world, over, name, status):
        client, place = enter(name), f"/places/{world.community.code}/hours/recorders"
        assert client.post(place, data={"partner_id": world.team.id}).status_code == status
        assert (its(world) is not None) == (status == 303)
        if status == 303:
            assert "自己记" in client.get(place).text
            assert client.post(f"/recording-units/{its(world).id}/end").status_code == 303
            db.session.rollback()
            assert not its(world).entrusted
            assert client.post(f"/recording-units/{its(world).id}/end").status_code == 409

    def test_the_form_of_a_duty_offers_it(self, enter, world, over, team):
        committee, base = enter("committee"), f"/duties/{world.duty2.id}"
        page = committee.get(f"{base}/edit").text
        assert "时长由谁记" in page
        sent = {
            "activity": "义剪", "role": "引导排队", "category_id": world.care.id, "service_kind": "volunteer",
            "risk_note": "无特殊风险", "danger": "0", "version": world.duty2.version, "recorder_id": team.id,
        }  # fmt: skip
        assert committee.post(base, data=sent | {"lead_id": world.lin.id}).status_code == 409
        assert committee.post(base, data=sent | {"lead_id": world.qian.id}).status_code == 303
        db.session.rollback()
        assert (world.duty2.recorder_id, world.duty2.lead_id) == (team.id, world.qian.id)
        assert "由 红管家·邻里情（示例） 记" in enter(None).get(base).text

    def test_the_page_of_the_partner_leads_there(self, enter, world, over, team):
        way = f"/recording-units/{its(world).id}/hours"
        assert way in enter("partner").get(f"/partners/{team.id}").text
        assert way not in enter("volunteer").get(f"/partners/{team.id}").text

    def test_the_community_marks_it_for_the_national_system(self, enter, world, over, team):
        confirm(world, over, world.qian)
        base = f"/recording-units/{its(world).id}/ledger"
        assert enter("department").post(base, data={"state": "exported"}).status_code == 403
        assert enter("committee").post(base, data={"state": "exported"}).status_code == 303


def test_every_refusal_has_a_sentence():
    for kind in (NoRecorder, LeadElsewhere):
        assert issubclass(kind, Refusal)
        assert str(kind(partner="示例队")).endswith("。")
    assert Kind.SERVICE in Kind
