"""The page of an adoption in a real browser: a step with a picture, a hand-over, and what axe says of it."""

from datetime import timedelta

import pytest

from kernel import clock
from kernel.work import work
from tests.support.browser import DESKTOP, PHONE, page_of, sign_in, violations
from tests.support.scans import PNG

pytestmark = pytest.mark.browser


@pytest.fixture
def adoption(world):
    """白鹭科技 mends at the centre; its id."""
    with work():
        made = world.project.adopt(world.egret, world.project.parts[0].id, 20, pledge="四人", by=world.zhao)
        made.accept(by=world.lin)
    return made.id


def fold(page, summary):
    """Open a fold by its words."""
    page.locator("summary", has_text=summary).first.click()


@pytest.mark.parametrize("script", [True, False])
def test_a_step_is_promised_and_reached_with_a_picture(adoption, browser, live, script):
    with page_of(browser, live.url, script, PHONE) as partner:
        sign_in(partner, "partner")
        partner.goto(f"/adoptions/{adoption}")
        assert partner.locator("#step-due").input_value() > f"{clock.today()}"  # a first step is proposed
        partner.locator("#step-title").fill("看完前 10 户")
        partner.get_by_role("button", name="定下这一步").click()
        partner.locator("#said", has_text="看完前 10 户").wait_for()
        fold(partner, "这一步做到了")
        partner.locator("#steps [name=words]").first.fill("看完了 10 户")
        partner.locator("#steps [name=file]").first.set_input_files(
            {"name": "现场.png", "mimeType": "image/png", "buffer": PNG}
        )
        partner.get_by_role("button", name="做到了", exact=True).click()
        partner.locator("#said", has_text="做到了，谢谢").wait_for()
        shown = partner.locator("#steps").inner_text()
    assert "看完了 10 户" in shown
    assert "现场.png" in shown


def test_a_pause_too_long_keeps_what_was_typed_and_the_next_one_holds(adoption, browser, live):
    with page_of(browser, live.url, True, DESKTOP) as partner:
        sign_in(partner, "partner")
        partner.goto(f"/adoptions/{adoption}")
        fold(partner, "要停一停")
        partner.locator("#pause-until").fill(f"{clock.today() + timedelta(days=60)}")
        partner.locator("#pause-reason").fill("师傅住院")
        partner.get_by_role("button", name="暂停", exact=True).click()
        partner.locator("#pause-until-error", has_text="最多 20 个工作日").wait_for()
        assert partner.locator("#pause-reason").input_value() == "师傅住院"
        partner.locator("#pause-until").fill(f"{clock.today() + timedelta(days=6)}")
        partner.get_by_role("button", name="暂停", exact=True).click()
        partner.locator("#adoption .badge", has_text="暂停中").wait_for()


@pytest.mark.parametrize("name", ["partner", "committee", None])
@pytest.mark.parametrize("shape", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_is_easy_to_use(adoption, browser, live, world, name, shape):
    with work():
        world.project.adoptions[0].promise("看完前 10 户", clock.today(), by=world.zhao)
        other = world.project.adopt(world.team, world.project.parts[1].id, 3, pledge="", by=world.lin)
        other.accept(by=world.lin)
        world.project.write_plan("周二备料", by=world.zhao)
    # axe writes a style of its own into the page, which our policy would refuse.
    with page_of(browser, live.url, True, shape | {"bypass_csp": True}) as page:
        if name:
            sign_in(page, name)
        for address in (f"/adoptions/{adoption}", "/projects/solved"):
            page.goto(address)
            for one in page.locator("details.fold").all():
                one.evaluate("fold => fold.open = true")
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= shape["viewport"]["width"]
