"""The paper month in a real browser: A5, 20 pt, black, no duty torn, a second sheet where one is too small."""

import re
from datetime import time, timedelta

import pytest

from kernel import clock
from kernel.work import work
from tests.support.browser import sign_in
from volunteers.duty import Duty
from volunteers.pattern import Pattern
from volunteers.shift import Shift

pytestmark = pytest.mark.browser
PAGE = re.compile(rb"/Type\s*/Page\b")
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")
POINTS = 72 / 25.4  # a millimetre
STYLE = "one => { const s = getComputedStyle(one); return [s.fontSize, s.color, s.breakInside, s.page] }"


@pytest.fixture
def weeks(world):
    """吴阿姨 goes somewhere on ten days of the next month."""
    first = (clock.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    with work():
        facts = {"category": world.care, "risk_note": "无特殊风险", "meeting_point": "社区党群服务中心一楼大厅"}
        duty = Duty.write(world.community, by=world.lin, activity="便民服务站", role="值班", **facts)
        days = Pattern(frozenset(range(7)), time(9), time(10, 30), first, first + timedelta(days=9))
        for shift in Shift.plan(duty, days, 2, by=world.lin):
            shift.sign_up(world.wu, by=world.wu)
    return first


@pytest.mark.parametrize("script", [True, False])
def test_ten_duties_take_several_sheets_of_a5_and_none_is_torn(phone, weeks, script):
    sign_in(phone, "volunteer")
    phone.goto(f"/me/month?of={weeks:%Y-%m}")
    phone.emulate_media(media="print")
    items = phone.locator(".month-list > li")
    assert items.count() == 10
    size, color, inside, _page = items.first.locator("p").first.evaluate(STYLE)
    assert float(size.removesuffix("px")) == pytest.approx(20 * 96 / 72, abs=0.1)
    assert color == "rgb(0, 0, 0)"
    assert items.first.evaluate(STYLE)[2] == "avoid"
    assert inside == "auto"
    assert phone.locator(".month-paper").evaluate(STYLE)[3] == "month"
    assert not phone.locator(".paper-bar").is_visible()
    paper = phone.pdf(prefer_css_page_size=True)
    sheets = len(PAGE.findall(paper))
    assert 2 <= sheets <= 4
    boxes = {tuple(round(float(side) / POINTS) for side in box) for box in BOX.findall(paper)}
    assert boxes == {(148, 210)}
