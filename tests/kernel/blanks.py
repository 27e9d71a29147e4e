"""Empty sheets as superiors send them: a title, a header of two lines, merged cells, empty rows, a foot."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation

FIRST = 5  # the row in which the list begins
HEADS = {1: "序号", 2: "单位名称", 3: "联系方式 / 联系人", 4: "联系方式 / 手机", 5: "服务内容", 7: "备注"}


def blank(empty=5, foot=True, formula="=COUNTA(B5:B{last})"):
    """The workbook; `empty` rows wait below the header, a sum and a line to sign on below them."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "合伙人统计表"
    head(sheet)
    thin = Side(style="thin")
    for row in range(3, FIRST + empty):
        for column in range(1, 8):
            sheet.cell(row, column).border = Border(thin, thin, thin, thin)
    for row in range(FIRST, FIRST + empty):
        sheet.merge_cells(start_row=row, start_column=5, end_row=row, end_column=6)
        sheet.row_dimensions[row].height = 33
    if foot:
        below(sheet, FIRST + empty, formula)
    rules(sheet, f"{FIRST}:{FIRST + max(empty, 1) - 1}")
    return saved(book)


def head(sheet):
    """Title and header."""
    sheet.merge_cells("A1:G1")
    sheet["A1"], sheet["A2"] = "新城区社区合伙人情况统计表", "填报单位："
    sheet["A1"].font = Font(name="方正小标宋简体", size=22)
    for merged, text in {
        "A3:A4": "序号",
        "B3:B4": "单位名称",
        "C3:D3": "联系方式",
        "E3:F4": "服务内容",
        "G3:G4": "备注",
    }.items():
        sheet.merge_cells(merged)
        sheet[merged.split(":")[0]] = text
    sheet["C4"], sheet["D4"] = "联系人", "手机"
    sheet.freeze_panes, sheet.print_title_rows, sheet.column_dimensions["B"].width = "A5", "3:4", 31


def below(sheet, row, formula):
    """The foot."""
    sheet.cell(row, 1, "合计")
    sheet.cell(row, 7).value = formula.format(last=row - 1)
    sheet.merge_cells(start_row=row + 1, start_column=1, end_row=row + 1, end_column=7)
    sheet.cell(row + 1, 1, "填表人：        审核人：")
    sheet.print_area = f"A1:G{row + 1}"


def rules(sheet, rows):
    """A choice in one column, a colour in another."""
    first, last = rows.split(":")
    choice = DataValidation(type="list", formula1='"是,否"')
    sheet.add_data_validation(choice)
    choice.add(f"G{first}:G{last}")
    red = PatternFill("solid", bgColor="FF0000")
    sheet.conditional_formatting.add(f"B{first}:B{last}", CellIsRule(operator="equal", formula=['"x"'], fill=red))


def saved(book):
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def repacked(data, **parts):
    """The workbook with other parts: new bytes, or a function of the old ones; names with __ for / and _ for a dot."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
        for name in dict.fromkeys([*old.namelist(), *named]):
            part = named.get(name, lambda was: was)
            new.writestr(name, part(old.read(name)) if callable(part) else part)
    return out.getvalue()


SHEET = "xl__worksheets__sheet1_dot_xml"
