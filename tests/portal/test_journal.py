"""动态: what happened, newest first, as far as the reader may know of it."""

import re
from html import unescape

from kernel.cursor import pack
from kernel.work import work
from tests.support.statements import counted

from .test_shifts import HOSTILE

LINES = re.compile(r'<li><div class="row-head">(.*?)</div>', re.DOTALL)
LINK = re.compile(r'href="([^"]+)"')


def lines(client, address="/journal/"):
    return [re.sub(r"<[^>]+>", "", line).strip() for line in LINES.findall(client.get(address).text)]


def test_a_visitor_reads_what_is_public(enter, world):
    told = lines(enter())
    assert any("31小区老人家电义修" in line for line in told)
    assert not any("吴阿姨" in line or "登记成了志愿者" in line for line in told)


def test_no_sentence_is_left_unsaid(enter, world):
    for account in (None, "volunteer", "committee", "district"):
        for line in lines(enter(account), "/journal/?all=1"):
            assert not re.search(r"%\(|^[a-z_]+\.[a-z_]+$|None", line), line


def test_the_record_of_handling_is_for_those_who_serve_there(enter, world):
    with work():
        world.shift.sign_up(world.wu, by=world.wu)
    assert any("吴阿姨" in line and "联防巡查" in line for line in lines(enter("committee"), "/journal/?all=1"))
    assert any("联防巡查" in line and "吴阿姨" in line for line in lines(enter("volunteer"), "/journal/?all=1"))
    for account in (None, "volunteer2", "other-committee"):
        assert not any("吴阿姨" in line for line in lines(enter(account), "/journal/?all=1"))


def test_every_line_leads_to_what_it_is_about(enter, world):
    committee = enter("committee")
    links = {
        unescape(link) for line in LINES.findall(committee.get("/journal/?all=1").text) for link in LINK.findall(line)
    }
    assert links
    assert {link: committee.get(link, follow_redirects=True).status_code for link in links} == dict.fromkeys(links, 200)


def test_a_place_narrows_it(enter, world):
    committee = enter("committee")
    assert lines(committee, "/journal/?all=1&place=610102004001") == []
    assert lines(committee, "/journal/?all=1&place=610102004003")


def test_the_next_pages_show_everything_once(enter, world):
    with work():
        for number in range(60):
            world.shift.resize(3 + number, by=world.lin)
    committee, address, told = enter("committee"), "/journal/?all=1", []
    for _ in range(6):
        page = committee.get(address).text
        told += LINES.findall(page)
        more = re.search(r'class="button plain" href="(/journal/[^"]+)"', page)
        if not more:
            break
        address = unescape(more.group(1))
    assert len(told) >= 60
    assert sum("人数改了" in line for line in told) == 60


def test_no_address_breaks_it(enter, world):
    committee = enter("committee")
    for value in [*HOSTILE[:10], pack(2**60), pack("x"), pack(-1)]:
        query = "&".join(f"{name}={value}" for name in ("place", "page", "all", "endpoint", "_external"))
        assert committee.get(f"/journal/?{query}").status_code in (200, 400), value


def test_it_costs_the_same_whatever_it_tells(enter, world):
    committee = enter("committee")
    with counted() as few:
        committee.get("/journal/?all=1")
    with work():
        for number in range(20):
            world.shift.resize(3 + number, by=world.lin)
    with counted() as many:
        committee.get("/journal/?all=1")
    assert len(many) <= len(few) + 2 <= 20
