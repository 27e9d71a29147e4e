"""A large upload in a real browser: the page follows the work by itself, and without script by a link."""

import pytest

from kernel.jobs import sweep
from kernel.sheets import csv_bytes
from tests.support.browser import PHONE, page_of, sign_in, violations

pytestmark = pytest.mark.browser
HEADERS = ["编码", "名称", "类别", "上级编码"]


def sheet() -> dict:
    """Three thousand buildings and their compound, as a file to choose."""
    rows = [("C1", "示例小区", "小区", "610102004003"), *((f"C1-{n}", f"{n}号楼", "楼栋", "C1") for n in range(3_000))]
    return {"name": "全区楼栋.csv", "mimeType": "text/csv", "buffer": csv_bytes(HEADERS, rows)}


def upload(page) -> None:
    sign_in(page, "district")
    page.goto("/place-imports/")
    page.set_input_files("[name=file]", sheet())
    page.get_by_role("button", name="上传并看看会改什么").click()
    page.get_by_role("heading", name="正在核对这张表").wait_for()


def test_the_page_follows_by_itself_and_says_when_it_is_done(desktop, site):
    upload(desktop)
    sweep()  # the jobs process comes round
    desktop.get_by_role("button", name="就这样导入").wait_for()
    assert desktop.evaluate("document.activeElement.id") == "upload", "whoever listens hears that it goes on"
    desktop.get_by_role("button", name="就这样导入").click()
    desktop.get_by_role("heading", name="正在导入").wait_for()
    sweep()
    desktop.get_by_text("新增 3001 个").wait_for()


@pytest.mark.parametrize("script", [False])
def test_without_script_a_link_shows_how_far_it_is(phone, site):
    upload(phone)
    sweep()
    phone.get_by_role("link", name="看看到哪一步了").click()
    phone.get_by_role("button", name="就这样导入").click()
    sweep()
    phone.get_by_role("link", name="看看到哪一步了").click()
    phone.get_by_text("新增 3001 个").wait_for()


def test_each_step_is_accessible(browser, live, site):
    with page_of(browser, live.url, shape=PHONE | {"bypass_csp": True}) as page:
        upload(page)
        assert violations(page) == []
        sweep()
        page.get_by_role("button", name="就这样导入").click()
        sweep()
        page.get_by_text("新增 3001 个").wait_for()
        assert violations(page) == []
