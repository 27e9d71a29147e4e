"""Workbooks and text files as people upload them."""

from io import BytesIO

import xlsxwriter

from kernel.sheets import read

COLUMNS = {"name": ["姓名", "Name"], "phone": ["手机号", "电话", "Phone"], "note": ["备注", "Note"]}
PEOPLE = [["吴阿姨", "13800000001", "𠮷 🚶"], ["赵社长", "13800000002", ""]]


def take(data, filename="people.xlsx", columns=COLUMNS, **rest):
    return read(data, filename, columns=columns, **rest)


def values(sheet):
    return [tuple(row.values.values()) for row in sheet.rows]


def book(*rows, formats=(), hidden=False):
    """An .xlsx file of these rows as Excel would write them."""
    data = BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        if hidden:
            made.add_worksheet("选项").hide()
        sheet = made.add_worksheet("表")
        sheet.activate()
        sheet.set_first_sheet()
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                look = made.add_format({"num_format": formats[c]}) if c < len(formats) and r else None
                sheet.write(r, c, value, look)
    return data.getvalue()


def text_file(*rows, encoding="utf-8"):
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


GOOD = book(["姓名", "手机号", "备注"], *PEOPLE)
