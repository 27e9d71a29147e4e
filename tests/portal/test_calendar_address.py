"""The address of a calendar is a key: it is changed and closed by its owner, at once, and written down nowhere."""

import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from sqlalchemy import select, update

from communities.journal import Audience, Line, tell
from communities.person import Person
from kernel import metrics
from kernel.db import db, seen
from kernel.work import work
from portal.address import feed_token
from tests.support.pages import HTMX, part

ROOT = Path(__file__).parents[2]
MOVES = {"renewed": "/me/account/feed", "closed": "/me/calendar/closing"}


def mine(person):
    """The address of a person's own calendar."""
    return f"/calendar/{feed_token(person)}.ics"


def ours(person, partner):
    """His address of a partner's calendar."""
    return f"/calendar/partners/{partner.id}/{feed_token(person, 'partner', str(partner.id))}.ics"


@pytest.mark.parametrize("move", MOVES)
def test_what_was_given_away_is_dead_at_once_also_for_who_has_the_file(enter, world, move):
    phone, zhao = enter(), enter("partner")
    old = [mine(world.zhao), ours(world.zhao, world.egret)]
    tags = [phone.get(url).headers["ETag"] for url in old]
    assert zhao.post(MOVES[move]).status_code == 303
    for url, tag in zip(old, tags, strict=True):
        assert phone.get(url).status_code == 404
        assert phone.get(url, headers={"If-None-Match": tag}).status_code == 404
        assert phone.head(url, headers={"If-None-Match": tag}).status_code == 404
        assert phone.get(f"{url}?save=1").status_code == 404


def test_a_new_address_works_and_so_does_one_after_closing(enter, world):
    phone, zhao, first = enter(), enter("partner"), mine(world.zhao)
    zhao.post(MOVES["renewed"])
    second = mine(world.zhao)
    assert phone.get(second).status_code == 200
    zhao.post(MOVES["closed"])
    closed = mine(world.zhao)
    assert [phone.get(url).status_code for url in (first, second, closed)] == [404, 404, 404]
    zhao.post(MOVES["renewed"])
    assert [phone.get(url).status_code for url in (first, second, closed)] == [404, 404, 404]
    assert phone.get(mine(world.zhao)).status_code == 200
    assert phone.get(ours(world.zhao, world.egret)).status_code == 200


def test_nobody_elses_address_is_touched(enter, world):
    others = [mine(world.wu), mine(world.lin)]
    enter("partner").post(MOVES["closed"])
    assert [enter().get(url).status_code for url in others] == [200, 200]


def test_a_closed_calendar_is_shown_nowhere_but_its_file_is_still_saved(enter, world):
    zhao = enter("partner")
    zhao.post(MOVES["closed"])
    for page, file in (
        ("/me", "/calendar/mine.ics"),
        ("/calendar/", "/calendar/mine.ics"),
        (f"/partners/{world.egret.id}/calendar", f"/partners/{world.egret.id}/calendar.ics"),
    ):
        box = part(zhao.get(page), "subscribe")
        assert "您把订阅地址关掉了" in box
        assert "webcal:" not in box
        assert "data-copy" not in box
        assert f'href="{file}?save=1"' in box
        assert zhao.get(f"{file}?save=1").headers["Content-Disposition"].startswith("attachment")
    assert enter().get("/calendar/mine.ics").location == "/sign-in?next=/calendar/mine.ics"


def test_without_script_one_reads_what_it_means_before_the_button(enter, world):
    zhao = enter("partner")
    assert 'href="/me/calendar"' in part(zhao.get("/me"), "subscribe")
    assert mine(world.zhao) in zhao.get("/me").text
    page = zhao.get("/me/calendar")
    assert "发到过群里" in part(page, "renewal")
    assert 'formaction="/me/calendar/closing"' in part(page, "closing")
    assert "data-ask" not in page.text
    assert feed_token(world.zhao) not in page.text
    zhao.post(MOVES["closed"])
    page = zhao.get("/me/calendar")
    assert "重新开一个地址" in part(page, "renewal")
    assert 'id="closing"' not in page.text


@pytest.mark.parametrize("url", [*MOVES.values(), "/me/calendar/alarm"])
def test_only_who_is_signed_in_has_one_to_change(enter, world, url):
    turn = world.wu.feed_turn
    assert enter().post(url).location.startswith("/sign-in")
    assert enter("volunteer2").get(url).status_code == 405
    assert world.wu.feed_turn == turn


@pytest.mark.parametrize("move", MOVES)
def test_a_move_is_in_the_journal_for_oneself_and_the_key_is_not(enter, world, move):
    old = feed_token(world.wu)
    enter("volunteer").post(MOVES[move])
    line = db.session.scalars(seen(select(Line).where(Line.verb == f"person.feed_{move}"))).one()
    assert (line.by_id, line.audience, line.ids) == (world.wu.id, Audience.PARTIES, {"person": world.wu.id})
    [told] = tell([line])
    assert told.text == f"{world.wu.called}{'换了' if move == 'renewed' else '关掉了'}日历地址"
    for other in (world.lin, world.zhou):
        assert db.session.scalars(seen(Line.seen_by(other).where(Line.id == line.id))).all() == []
    written = [str(one.ids) + told.text for one in db.session.scalars(select(Line))]
    assert not [text for text in written if old in text or feed_token(world.wu) in text]


# ---- where the key must not be ---------------------------------------------------------------------------------------


def test_pages_do_not_have_it_in_their_title_nor_tell_other_pages(enter, world):
    wu, token = enter("volunteer"), feed_token(world.wu)
    for page in ("/me", "/calendar/"):
        assert token not in re.search(r"<title>.*?</title>", wu.get(page).text, re.DOTALL)[0]
    assert wu.get(mine(world.wu)).headers["Referrer-Policy"] == "no-referrer"
    gone = enter().get(f"/calendar/{token}x.ics")
    assert (gone.status_code, gone.headers["Referrer-Policy"]) == (404, "no-referrer")
    assert token not in gone.text


def test_counters_know_the_route_only(enter, world):
    token = feed_token(world.wu)
    enter().get(mine(world.wu))
    enter().get(f"/calendar/{token}x.ics")
    assert token.encode() not in metrics.text()
    assert b'route="/calendar/<string:token>.ics"' in metrics.text()


@pytest.mark.databases("sqlite")
def test_the_log_of_a_server_has_no_key_in_it_also_when_a_feed_breaks(live, world):
    wu = world.wu
    token, of_partner = feed_token(wu), ours(wu, world.team)
    for url in (mine(wu), f"{mine(wu)}?kinds=shift&save=1", of_partner, f"/calendar/{token}x.ics"):
        status(live.url + url)
    with work() as session:  # a word that no version of the site has written: nothing can read the row any more
        session.execute(update(Person).where(Person.id == wu.id).values(alarm=None))
        session.connection().exec_driver_sql(f"UPDATE person SET alarm = 'nonsense' WHERE id = {int(wu.id)}")
    assert status(live.url + f"/calendar/{token}.ics") == 500
    log = live.log.read_text()
    assert "Traceback" in log
    assert '"route": "/calendar/<string:token>.ics", "status": 200' in log
    assert '"route": "/calendar/<string:token>.ics", "status": 500' in log
    for secret in (token, token.partition("-")[2], of_partner.split("/")[-1][:-4]):
        assert secret not in log


def status(url: str) -> int:
    """How the site answers."""
    try:
        with urlopen(url) as answer:
            return answer.status
    except HTTPError as error:
        error.close()
        return error.code


def test_no_server_is_started_with_a_log_of_addresses():
    started = [(ROOT / name).read_text() for name in ("bin/run", "deploy/hehuoren.service")]
    assert all("gunicorn" in text and "access" not in text for text in started)
    proxy = (ROOT / "deploy" / "nginx.conf").read_text()
    assert re.search(r"location /calendar/ \{\s*access_log off;", proxy)


# ---- what is rung ----------------------------------------------------------------------------------------------------


def test_the_answer_about_the_alarm_is_the_block_of_the_page(enter, world):
    wu = enter("volunteer")
    answer = wu.post("/me/calendar/alarm", data={"alarm": "two_hours"}, headers=HTMX)
    assert answer.status_code == 200
    assert part(answer, "ringing") == part(wu.get("/me/calendar"), "ringing")
    assert world.wu.alarm.value == "two_hours"
    assert "提前 2 小时" in answer.text


@pytest.mark.parametrize("word", ["", "drum", "two_hours\r\nX:1"])
def test_another_alarm_is_not_known(enter, world, word):
    answer = enter("volunteer").post("/me/calendar/alarm", data={"alarm": word})
    assert answer.status_code == 422
    assert world.wu.alarm is None
