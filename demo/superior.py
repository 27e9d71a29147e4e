"""The form of a superior in the demo data: a subdistrict's monthly sheet of partners, matched with the ledger."""

from datetime import time, timedelta
from io import BytesIO

from sqlalchemy import select
from xlsxwriter import Workbook

from communities.place import Place
from communities.proforma import Proforma
from communities.proforma_guess import guess_keys, guess_rows
from kernel import clock
from kernel.blank import layout
from kernel.db import db
from kernel.ledger import LEDGERS

from .scale import HANSENZHAI
from .town import Town

TITLE = "社区治理合伙人情况统计表（示例）"
NAME = "街道月报·合伙人情况表（示例）"
EMPTY = 12  # rows
HEADS = ("序号", "单位名称", "类型", ("联系方式", ("联系人", "手机")), "服务内容", "备注")
WIDTHS = (6, 26, 12, 12, 16, 30, 14)


def send(town: Town) -> None:
    """韩森寨街道 uploaded its form a month ago; its communities download it filled in."""
    place = db.session.scalars(select(Place).where(Place.code == HANSENZHAI)).first()
    if place is None:
        return
    data, ledger = form(), LEDGERS["partners"]
    found = layout(data, "a.xlsx")
    top, bottom, first = guess_rows(found, ledger)
    keys = guess_keys(found.heads(top, bottom), ledger)
    facts = {"layout": found.stored, "top": top, "bottom": bottom, "first": first, "keys": keys, "payload": data}
    id = town.rows.add(
        Proforma,
        place_id=place.id,
        name=NAME,
        ledger=ledger.name,
        filename="合伙人情况统计表.xlsx",
        since=town.today,
        **facts,
    )
    at, by = clock.at(town.today - timedelta(days=30), time(15, 20)), town.holders.get(("subdistrict", place.id))
    town.note(at, "proforma.added", "proforma", id, by=by, place=place.id, proforma=id)


def form() -> bytes:
    """The sheet as superiors draw it: a title, a header of two lines, empty rows, a sum and a line to sign."""
    data = BytesIO()
    with Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("统计表")
        box = book.add_format(
            {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "font_name": "仿宋"}
        )
        big = book.add_format({"bold": True, "font_size": 20, "align": "center", "font_name": "方正小标宋简体"})
        sheet.merge_range(0, 0, 0, 6, TITLE, big)
        sheet.write(1, 0, "填报单位：")
        heads(sheet, box)
        for row in range(4, 4 + EMPTY):
            sheet.set_row(row, 26)
            for column in range(7):
                sheet.write_blank(row, column, None, box)
        foot = 4 + EMPTY
        sheet.write(foot, 0, "合计", box)
        sheet.write_formula(foot, 1, f"=COUNTA(B5:B{foot})", box)
        sheet.merge_range(foot + 1, 0, foot + 1, 6, "填表人：　　　　　审核人：　　　　　日期：")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(2, 3)
    return data.getvalue()


def heads(sheet, box) -> None:
    """The header of two lines."""
    column = 0
    for head in HEADS:
        if isinstance(head, str):
            sheet.merge_range(2, column, 3, column, head, box)
            column += 1
        else:
            name, below = head
            sheet.merge_range(2, column, 2, column + len(below) - 1, name, box)
            for number, word in enumerate(below):
                sheet.write(3, column + number, word, box)
            column += len(below)
