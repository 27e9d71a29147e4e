"""A committee's desk with Excel: partners from a sheet, a superior's form filled in, a certificate that is checked."""

from datetime import timedelta

import openpyxl
import pytest
from playwright.sync_api import expect

from kernel import clock
from kernel.sheets import csv_bytes
from kernel.work import work
from tests.kernel.blanks import blank
from tests.support.browser import sign_in

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("script", [True, False])
HEADS = ["合伙人", "类别", "所在", "能帮什么忙", "联系人", "联系电话"]
RESIDENT = ["修伞的孙师傅（示例）", "居民个人", "东方社区", "修伞磨刀", "孙师傅（示例）", "10000000101"]


def download(page, act):
    """The first sheet of the workbook that an act brings."""
    with page.expect_download() as brought:
        act()
    with open(brought.value.path(), "rb") as file:
        return openpyxl.load_workbook(file).worksheets[0]


@BOTH
def test_partners_come_in_by_a_sheet_that_is_shown_before(desktop, desk, world, script, tmp_path):
    sign_in(desktop, "committee")
    desktop.goto("/ledgers/")
    desktop.get_by_role("link", name="用表格导入合伙人").click()
    template = download(desktop, lambda: desktop.get_by_role("link", name="空白模板").click())
    assert template["B1"].value == "合伙人"
    file = tmp_path / "合伙人.csv"
    wrong = [*RESIDENT[:2], "没有的社区", *RESIDENT[3:]]
    file.write_bytes(csv_bytes(HEADS, [wrong]))
    desktop.get_by_label("Excel 或 CSV 文件").set_input_files(file)
    desktop.get_by_role("button", name="上传并看看会改什么").click()
    expect(desktop.get_by_role("row").filter(has_text="第 2 行")).to_contain_text("您管的范围里没有叫“没有的社区”")
    expect(desktop.get_by_role("button", name="就这样导入")).to_have_count(0)
    desktop.get_by_role("button", name="不导入，换一个文件").click()
    file.write_bytes(csv_bytes(HEADS, [RESIDENT]))
    desktop.get_by_label("Excel 或 CSV 文件").set_input_files(file)
    desktop.get_by_role("button", name="上传并看看会改什么").click()
    expect(desktop.get_by_role("row").filter(has_text="修伞的孙师傅")).to_contain_text("居民个人")
    address = desktop.url
    stranger = desk("other-committee")
    stranger.goto(address)
    expect(stranger.get_by_text("没有找到这一页")).to_be_visible()
    desktop.get_by_role("button", name="就这样导入").click()
    expect(desktop.get_by_role("status")).to_contain_text("导入好了：新登记 1 家，更新 0 家。")
    ledger = download(desktop, lambda: desktop.get_by_role("button", name="下载 Excel 合伙人台账").click())
    assert "修伞的孙师傅（示例）" in [cell for row in ledger.values for cell in row]


@BOTH
def test_a_superiors_form_is_matched_once_and_comes_back_filled(desktop, desk, world, script, tmp_path):
    sign_in(desktop, "subdistrict")
    desktop.goto("/ledgers/")
    desktop.get_by_role("link", name="按上级的表填（套表）").click()
    desktop.get_by_role("link", name="传一张空表").first.click()
    file = tmp_path / "统计表.xlsx"
    file.write_bytes(blank())
    desktop.get_by_label("空表（.xlsx）").set_input_files(file)
    desktop.get_by_label("叫什么").fill("合伙人月报")
    desktop.get_by_label("用哪本台账来填").select_option(label="合伙人台账")
    desktop.get_by_role("button", name="上传，去对列").click()
    expect(desktop.get_by_label("联系方式 / 手机")).to_have_value("contact_phone")
    expect(desktop.get_by_text("这几列会空着，下载以后自己填：备注")).to_be_visible()
    desktop.get_by_label("备注").select_option(label="状态")
    desktop.get_by_role("button", name="就这样对").click()
    expect(desktop.get_by_text("每一列都会填上")).to_be_visible()
    address = desktop.url

    colleague = desk("committee")
    colleague.goto(address)
    expect(colleague.get_by_role("button", name="就这样对")).to_have_count(0)
    filled = download(colleague, lambda: colleague.get_by_role("button", name="下载 Excel").click())
    assert [filled["A1"].value, filled["B5"].value, filled["A10"].value] == [
        "新城区社区合伙人情况统计表",
        "白鹭科技（示例）",
        "合计",
    ]
    stranger = desk("partner")
    stranger.goto(address)
    expect(stranger.get_by_text("没有找到这一页")).to_be_visible()


@pytest.fixture
def done(world):
    """白鹭科技 delivered, and the committee closed the project."""
    with work():
        adoption = world.project.adopt(world.egret, world.project.parts[0].id, 43, pledge="", by=world.zhao)
        adoption.accept(by=world.lin)
        adoption.deliver("都修好了。", by=world.zhao)
        world.project.close("修好 43 户的家电。", 86, by=world.lin)
        adoption.delivered_on = clock.today() - timedelta(days=1)
    return adoption.id


@BOTH
def test_what_a_partner_did_is_certified_and_checked_by_anybody(desktop, desk, world, done, script):
    sign_in(desktop, "partner")
    desktop.goto(f"/adoptions/{done}/in-kind")
    desktop.get_by_label("投入了什么").fill("维修配件")
    desktop.get_by_label("约合多少元").fill("2600")
    desktop.get_by_label("怎么估出来的").fill("进货单合计")
    desktop.get_by_role("button", name="记下").click()
    expect(desktop.get_by_role("row").filter(has_text="维修配件")).to_contain_text("2,600 元")
    desktop.goto(f"/partners/{world.egret.id}")
    desktop.get_by_role("link", name="看证明").click()
    desktop.get_by_label("请哪里出具").select_option(label="东方社区")
    desktop.get_by_label("一句话介绍").fill("全场八折")
    desktop.get_by_role("button", name="请社区出具").click()
    expect(desktop.get_by_text("这一句里有价格和优惠").first).to_be_visible()
    desktop.get_by_label("一句话介绍").fill("老人家电义修的主力")
    desktop.get_by_role("button", name="请社区出具").click()
    expect(desktop.get_by_role("status")).to_contain_text("申请交给了东方社区")

    committee = desk("committee")
    committee.goto("/today")
    committee.get_by_role("row").filter(has_text="合伙人想要参与证明").get_by_role("link").click()
    committee.get_by_role("link", name="数一数，去出具").click()
    expect(committee.get_by_role("row").filter(has_text="31小区老人家电义修")).to_contain_text("48")
    committee.get_by_role("button", name="以东方社区的名义出具").click()
    expect(committee.get_by_role("status")).to_contain_text("出具好了，编号")
    number = committee.get_by_role("heading", level=1).inner_text().strip()

    anybody = desk()
    anybody.goto("/participations/")
    anybody.get_by_label("编号").fill(number.lower().replace("-", " "))
    anybody.get_by_role("button", name="查验").click()
    expect(anybody.get_by_text("这份证明是这里出的，现在有效")).to_be_visible()
    expect(anybody.get_by_text("老人家电义修的主力")).to_be_visible()
    anybody.get_by_role("link", name="打印").click()
    expect(anybody.get_by_role("img", name="查验这份证明的二维码")).to_be_visible()
    forged = number[:-1] + ("A" if number[-1] != "A" else "B")
    anybody.goto(f"/participations/{forged}")
    expect(anybody.get_by_text("没有出过这份证明")).to_be_visible()

    committee.get_by_text("内容不对，作废").click()
    committee.get_by_label("原因").fill("漏算了一场")
    committee.get_by_role("button", name="作废这份证明").click()
    if script:
        committee.get_by_role("button", name="是的，这样办").click()
    expect(committee.get_by_role("status")).to_contain_text("已作废")
    anybody.goto(f"/participations/{number}")
    expect(anybody.get_by_text("漏算了一场")).to_be_visible()
