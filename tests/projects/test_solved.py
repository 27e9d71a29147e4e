"""已解决: closed projects, the latest first, with what went into them; filters and cursor stay in the address."""

import re
from datetime import timedelta

import pytest
import time_machine

from governance.need import Need
from governance.need_state import Privacy
from governance.recheck import Way
from governance.voice import Reach
from kernel import clock, photo
from kernel.work import work
from projects.in_kind import InKind
from projects.project import Project
from tests.support.photos import jpeg
from tests.support.statements import counted


def closed(world, title, days_ago=0, category=None, place=None):
    """A project of one part that the team did; its outcome says the title again."""
    day = clock.today()
    facts = {"title": title, "risk_note": "无", "category": category or world.repair}
    with time_machine.travel(clock.now() - timedelta(days=days_ago)), work():
        project = Project.write(place or world.community, by=world.lin, starts_on=day, ends_on=day, **facts)
        part = project.cut("装扶手", "件", 6, by=world.lin, people=2, times=3, hours=2)
        project.post(by=world.lin)
        adoption = project.adopt(world.team, part.id, 6, pledge="", by=world.lin)
        adoption.accept(by=world.lin)
        adoption.deliver("好了", by=world.lin)
        project.close(f"{title}做成了", 30, by=world.lin)
    return project


def titles(page):
    return re.findall(r"<h2><a[^>]*><bdi>([^<]+)</bdi>", page)


def test_the_latest_first_with_what_went_into_it(enter, world):
    done = closed(world, "扶手", days_ago=3)
    closed(world, "长椅")
    with work():
        InKind.note_down(done.adoptions[0], "材料", 1200, "进货单", by=world.lin)
        struck = InKind.note_down(done.adoptions[0], "油漆", 300, "进货单", by=world.lin)
        struck.strike("重复了", by=world.lin)
    page = enter().get("/projects/solved").text
    assert titles(page) == ["长椅", "扶手"]
    for words in ("2 个项目做完了", "扶手做成了", "红管家·邻里情（示例）", "30 人受益", "12 人时", "1,200 元"):
        assert words in page
    own = enter().get(f"/projects/{done.id}").text
    for words in ("12", "人时（合伙人公益投入）", "1,200", "看附近已解决的项目"):
        assert words in own


def test_what_is_not_closed_is_not_there(enter, world):
    page = enter().get("/projects/solved").text
    assert world.project.title not in page
    assert "还没有结了项的项目" in page


def test_the_filters_stay_in_the_address(enter, world):
    closed(world, "扶手")
    closed(world, "长椅", category=world.care)
    closed(world, "晾衣绳", place=world.other_community)
    client = enter()
    assert set(titles(client.get(f"/projects/solved?category={world.care.id}").text)) == {"长椅"}
    assert set(titles(client.get(f"/projects/solved?place={world.other_community.code}").text)) == {"晾衣绳"}
    assert len(titles(client.get(f"/projects/solved?place={world.district.code}").text)) == 3
    empty = client.get(f"/projects/solved?place={world.compound.code}&category={world.care.id}").text
    assert "换个地点或类别再看" in empty
    for bad in ("page=zzz", "category=x", "place=nowhere", "page=WyIyMDI2IiwxXQ"):
        assert client.get(f"/projects/solved?{bad}").status_code in (200, 404)


@pytest.mark.databases("sqlite")
def test_twenty_five_a_page_and_the_price_stays_the_same(enter, world):
    client = enter()

    def statements(url="/projects/solved"):
        with counted() as said:
            answer = client.get(url)
        return answer.text, len(said)

    closed(world, "第一")
    _text, before = statements()
    for number in range(27):
        project = closed(world, f"第{number}", days_ago=number % 3)
        with work():
            for shown in (False, True, True):
                project.add_photo(photo.read(jpeg()), f"第{number}张", consent=True, shown=shown, by=world.lin)
    first, after = statements()
    assert (after, len(titles(first))) == (before, 25)
    assert len(re.findall(r'<img class="photo"', first)) == 24  # 第一 has none
    assert before <= 8
    more = re.search(r'href="(/projects/solved\?page=[^"]+)"', first)[1]
    second, _price = statements(more)
    assert len(titles(second)) == 3
    assert len(set(titles(first) + titles(second))) == 28


def test_a_card_shows_the_first_photo_that_everybody_sees(enter, world):
    project = closed(world, "扶手")
    with work():
        hidden, first, second = (
            project.add_photo(photo.read(jpeg()), words, consent=True, shown=shown, by=world.lin)
            for words, shown in (("还没看过", False), ("新扶手", True), ("楼梯口", True))
        )
    page = enter("committee").get("/projects/solved").text
    [picture] = re.findall(r"<img[^>]*>", page)
    assert f'src="/photos/{first.id}.jpg" alt="新扶手" width="320" height="240" loading="lazy"' in picture
    with work():
        first.withdraw(by=world.lin)
    assert f'src="/photos/{second.id}.jpg"' in enter().get("/projects/solved").text
    assert hidden.alt not in page


def test_a_card_says_how_many_of_those_who_said_it_say_it_is_solved(enter, world):
    with work():
        needs = [
            Need.say(world.building1, words, by=world.wu, requester=world.wu, token=words, reach=Reach("", ""))
            for words in ("没有扶手", "楼梯滑", "灯不亮")
        ]
        for need in needs:
            need.verify(world.repair, privacy=Privacy.MATTER, matter="楼道", by=world.lin)
        day = clock.today()
        facts = {"title": "楼道", "risk_note": "无", "category": world.repair, "starts_on": day, "ends_on": day}
        project = Project.write(world.community, by=world.lin, **facts)
        part = project.cut("装扶手", "件", 1, by=world.lin)
        for need in needs:
            project.ground(need, by=world.lin)
        project.post(by=world.lin)
        adoption = project.adopt(world.team, part.id, 1, pledge="", by=world.lin)
        adoption.accept(by=world.lin)
        adoption.deliver("好了", by=world.lin)
        project.close("装好了", 30, by=world.lin)
    client = enter()
    assert "0 件反映的人说解决了" in client.get("/projects/solved").text
    with work():
        for need in needs[:2]:
            need.confirm(way=Way.LINK, by=None)
    said = "2 件反映的人说解决了"
    assert said in client.get("/projects/solved").text
    assert said in client.get(f"/projects/{project.id}").text
    closed(world, "扶手")
    assert client.get("/projects/solved").text.count("件反映的人说解决了") == 1
