"""消息 and 电话通知单: who reads, who rings, what is ticked, and letters."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from communities import letters
from communities.channel import Channel
from communities.journal import Line
from communities.notice import Notice, tell_of, told
from kernel import clock, waiting
from kernel.db import db
from kernel.work import work
from tests.support.mailbox import serving
from tests.support.pages import HTMX, part


@pytest.fixture
def tell(world):
    """A function that lets somebody be told of the first line on one way; the id of that way's notice."""

    def tell(person, way=Channel.PHONE):
        with work() as session:
            person.told_by = way
            line = Line(verb="post.ended", by_id=world.lin.id, place_id=world.community.id, audience="parties",
                        subject="person", subject_id=person.id,
                        ids={"person": world.zhou.id, "place": world.grid.id, "office": "grid"})  # fmt: skip
            session.add(line)
            session.flush()
            tell_of(line, [person])
            session.flush()
            return session.scalar(select(Notice.id).where(Notice.line_id == line.id, Notice.channel == way))

    return tell


def notice(id):
    """The row as it is stored now: jobs write in a session of their own."""
    db.session.rollback()
    return db.session.get_one(Notice, id)


def test_the_inbox_says_what_happened_and_is_read_by_a_button(world, enter, tell):
    id = tell(world.wu, Channel.INBOX)
    client = enter("volunteer")
    assert "周师傅（示例）不再担任第一网格网格员" in client.get("/notices/").get_data(as_text=True)
    assert notice(id).told_at is None
    assert client.post(f"/notices/{id}/read").status_code == 303
    assert client.post(f"/notices/{id}/read").status_code == 303
    assert notice(id).told_at is not None


def test_the_answer_and_the_page_agree(world, enter, tell):
    first, second = tell(world.wu, Channel.INBOX), tell(world.wu, Channel.INBOX)
    client = enter("volunteer")
    answer = client.post(f"/notices/{first}/read", headers=HTMX)
    assert part(answer, "notices") == part(client.get("/notices/"), "notices")
    answer = client.post("/notices/read", headers=HTMX)
    assert part(answer, "notices") == part(client.get("/notices/"), "notices")
    assert notice(second).told_at is not None


def test_reading_it_spares_the_call(world, enter, tell):
    id = tell(world.wu, Channel.PHONE)
    enter("volunteer").post("/notices/read")
    assert notice(id).told_at is not None
    assert waiting.count(world.sun) == 0


@pytest.mark.parametrize(("name", "status"), [("volunteer2", 404), ("committee", 404), (None, 404)])
def test_nobody_reads_for_somebody_else(world, enter, tell, name, status):
    assert enter(name).post(f"/notices/{tell(world.wu, Channel.INBOX)}/read").status_code == status


@pytest.mark.parametrize(
    ("name", "status", "shown"),
    [("committee", 200, True), ("grid", 200, True), ("subdistrict", 200, True), ("other-committee", 200, False),
     ("volunteer", 403, False), (None, 303, False)],
)  # fmt: skip
def test_whole_numbers_are_shown_to_those_who_ring(world, enter, tell, name, status, shown):
    tell(world.wu)
    answer = enter(name).get("/calls/")
    assert answer.status_code == status
    assert (world.wu.phone in answer.get_data(as_text=True)) is shown


@pytest.mark.parametrize(
    ("name", "status"), [("committee", 303), ("grid", 303), ("other-committee", 404), ("volunteer2", 404)]
)
def test_whoever_serves_at_home_ticks(world, enter, tell, name, status):
    id = tell(world.wu)
    assert enter(name).post(f"/calls/{id}/told").status_code == status
    assert (notice(id).told_at is not None) is (status == 303)


def test_a_tick_settles_all_ways_and_can_be_taken_back(world, enter, tell):
    id, client = tell(world.wu), enter("committee")
    answer = client.post(f"/calls/{id}/told", headers=HTMX)
    assert "已告知" in answer.get_data(as_text=True)
    assert part(answer, "calls") == part(client.get("/calls/"), "calls")
    assert told(notice(id).line) == (1, 1)
    assert enter("grid").post(f"/calls/{id}/take-back").status_code == 409
    assert client.post(f"/calls/{id}/take-back", headers=HTMX).status_code == 200
    assert told(notice(id).line) == (1, 0)
    client.post(f"/calls/{id}/told")
    with time_machine.travel(clock.now() + timedelta(minutes=11)):
        assert client.post(f"/calls/{id}/take-back").status_code == 409


def test_two_colleagues_tick_once(world, enter, tell):
    id = tell(world.wu)
    enter("committee").post(f"/calls/{id}/told")
    answer = enter("grid").post(f"/calls/{id}/told")
    assert answer.status_code == 409
    assert "已经有同事告知过了" in answer.get_data(as_text=True)


def test_a_call_in_vain_stays_on_the_list(world, enter, tell):
    id, client = tell(world.wu), enter("committee")
    client.post(f"/calls/{id}/not-reached")
    client.post(f"/calls/{id}/not-reached")
    assert "打过 2 次没打通" in client.get("/calls/").get_data(as_text=True)


def test_a_filter_stays_after_a_tick_and_reaches_no_further_than_oneself(world, enter, tell):
    id, client = tell(world.wu), enter("subdistrict")
    tell(world.zhou)
    query = {"place": world.building1.id}
    assert "周师傅" not in part(client.get("/calls/", query_string=query), "rows").split("<bdi>")[1]
    answer = client.post(f"/calls/{id}/told", query_string=query)
    assert answer.location == f"/calls/?place={world.building1.id}"
    for place in (world.district.id, "x", "9" * 30):
        assert client.get("/calls/", query_string={"place": place}).status_code == 404


def test_the_list_is_printed_with_its_slips(world, enter, tell):
    tell(world.wu)
    tell(world.zhou, Channel.SLIP)
    page = enter("committee").get("/calls/print").get_data(as_text=True)
    assert world.wu.phone in page
    assert world.zhou.phone not in page
    assert "收" in re.search(r'<li class="slip">.*?</h3>', page, re.S)[0]


def test_open_calls_wait_once_a_person(world, tell):
    tell(world.wu)
    tell(world.wu)
    tell(world.zhou)
    lines = [line for line in waiting.lines(world.sun, 50) if line.desk.kind == "call"]
    assert [line.subject for line in lines] == ["吴阿姨（示例）", "周师傅（示例）"]


@pytest.fixture
def post_office(site, monkeypatch):
    """A mail server, and what it was given."""
    with serving() as (mailbox, address):
        monkeypatch.setitem(site.config, "MAIL_SERVER", address)
        monkeypatch.setitem(site.config, "MAIL_FROM", "notices@hehuo.example")
        yield mailbox


def test_a_letter_names_nobody_else_and_leaves_once(world, tell, post_office):
    id = tell(world.wu, Channel.MAIL)
    with work():
        world.wu.email = "wu@example.com"
    letters.send_letters()
    letters.send_letters()
    [letter] = post_office.letters
    assert post_office.rcpt == [["wu@example.com"]]
    assert (str(letter["From"]), str(letter["Subject"])) == ("notices@hehuo.example", "社区合伙人：您有一条新消息")
    text = letter.get_content()
    assert "有人不再担任第一网格网格员" in text
    assert "周师傅" not in text
    assert "http://localhost/notices/" in text
    assert (notice(id).sent_at is None, notice(id).told_at) == (False, None)


def test_a_letter_that_fails_is_tried_again_and_in_the_end_somebody_rings(world, tell, post_office):
    id = tell(world.wu, Channel.MAIL)
    post_office.refused.add("wu@example.com")
    with work():
        world.wu.email = "wu@example.com"
    with time_machine.travel(clock.now(), tick=False) as time:
        letters.send_letters()
        time.shift(timedelta(minutes=4))
        letters.send_letters()
        assert post_office.asked == 1
        for _n in range(letters.TRIES):
            time.shift(timedelta(minutes=6))
            letters.send_letters()
    assert (post_office.asked, post_office.letters) == (letters.TRIES, [])
    assert notice(id).channel is Channel.PHONE


def test_without_a_server_nothing_is_sent(world, tell, monkeypatch):
    id = tell(world.wu, Channel.MAIL)
    letters.send_letters()
    assert notice(id).tried_at is None
