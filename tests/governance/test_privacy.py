"""Somebody of another community sees nothing private of a need: no page, no sheet, no search, no journal, no feed."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from communities.journal import Line
from communities.person import Nobody
from governance.need import Need
from governance.voice import Voice
from kernel import clock, search, waiting
from kernel.db import db, seen
from kernel.work import work
from portal.address import feed_token

SECRETS = ("三楼楼道灯不亮", "老人晚上", "王阿姨", "10000000099", "换了声控灯")
OTHERS = ("other-committee", "volunteer", "partner")


def cells(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return str(book.get_sheet_by_index(0).to_python())


@pytest.mark.parametrize("name", OTHERS)
def test_its_pages_are_not_there(enter, solved, name):
    client = enter(name)
    for word in ("", "/routing", "/refusal", "/duplicates"):
        assert client.get(f"/needs/{solved.id}{word}").status_code == 404


def test_every_move_of_it_is_not_there(site, enter, solved):
    client = enter("other-committee")
    posts = [rule.rule for rule in site.url_map.iter_rules() if rule.rule.startswith("/needs/<int:id>/")]
    for rule in posts:
        answer = client.post(rule.replace("<int:id>", str(solved.id)))
        assert answer.status_code in (404, 405), rule


@pytest.mark.parametrize("name", OTHERS)
def test_no_list_and_no_search_names_it(enter, solved, name):
    client = enter(name)
    for path in ("/needs/?state=all", f"/needs/?q={solved.number}&state=all", "/search?q=楼道灯", "/journal", "/today"):
        page = client.get(path).text
        assert solved.shown_number not in page, path
        assert not [secret for secret in SECRETS if secret in page], path
        assert f"/needs/{solved.id}" not in page, path


def test_no_sheet_holds_it(enter, world, solved):
    mine = cells(enter("committee").get("/ledgers/needs.xlsx"))
    assert solved.shown_number in mine
    assert "楼道灯不亮" in mine
    assert "王**" in mine
    assert "100****0099" in mine
    assert not [secret for secret in ("老人晚上", "王阿姨", "10000000099") if secret in mine]
    other = enter("other-committee")
    assert solved.shown_number not in cells(other.get("/ledgers/needs.xlsx"))
    assert other.get(f"/ledgers/needs.xlsx?place={world.community.code}").status_code == 404


def test_no_row_reaches_a_stranger(world, solved):
    for person in (world.stranger_lin, world.wu, world.zhao, Nobody()):
        for model in (Need, Voice, type(solved.question)):
            assert db.session.scalars(seen(model.seen_by(person))).unique().all() == [], person.name
        lines = db.session.scalars(seen(Line.seen_by(person))).all()
        assert [line.verb for line in lines if line.subject == "need"] == []
        assert [kind for kind, _thing in search.find(person, "楼道灯", kind="need")] == []
    assert search.find(world.lin, "楼道灯", kind="need")


def test_no_feed_holds_it(enter, world, solved):
    for person in (world.stranger_lin, world.wu):
        answer = enter().get(f"/calendar/{feed_token(person)}.ics")
        assert answer.status_code == 200
        assert not [secret for secret in (*SECRETS, solved.shown_number) if secret in answer.text]


def test_what_may_be_searched_holds_no_words_of_a_person(need):
    [entry] = db.session.scalars(db.select(search.Entry).where(search.Entry.kind == "need"))
    assert not [secret for secret in SECRETS if secret in entry.text + entry.title]


def test_no_line_of_the_journal_holds_words(world, solved):
    rows = db.session.execute(db.text("SELECT * FROM line")).all()
    assert not [secret for secret in SECRETS if secret in repr(rows)]


def kinds(person):
    return [line.desk.kind for line in waiting.lines(person, 50) if line.desk.kind.startswith("need.")]


def test_what_waits_waits_for_the_right_ones(world, verified):
    assert kinds(world.lin) == ["need.verified"]
    with work():
        verified.route_on(by=world.lin)
    assert (kinds(world.lin), kinds(world.qian)) == ([], ["need.routed"])
    with work():
        verified.send_back("不归我们", by=world.qian)
    assert (kinds(world.lin), kinds(world.qian)) == (["need.returned"], [])
    with work():
        verified.route_on(by=world.lin)
        verified.taken(by=world.qian)
    assert (kinds(world.qian), kinds(world.he)) == (["need.taken"], [])
    with time_machine.travel(clock.at(verified.due + timedelta(days=1)) + timedelta(hours=9)):
        assert kinds(world.he) == ["need.late"]
    with work():
        verified.solved("好了", by=world.qian)
    assert (kinds(world.lin), kinds(world.sun), kinds(world.he)) == (["need.to_call"], ["need.to_call"], [])
    for person in (world.stranger_lin, world.wu, world.zhao):
        assert kinds(person) == []


def test_a_line_of_today_says_no_words_of_anybody(world, need):
    [line] = [line for line in waiting.lines(world.sun, 50) if line.desk.kind == "need.received"]
    assert line.subject == f"31小区 1号楼 · {need.number}"
