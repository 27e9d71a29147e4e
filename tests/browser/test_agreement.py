"""An agreement on a desk: recorded with its paper, read by its parties, renewed; with and without script."""

import pytest
from playwright.sync_api import expect

from kernel import clock
from tests.support.browser import sign_in
from tests.support.scans import EXE, PDF

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])
TODAY = clock.today().isoformat()


@BOTH
def test_an_agreement_is_recorded_renewed_and_read_by_its_parties_only(desktop, desk, world, script, tmp_path):
    sign_in(desktop, "committee")
    desktop.goto("/agreements/")
    desktop.get_by_role("link", name="登记一份协议").first.click()
    desktop.get_by_label("协议名称").fill("家电便民服务合作协议")
    desktop.get_by_label("东方社区党委").check()
    desktop.get_by_label("白鹭科技（示例）").check()
    desktop.get_by_label("到哪天为止").fill(TODAY)
    wrong = tmp_path / "合同.pdf"
    wrong.write_bytes(EXE)
    desktop.get_by_label("扫描件").set_input_files(wrong)
    desktop.get_by_role("button", name="存好这份协议").click()
    expect(desktop.get_by_text("这个文件里面不是 PDF").first).to_be_visible()
    expect(desktop.get_by_label("协议名称")).to_have_value("家电便民服务合作协议")
    wrong.write_bytes(PDF)
    desktop.get_by_label("扫描件").set_input_files(wrong)
    desktop.get_by_role("button", name="存好这份协议").click()
    expect(desktop.get_by_role("status")).to_contain_text("和扫描件都存好了")
    address = desktop.url

    partner = desk("partner")
    partner.goto("/today")
    partner.get_by_role("row").filter(has_text="协议快到期").get_by_role("link").click()
    with partner.expect_download() as download:
        partner.get_by_role("link", name="下载扫描件").click()
    assert download.value.path().read_bytes() == PDF
    assert download.value.suggested_filename == "合同.pdf"

    desktop.get_by_role("link", name="续签", exact=True).click()
    desktop.get_by_role("button", name="存好续签的协议").click()
    expect(desktop.get_by_text("上一份")).to_be_visible()
    expect(desktop.get_by_text("还没开始")).to_be_visible()

    stranger = desk("other-committee")
    stranger.goto(address)
    expect(stranger.get_by_text("没有找到这一页")).to_be_visible()
