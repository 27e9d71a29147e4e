"""J1 on a phone: joining, a seat in one tap, the calendar, and the seat to the next in line; in each manner of reading.

What is said here in the words of the code is read in Chinese, in English, in large letters and without script.
"""

from pathlib import Path

import icalendar
import pytest
from playwright.sync_api import Page, expect

from kernel.i18n import _
from volunteers.refusals import TimeClash
from volunteers.signup import State
from volunteers.web.telling import SENTENCES

from .conftest import fits

pytestmark = pytest.mark.browser
WATCH, HAIRCUTS = "联防巡查 · 巡查员", "义剪 · 引导排队"


@pytest.fixture
def says(manner):
    return manner.says


def card_of(page: Page, title: str):
    """The card of this activity in a list."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title))


def join(page: Page, says, world) -> None:
    """From the first page: home, name, phone and a password, and nothing else."""
    page.goto("/")
    fits(page)
    page.get_by_role("link", name=says(_("我来当志愿者"))).tap()
    page.get_by_label(says(_("小区和楼号"))).fill("1号楼")
    page.get_by_role("button", name=says(_("找")), exact=True).tap()
    page.get_by_label(says(_("您住哪儿"))).select_option(str(world.building1.id))
    page.get_by_label(says(_("姓名")), exact=True).fill("陈新（示例）")
    page.get_by_label(says(_("手机号"))).fill("10012340000")
    page.get_by_label(says(_("设一个密码"))).fill("喝茶看报遛弯儿下棋")
    page.get_by_label(says(_("我已满 18 周岁"))).check()
    fits(page)
    page.get_by_role("button", name=says(_("登记")), exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("陈新（示例）")


def take_a_seat(page: Page, says, world) -> None:
    """我能去的: near ones first, each says how far it is; one tap, and the way back is where the finger is."""
    page.get_by_role("link", name=says(_("看全部能去的活动"))).tap()
    expect(page.get_by_role("heading", level=2, name=says(_("步行 5 分钟以内")))).to_be_visible()
    card = card_of(page, WATCH)
    expect(card).to_contain_text(says(_("步行约 %(minutes)s 分钟（%(metres)s 米）", minutes=1, metres=38)))
    card.get_by_role("button", name=says(_("报名"))).tap()
    expect(page.get_by_role("status")).to_contain_text(says(_("已报名“%(title)s”，到时候见！", title=WATCH)))
    expect(card.get_by_role("button", name=says(_("这次去不了")))).to_be_in_viewport()
    fits(page)


def read_why_not(page: Page, says, world) -> None:
    """What one cannot take is folded away, each with its reason."""
    reason = page.get_by_text(says(TimeClash(other=f"{WATCH} 07:00–08:00")))
    expect(reason).to_be_hidden()
    page.get_by_text(says(_("这 %(n)s 场您去不了，看看为什么", n=1))).tap()
    expect(reason).to_be_visible()
    fits(page)


def put_in_calendar(page: Page, says, world) -> None:
    """加入日历: one file that a phone's calendar opens."""
    card_of(page, WATCH).get_by_role("link", name=WATCH).tap()
    expect(page.locator("#signup")).to_contain_text(says(State.CONFIRMED.label))
    fits(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name=says(_("加入日历"))).tap()
    [event] = icalendar.Calendar.from_ical(Path(coming.value.path()).read_bytes()).walk("VEVENT")
    assert (str(event["SUMMARY"]), event["DTSTART"].dt) == (WATCH, world.shift.starts_at)


def queue(page: Page, says) -> None:
    """The next neighbour waits."""
    page.goto("/shifts/")
    card = card_of(page, WATCH)
    card.get_by_role("button", name=says(_("我要候补（前面 %(n)s 人）", n=0))).tap()
    expect(card).to_contain_text(says(State.WAITING.label))
    fits(page)


def leave(page: Page, says) -> None:
    """这次去不了, without being asked why."""
    page.get_by_role("button", name=says(_("这次去不了"))).tap()
    expect(page.get_by_role("status")).to_contain_text(says(_("好的，这次不去了，名额让给别人；下次再来。")))
    fits(page)


def say_yes(page: Page, says) -> None:
    """The next in line was told, and the seat is kept until he answers."""
    page.goto("/notices/")
    offered = says(SENTENCES["signup.offered"]) % {"shift": "\n", "person": "周师傅（示例）", "until": "\n"}
    told = page.get_by_role("listitem").filter(has_text=max(offered.split("\n"), key=len).strip())
    expect(told).to_contain_text(WATCH)
    fits(page)
    page.goto("/")
    offer = card_of(page, says(_("候补轮到您了：%(title)s", title=WATCH)))
    fits(page)
    offer.get_by_role("button", name=says(_("我去"))).tap()
    expect(page.get_by_role("status")).to_contain_text(says(_("已报名“%(title)s”，到时候见！", title=WATCH)))


def test_from_joining_to_handing_the_seat_to_the_next_in_line(come, says, world):
    newcomer, neighbour = come(), come("volunteer2")
    join(newcomer, says, world)
    take_a_seat(newcomer, says, world)
    read_why_not(newcomer, says, world)
    put_in_calendar(newcomer, says, world)
    queue(neighbour, says)
    leave(newcomer, says)
    say_yes(neighbour, says)
    newcomer.reload()
    expect(newcomer.get_by_role("button", name=says(_("我要候补（前面 %(n)s 人）", n=0)))).to_be_visible()
