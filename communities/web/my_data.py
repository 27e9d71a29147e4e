"""我的资料: what is stored about me, why, for how long, who sees it; and a copy of it to take home."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, g, render_template, send_file

from kernel import clock
from kernel.i18n import _
from kernel.personal import HELD, TERM, counts
from kernel.request import Page, checked, form_for, permit
from kernel.work import Refusal

from ..account_closure import AccountClosure
from ..attempt import Attempt
from ..copying import Copy
from .identity import check_identity, identity_form

bp = Blueprint("my_data", __name__)
COPIES_AN_HOUR = 5
MOST_BYTES = 40 * 1024 * 1024  # of scans in a copy: two hundred signed slips


class TooManyCopies(Refusal):
    """A copy reads every table."""

    message = _("一小时里最多下载 5 次，请过一会儿再下。")


@bp.get("/me/data")
@permit("data:copy")
def show():
    """What is stored, in plain words; the button for the copy; the way to leave."""
    stored = counts(g.person.id)
    tables = [(held, stored[held.name]) for held in HELD.values() if held.name in stored]
    closure = AccountClosure.living(g.person)
    form = form_for(type(identity_form()))
    return Page("communities/my_data.html", tables=tables, closure=closure, years=TERM.days // 365, form=form)


def packed(form) -> bytes:
    """The copy as one ZIP: a page for people, JSON for machines, the files. Nothing of it is kept here.

    Raises what `check_identity` raises, and `TooManyCopies`.
    """
    checked("data:copy")
    check_identity(form)
    if not Attempt.count_hourly("copy", g.person, COPIES_AN_HOUR):
        raise TooManyCopies
    return zipped(Copy(g.person))


def zipped(copy: Copy) -> bytes:
    """A copy as the bytes of a ZIP; files over the limit are named on the page and left out."""
    taken: list[tuple[str, bytes]] = []
    left: list[tuple[str, bytes]] = []
    size = 0
    for name, payload in copy.files():
        size += len(payload)
        (taken if size <= MOST_BYTES else left).append((name, payload))
    page = render_template("communities/my_copy.html", copy=copy, left=[name for name, _payload in left])
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        file.writestr(f"{_('我的资料')}.html", page)
        file.writestr("data.json", copy.said())
        for name, payload in taken:
            file.writestr(f"files/{name}", payload)
    return out.getvalue()


@bp.post("/me/data/copy")
@permit("data:copy", form=identity_form, before=packed, back=("my_data.show", None))
def take(_form, copy):
    """下载我的资料."""
    name = f"{_('我的资料')}-{clock.today().isoformat()}.zip"
    answer = send_file(BytesIO(copy), "application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
