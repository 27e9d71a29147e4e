"""A certificate says what was confirmed, is checked by anybody, and a forged one is found by command, page and key."""

import json
import subprocess
from base64 import urlsafe_b64decode
from datetime import timedelta
from pathlib import Path
from shutil import which

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select, text

from kernel import clock, paper_number, signature
from kernel.db import db, seen
from kernel.work import work
from projects.counting import Counted
from projects.participation import Participation
from tests.support.pdf import text_of
from tests.support.statements import counted
from tests.support.store import writing
from volunteers.hours import han_font
from volunteers.hours.basics import Basics, WrongTail
from volunteers.hours.certificate import Certificate, masked
from volunteers.hours.certificate_state import (
    AskFirst,
    IssuedAlready,
    NothingConfirmed,
    NotNow,
    OwnCertificate,
    State,
    WhyNot,
    WrongPeriod,
)
from volunteers.hours.correction import Correction
from volunteers.hours.counting import hours
from volunteers.hours.entry import Reason
from volunteers.hours.unit import RecordingUnit

from .conftest import behind_the_back, unit_of

FONT = pytest.mark.skipif(han_font.find("") is None, reason="no Chinese font on this machine")


def issue(world, person=None, since=30, until=0, by=None):
    """A certificate of the last days, in a `work()` of its own; its id."""
    person = person or world.wu
    days = (clock.today() - timedelta(days=ago) for ago in (since, until))
    with work():
        return Certificate.issue(person, RecordingUnit.hold(world.community), *days, by=by or person).id


def paper(id):
    db.session.rollback()
    return db.session.get_one(Certificate, id)


@pytest.fixture
def issued(world, confirmed, asked):
    """The id of 吴阿姨's certificate over one hour."""
    return issue(world)


def audit(site, *names):
    db.session.rollback()
    result = site.test_cli_runner().invoke(args=["audit", *names])
    return result.exit_code, result.output


def say(site, *words, given=""):
    """What a command answers."""
    db.session.rollback()
    result = site.test_cli_runner().invoke(args=[*words], input=given)
    return result.exit_code, result.output or repr(result.exception)


class TestWhatItSays:
    def test_it_says_what_was_confirmed_and_by_whom(self, world, issued):
        one = paper(issued)
        assert (one.what.minutes, str(one.what.hours), one.issuer) == (60, "1.0", "东方社区居委会")
        assert [(item.title, item.times, item.minutes) for item in one.what.items] == [("联防巡查 · 巡查员", 1, 60)]
        assert one.name == world.wu.name
        assert paper_number.fault(one.number) is None
        assert one.is_genuine

    def test_it_is_asked_for_the_basics_first(self, world, confirmed):
        with pytest.raises(AskFirst):
            issue(world)
        with pytest.raises(WrongTail), work():
            Basics.give(world.wu, name="", id_tail="12", by=world.wu)
        with work():
            Basics.give(world.wu, name="吴示例", id_tail="１２３x", by=world.wu)
        one = paper(issue(world))
        assert (one.name, one.id_tail, one.masked_name) == ("吴示例", "123X", "吴**")

    def test_only_confirmed_service_is_certified(self, world, over, asked):
        with work():
            RecordingUnit.hold(world.community)
        with pytest.raises(NothingConfirmed):
            issue(world)

    @pytest.mark.parametrize(("since", "until"), [(1, 2), (0, -1)])
    def test_days_that_are_none(self, world, confirmed, asked, since, until):
        with pytest.raises(WrongPeriod):
            issue(world, since=since, until=until)

    def test_the_same_twice_is_refused_and_a_correction_makes_room_for_another(self, world, issued):
        with pytest.raises(IssuedAlready, match=paper(issued).shown_number):
            issue(world)
        with work():
            wish = Correction.ask(world.shift.signup_of(world.wu), 90, Reason.TIME, by=world.wu)
            db.session.flush()
            wish.grant(by=world.lin)
        new = issue(world)
        assert paper(new).what.minutes == 90
        assert (paper(issued).state, paper(issued).what.minutes) == (State.REVOKED, 60)
        assert paper(issued).successor.id == new

    def test_hours_are_never_rounded_up(self):
        assert [str(hours(minutes)) for minutes in (0, 59, 60, 95, 2880)] == ["0.0", "0.9", "1.0", "1.5", "48.0"]

    def test_a_name_keeps_its_length_to_itself(self):
        assert {masked("吴"), masked("吴阿姨"), masked("欧阳阿姨")} == {"吴**", "欧**"}


class TestRevoking:
    def test_it_has_a_reason_and_is_done_by_somebody_else_once(self, world, issued):
        for reason, by, refusal in ((" ", world.lin, WhyNot), ("错了", world.wu, OwnCertificate)):
            with pytest.raises(refusal), work():
                paper_in_work(issued).revoke(reason, by=by)
        with work():
            paper_in_work(issued).revoke("名字写错了", by=world.lin)
        with pytest.raises(NotNow), work():
            paper_in_work(issued).revoke("再来", by=world.lin)
        assert (paper(issued).state, paper(issued).reason) == (State.REVOKED, "名字写错了")

    @pytest.mark.parametrize(
        ("name", "sees", "revokes"),
        [
            ("volunteer", 200, 403),
            ("committee", 200, 303),
            ("subdistrict", 200, 303),
            ("other-committee", 404, 404),
            ("grid", 404, 404),
            ("volunteer2", 404, 404),
            (None, 404, 404),
        ],
    )
    def test_who_may_what(self, enter, issued, name, sees, revokes):
        client = enter(name)
        for page in (f"/certificates/by-id/{issued}", f"/certificates/by-id/{issued}/paper"):
            assert client.get(page).status_code == sees
        answer = client.post(f"/certificates/{issued}/revocation", data={"reason": "名字写错了"})
        assert answer.status_code == revokes
        assert paper(issued).is_valid == (revokes != 303)

    def test_whoever_checks_reads_why(self, enter, issued):
        enter("committee").post(f"/certificates/{issued}/revocation", data={"reason": "名字写错了"})
        page = enter().get(f"/certificates/{paper(issued).shown_number}").text
        assert "不能再用" in page
        assert "名字写错了" in page
        assert "不能再用" in enter("volunteer").get(f"/certificates/by-id/{issued}/paper").text


def paper_in_work(id):
    return db.session.get_one(Certificate, id)


class TestForgeries:
    def test_the_page_says_what_the_paper_should_say(self, enter, world, issued):
        page = enter().get(f"/certificates/{paper(issued).shown_number}").text
        for word in ("现在有效", "吴**", "1.0 小时", "东方社区居委会", "联防巡查 · 巡查员", "还没有汇入全国"):
            assert word in page
        assert "吴阿姨" not in page
        assert "100" + "****" not in page

    def test_a_made_up_number_is_a_sentence(self, enter, issued):
        number = paper_number.shown(paper_number.new_number(2026))
        answer = enter().get(f"/certificates/{number}")
        assert answer.status_code == 404
        assert f"这里没有出过编号 {number} 的证明" in answer.text
        wrong = paper(issued).number[:-1] + ("A" if paper(issued).number[-1] != "A" else "B")
        assert "没有出过这份证明" in enter().get(f"/certificates/?number={wrong}").text

    def test_the_number_may_be_typed_as_people_type(self, enter, issued):
        shown = paper(issued).shown_number
        answer = enter().get("/certificates/", query_string={"number": shown.lower().replace("-", " ")})
        assert answer.location == f"/certificates/{shown}"

    @pytest.mark.parametrize("typed", ["1", "x" * 300, "<script>", "%", "' OR 1=1"])
    def test_nonsense_is_a_sentence(self, enter, issued, typed):
        answer = enter().get("/certificates/", query_string={"number": typed})
        assert answer.status_code == 404
        assert 'class="say refusal"' in answer.text

    def test_a_row_that_was_changed_shows_on_the_page_and_by_the_command(self, site, enter, issued):
        one = paper(issued)
        counted_more = json.dumps(one.counted | {"minutes": 6000})
        with writing(db.engine) as connection:
            connection.execute(text("UPDATE certificate SET counted = :more"), {"more": counted_more})
        assert "对不上，被人改过" in enter().get(f"/certificates/{one.shown_number}").text
        code, said = audit(site, "certificates")
        assert code == 1
        assert f"证明 {paper(issued).shown_number}：内容和签名对不上，被改过。" in said

    def test_items_that_do_not_add_up_are_no_certificate(self, site, enter, issued):
        one = paper(issued)
        items = [one.counted["items"][0] | {"minutes": 6000}]
        with writing(db.engine) as connection:
            connection.execute(
                text("UPDATE certificate SET counted = :more"), {"more": json.dumps(one.counted | {"items": items})}
            )
        assert "对不上，被人改过" in enter().get(f"/certificates/{one.shown_number}").text

    def test_a_ledger_that_was_cut_off_no_longer_fits_what_was_printed(self, site, issued):
        behind_the_back(
            "DELETE FROM hour_entry WHERE number = 3",
            "UPDATE recording_unit SET entries = 2, head = (SELECT hash FROM hour_entry WHERE number = 2)",
        )
        assert audit(site, "hours")[0] == 0
        code, said = audit(site, "certificates")
        assert code == 1
        assert "台账记到第 3 条，现在那一条不一样了" in said

    def test_an_hour_that_was_changed_no_longer_fits_its_certificate(self, site, issued):
        behind_the_back("UPDATE hour_entry SET minutes = 30 WHERE number = 1")
        code, said = audit(site)
        assert code == 1
        assert "写着 60 分钟，台账里是 30 分钟" in said
        assert "第 1 条：这一条被改过" in said


def test_the_number_of_a_partner_leads_to_its_own_page(enter, world):
    day = clock.today()
    with work():
        kept = Counted((), ()).stored | {"partner": "白鹭", "place": "东方社区", "place_kind": "community"}
        facts = {"since": day, "until": day, "issued_on": day, "number": paper_number.new_number(2026)}
        issued = Participation(partner=world.egret, place=world.community, state="issued", counted=kept, **facts)
        db.session.add(issued)
        number = issued.shown_number
    assert enter().get(f"/certificates/{number}").location == f"/participations/{number}"
    assert enter().get(f"/certificates/?number={number}").location == f"/certificates/{number}"


class TestWithoutUs:
    def sealed(self, id):
        one = paper(id)
        return f"{one.line}\n{one.signature}"

    def test_the_command_knows_what_was_signed_here(self, site, issued):
        code, said = say(site, "certificates", "check", given=self.sealed(issued))
        assert code == 0
        assert "✓ signed here" in said
        for old, new in (("60", "6000"), ("吴", "周"), ("\n", "\nA"), ("\n", "")):
            code, said = say(site, "certificates", "check", given=self.sealed(issued).replace(old, new, 1))
            assert (code, "forged" in said) == (1, True)

    def test_so_does_the_page(self, enter, issued):
        good = self.sealed(issued)
        assert "签名是真的" in enter().get("/certificates/signature", query_string={"sealed": good}).text
        for bad in (good.replace("60", "6000", 1), "nonsense", "a\nb", good[:-1]):
            assert "签名对不上" in enter().get("/certificates/signature", query_string={"sealed": bad}).text
        assert "签名对不上" not in enter().get("/certificates/signature").text

    @pytest.mark.skipif(which("openssl") is None, reason="no openssl on this machine")
    def test_another_program_says_the_same_from_the_public_key(self, site, issued, tmp_path):
        line, mark = self.sealed(issued).split("\n")
        code, said = say(site, "certificates", "public-key")
        assert code == 0
        (tmp_path / "key.pem").write_text(said[said.index("-----BEGIN") :])
        (tmp_path / "sig.bin").write_bytes(urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
        assert self.openssl(tmp_path, line) == 0
        assert self.openssl(tmp_path, line.replace("60", "6000", 1)) != 0

    @staticmethod
    def openssl(folder: Path, line: str) -> int:
        (folder / "line.txt").write_text(line)
        words = "pkeyutl -verify -pubin -inkey key.pem -rawin -in line.txt -sigfile sig.bin"
        return subprocess.run(["openssl", *words.split()], cwd=folder, capture_output=True, check=False).returncode

    def test_after_a_change_of_keys_the_old_one_still_counts(self, site, enter, world, issued, monkeypatch):
        old = paper(issued).key_id
        monkeypatch.setitem(site.config, "CERTIFICATE_KEY", "another secret, long enough for anybody")
        with work():
            Basics.give(world.zhou, name="", id_tail="", by=world.zhou)
        new = issue(world, world.zhou)
        assert paper(new).key_id != old
        assert paper(issued).is_genuine
        assert paper(new).is_genuine
        page = enter().get("/certificates/keys").text
        assert old in page
        assert paper(new).key_id in page
        assert say(site, "certificates", "check", given=self.sealed(issued))[0] == 0
        pem = enter().get("/certificates/keys?as=pem").text
        assert pem.count("BEGIN PUBLIC KEY") == 2

    def test_the_secret_is_never_shown(self, site, enter, issued):
        for page in ("/certificates/keys", f"/certificates/{paper(issued).shown_number}"):
            assert site.config["CERTIFICATE_KEY"] not in enter().get(page).text

    def test_nonsense_is_no_signature(self):
        half = signature.written(Ed25519PrivateKey.from_private_bytes(b"k" * 32).public_key().public_bytes_raw())
        for bad in ("", "é", "x", "A" * 86):
            assert signature.fits("line", bad, half) is False


class TestThePaper:
    def test_the_page_to_print_has_everything(self, enter, world, issued):
        page = enter("volunteer").get(f"/certificates/by-id/{issued}/paper").text
        one = paper(issued)
        said = ("吴阿姨（示例）", "1.0 小时（60 分钟）", "东方社区居委会")
        for word in (one.shown_number, *said, one.signature, one.key_id):
            assert word in page
        assert page.count('class="qr"') >= 2

    @FONT
    def test_the_pdf_has_the_chinese_in_it_as_text(self, enter, world, issued):
        answer = enter("volunteer").get(f"/certificates/by-id/{issued}.pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF")
        said = text_of(answer.data).replace("\n", "")
        one = paper(issued)
        for word in (
            "志愿服务记录证明",
            one.shown_number,
            "吴阿姨（示例）",
            "联防巡查",
            "东方社区居委会",
            one.signature[:20],
        ):
            assert word in said, word
        assert b"NotoSansCJK" in answer.data or b"/FontFile" in answer.data
        assert len(answer.data) < 60_000

    @FONT
    def test_a_missing_sign_is_a_sentence_and_never_a_gap(self, enter, world, confirmed):
        with work():
            Basics.give(world.wu, name="吴\U000e0123", id_tail="", by=world.wu)
        answer = enter("volunteer").get(f"/certificates/by-id/{issue(world)}.pdf")
        assert answer.status_code == 409
        assert "字体里没有" in answer.text

    def test_without_a_font_the_page_offers_printing_only(self, site, enter, issued, monkeypatch):
        monkeypatch.setitem(site.config, "CERTIFICATE_FONT", "/nowhere/at.all")
        page = enter("volunteer").get(f"/certificates/by-id/{issued}").text
        assert "存成 PDF" not in page
        assert "没有中文字体" in page
        assert enter("volunteer").get(f"/certificates/by-id/{issued}.pdf").status_code == 409


class TestTaking:
    def form(self, world, **more):
        days = {"since": (clock.today() - timedelta(days=30)).isoformat(), "until": clock.today().isoformat()}
        return {"unit": unit_of(world).id, "name": "吴示例", "id_tail": ""} | days | more

    def test_the_first_one_shows_the_basics_and_is_there_at_once(self, enter, world, confirmed):
        wu = enter("volunteer")
        assert "第一次出证明" in wu.get("/me/certificates").text
        answer = wu.post("/me/certificates", data=self.form(world))
        assert answer.status_code == 303
        assert "吴示例" in wu.get(answer.location).text
        assert "出过的证明，1 份" in wu.get("/me/certificates").text
        again = wu.post("/me/certificates", data=self.form(world))
        assert again.status_code == 409
        assert "这段时间的证明已经有了" in again.text

    def test_who_left_nothing_is_called_as_he_joined(self, enter, world, confirmed):
        enter("volunteer").post("/me/certificates", data=self.form(world, name=""))
        assert db.session.scalars(seen(select(Certificate))).one().name == "吴阿姨（示例）"

    @pytest.mark.parametrize("wrong", [{"until": "2099-01-01"}, {"since": "x"}, {"unit": ""}, {"since": "2099-01-01"}])
    def test_wrong_days_keep_what_was_typed(self, enter, world, confirmed, wrong):
        answer = enter("volunteer").post("/me/certificates", data=self.form(world, **wrong))
        assert answer.status_code == 422
        assert 'value="吴示例"' in answer.text

    def test_a_unit_that_recorded_nothing_of_mine_is_none(self, enter, world, confirmed):
        assert enter("volunteer").post("/me/certificates", data=self.form(world, unit=999)).status_code == 404

    def test_nothing_confirmed_says_what_happens_next(self, enter, world, over):
        assert "还没有确认过的服务时长" in enter("volunteer").get("/me/certificates").text

    @pytest.mark.parametrize(
        ("name", "status"), [("committee", 303), ("other-committee", 404), ("grid", 403), ("volunteer", 403)]
    )
    def test_the_desk_takes_it_for_somebody_without_a_phone(self, enter, world, confirmed, name, status):
        path = f"/people/{world.wu.id}/certificates"
        client = enter(name)
        assert client.get(path).status_code == (200 if status == 303 else status)
        assert client.post(path, data=self.form(world)).status_code == status
        made = db.session.scalars(seen(select(Certificate))).all()
        assert [one.issued_by_id for one in made] == ([world.lin.id] if status == 303 else [])


@pytest.fixture
def slowed(application, settings):
    """The same site where floods are counted, as in service; afterwards they are not."""
    from kernel.site import limiter
    from wsgi import create_app

    yield create_app(settings | {"RATELIMIT_ENABLED": True})
    limiter.reset()
    limiter.enabled = False


@pytest.mark.databases("sqlite")
def test_guessing_is_slowed_down_and_reading_is_not(slowed, world, issued):
    number = paper(issued).shown_number
    client, stranger, reader = slowed.test_client(), {"REMOTE_ADDR": "192.0.2.8"}, {"REMOTE_ADDR": "192.0.2.9"}
    tries = [client.get(f"/certificates/{n}", environ_base=stranger).status_code for n in range(1000, 1031)]
    assert tries == [404] * 30 + [429]
    read = [client.get(f"/certificates/{number}", environ_base=reader).status_code for _ in range(40)]
    assert read == [200] * 40


def test_few_statements(enter, world, issued):
    number, found = paper(issued).shown_number, {}
    pages = {
        None: [f"/certificates/{number}", "/certificates/", "/certificates/keys"],
        "volunteer": ["/me/certificates", f"/certificates/by-id/{issued}", f"/certificates/by-id/{issued}/paper"],
        "committee": [f"/people/{world.wu.id}/certificates", f"/certificates/by-id/{issued}"],
    }
    for name, paths in pages.items():
        client = enter(name)
        for path in paths:
            client.get(path)
            with counted() as said:
                assert client.get(path).status_code == 200
            found[name, path] = (len(said), said)
    assert {key: value[0] for key, value in found.items() if value[0] > 8} == {}
