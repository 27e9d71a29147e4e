"""The box by which a calendar is taken along: for whom, of what kinds, inside WeChat; and the pages it stands on."""

import re
from html import unescape

import pytest
from icalendar import Calendar

from kernel.work import work
from tests.support.full import fill
from tests.support.pages import part
from tests.support.statements import counted

MOST = 8  # statements beside those that ask who is there
WECHAT = {"User-Agent": "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 MMWEBID/1 MicroMessenger/8.0.47"}
HINT = "点右上角 ···，选“在浏览器打开”"
KIND = re.compile(r'name="kinds"[^>]*value="([a-z]+)"')
LINKS = {
    "file": re.compile(r'<a class="button main" href="([^"]+)"'),
    "webcal": re.compile(r'href="webcal://localhost([^"]+)"'),
    "copy": re.compile(r'<input readonly value="http://localhost([^"]+)"'),
}


@pytest.fixture
def room(world):
    """The hall of 白鹭科技, with a week of everything."""
    with work():
        return fill(world).hall


def box(client, url, **headers):
    """The box of a page, as it is read."""
    return unescape(part(client.get(url, headers=headers), "subscribe"))


def links(text):
    """The address of the file to save, of the subscription, and in the copy box."""
    return {name: found[1] for name, pattern in LINKS.items() if (found := pattern.search(text))}


def public(world):
    """The pages of calendars for everybody."""
    return {
        "duty": f"/duties/{world.duty.id}/calendar",
        "place": f"/places/{world.community.code}/calendar",
        "building": f"/places/{world.wu.home.code}/calendar",
    }


# ---- what the box offers ---------------------------------------------------------------------------------------------


def test_the_file_comes_first_and_is_saved_once(enter, world):
    wu = enter("volunteer")
    wu.post(f"/shifts/{world.shift.id}/signups")
    text = box(wu, "/calendar/")
    assert text.index("先存一份（.ics）") < text.index("订阅") < text.index("日历地址")
    assert "几小时一次" in text
    assert "分钟" not in text
    found = links(text)
    saved = enter().get(found["file"])
    assert re.fullmatch(r'attachment; filename="person-\d+\.ics"', saved.headers["Content-Disposition"])
    assert b"METHOD:PUBLISH" in saved.data
    assert found["webcal"] == found["copy"]
    subscribed = enter().get(found["copy"])
    assert subscribed.headers["Content-Disposition"] == "inline"
    assert subscribed.data == saved.data
    assert 'class="qr"' in text


def test_it_stands_on_my_own_page_too_with_the_same_address(enter):
    wu = enter("volunteer")
    assert links(box(wu, "/me")) == links(box(wu, "/calendar/"))


@pytest.mark.parametrize("name", ["duty", "place", "building"])
def test_what_is_for_everybody_has_a_plain_address(enter, world, name):
    visitor, url = enter(), public(world)[name]
    found = links(box(visitor, url))
    assert found["copy"] == url.removesuffix("/calendar") + ".ics"
    for path in found.values():
        assert visitor.get(path).mimetype == "text/calendar"
    assert "钥匙" not in box(visitor, url)


def test_a_resource_has_one_as_well(enter, room):
    visitor = enter()
    assert f"/resources/{room}/calendar" in visitor.get(f"/resources/{room}").text
    assert links(box(visitor, f"/resources/{room}/calendar"))["copy"] == f"/resources/{room}.ics"


@pytest.mark.parametrize(("name", "status"), [("partner", 200), ("volunteer", 403), ("committee", 403), (None, 303)])
def test_a_partners_calendar_is_for_its_members(enter, world, name, status):
    client, url = enter(name), f"/partners/{world.egret.id}/calendar"
    assert client.get(url).status_code == status
    assert client.get(f"{url}.ics").status_code == status
    assert (url in client.get(f"/partners/{world.egret.id}").text) == (status == 200)


def test_its_address_is_each_members_own(enter, world):
    zhao = enter("partner")
    found = links(box(zhao, f"/partners/{world.egret.id}/calendar"))
    assert found["copy"].startswith(f"/calendar/partners/{world.egret.id}/{world.zhao.id}-")
    assert enter().get(found["copy"]).status_code == 200
    assert f"/partners/{world.egret.id}/calendar" in zhao.get("/projects/ours").text


# ---- kinds -----------------------------------------------------------------------------------------------------------


def test_only_kinds_that_somebody_can_have_are_offered(enter, world):
    assert "milestone" in KIND.findall(box(enter("volunteer"), "/calendar/"))
    with work():
        world.team.let_go(world.wu, by=world.wu)
    assert set(KIND.findall(box(enter("volunteer"), "/calendar/"))) == {"shift", "offer", "notice"}
    assert {"booking", "milestone", "agreement", "deadline"} <= set(KIND.findall(box(enter("partner"), "/calendar/")))
    staff = set(KIND.findall(box(enter("committee"), "/calendar/")))
    assert {"booking", "agreement", "deadline"} <= staff
    assert "milestone" not in staff


def test_who_leads_a_duty_has_things_to_do(enter, world):
    with work():
        world.team.let_go(world.wu, by=world.wu)
        world.duty.lead_id = world.wu.id
    assert "deadline" in KIND.findall(box(enter("volunteer"), "/calendar/"))


@pytest.mark.parametrize("page", ["/calendar/", "/me"])
def test_the_choice_is_in_the_address_and_in_every_link(enter, world, page):
    zhao = enter("partner")
    zhao.get(page)
    text = box(zhao, f"{page}?kinds=shift&kinds=milestone")
    assert "只放：" in text
    assert all("kinds=milestone,shift" in path for path in links(text).values())
    assert len(re.findall(r'name="kinds"[^>]* checked', text)) == 2
    assert "kinds=" not in "".join(links(box(zhao, page)).values())


def test_a_feed_of_some_kinds_has_these_only(enter, world):
    wu = enter("volunteer")
    wu.post(f"/shifts/{world.shift.id}/signups")
    path = links(box(wu, "/calendar/"))["copy"]
    for query, number in (("kinds=shift", 1), ("kinds=offer", 0), ("kinds=offer&kinds=shift", 1), ("kinds=x", 1)):
        assert len(Calendar.from_ical(enter().get(f"{path}?{query}").data).events) == number, query


# ---- WeChat ----------------------------------------------------------------------------------------------------------


def test_wechat_is_told_how_to_go_on_and_nobody_else(enter, world):
    wu, visitor = enter("volunteer"), enter()
    for client, url in ((wu, "/me"), (wu, "/calendar/"), (visitor, public(world)["duty"])):
        assert HINT in client.get(url, headers=WECHAT).text
        plain = client.get(url)
        assert HINT not in plain.text
        assert "User-Agent" in plain.headers["Vary"]


def test_a_file_opened_in_wechat_is_a_page_and_no_calendar_ever_gets_it(enter, world):
    phone, path = enter(), links(box(enter("volunteer"), "/calendar/"))["copy"]
    for url in (path, f"/shifts/{world.shift.id}.ics", f"/duties/{world.duty.id}.ics"):
        page, file = phone.get(url, headers=WECHAT), phone.get(url)
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert "选“在浏览器打开”" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert "ETag" not in page.headers
        assert file.mimetype == "text/calendar"
        assert "User-Agent" in page.headers["Vary"]
        assert "User-Agent" in file.headers["Vary"]
        again = phone.get(url, headers=WECHAT | {"If-None-Match": file.headers["ETag"]})
        assert (again.status_code, again.mimetype) == (200, "text/html")


def test_the_page_in_wechat_tells_the_address_to_nobody(enter, world):
    path = links(box(enter("volunteer"), "/calendar/"))["copy"]
    page = enter().get(path, headers=WECHAT)
    assert path.split("/")[-1].removesuffix(".ics") not in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_a_wrong_address_is_not_there_in_wechat_either(enter):
    assert enter().get("/calendar/1-x.ics", headers=WECHAT).status_code == 404


# ---- what it costs ---------------------------------------------------------------------------------------------------


def test_the_pages_cost_few_statements(enter, world, room):
    urls = [*public(world).values(), f"/resources/{room}/calendar", f"/partners/{world.egret.id}/calendar"]
    client = enter("partner")
    for url in [*urls, "/calendar/", "/me", "/me/calendar"]:
        client.get(url)
        with counted() as asked:
            assert client.get(url).status_code == 200
        own = [one for one in asked if not re.search(r"FROM (sign_in|post|notice|member)\b", one)]
        assert len(own) <= MOST, (url, [one[:140] for one in own])
