"""Old hours from a sheet: upload, see what it would take over, confirm; and an empty sheet to fill."""

from io import BytesIO

from flask import Blueprint, send_file

from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import permit
from kernel.sheets import template

from ...hours.transfer_import import TRANSFERS
from ...hours.transfer_judge import COLUMNS

bp = Blueprint("hour_transfer_imports", __name__, url_prefix="/hour-transfer-imports")
PAGES = Importer(
    table=TRANSFERS, back="ledgers.index", new="hours/transfer_import.html", show="hours/transfer_preview.html"
)
import_pages(bp, PAGES)

EXPLAINED = {
    "name": _("必填，要和登记的姓名一样。"),
    "phone": _("必填，靠它认人；没登记过的先登记。"),
    "issuer": _("必填，原来在哪里记的，例如“某某街道志愿者协会”。"),
    "paper_number": _("必填，纸质证明上的编号；同一份只转一次。"),
    "hours": _("必填，证明上的小时数，例如 61.5。"),
    "until": _("必填，写成 2026-12-01 这样。"),
    "about": _("做了什么，一句话，可以空着。"),
}


@bp.get("/template.xlsx")
@permit("hours:import")
def blank():
    """An empty sheet with these columns, and what each wants."""
    heads = {key: str(label) for key, label in COLUMNS.items()}
    notes = [(head, EXPLAINED[key]) for key, head in heads.items()]
    data = template(list(heads.values()), {}, notes=notes)
    return send_file(BytesIO(data), as_attachment=True, download_name="hour-transfers-template.xlsx")
