"""套表: a superior's empty sheet is uploaded, its columns are matched once, and it is taken home filled."""

from functools import cache

from flask import Blueprint, abort, g, request, url_for
from sqlalchemy import select
from wtforms import SelectField

from kernel import blank, clock, cursor
from kernel.db import db, seen
from kernel.fields import Count, Form, Line, Pick, Upload, row_id
from kernel.i18n import _
from kernel.ledger import LEDGERS, Ledger
from kernel.permits import may
from kernel.request import Back, Page, checked, form_for, permit, say
from kernel.upload import UnreadableSheet

from ..place import Place
from ..proforma import NothingMatched, Proforma
from ..proforma_guess import COUNTED, COUNTER
from .files import attachment
from .ledgers import chosen, offered

bp = Blueprint("proformas", __name__)
PAGE_OF = ("proformas.show", None)
EMPTY = ("", _("空着"))
SHOWN = 12  # rows


class NewForm(Form):
    """A sheet, what it is called here, and which ledger fills it."""

    name = Line(_("叫什么"), description=_("例如：街道月报·合伙人情况表。"))
    ledger = Pick(_("用哪本台账来填"))
    place = Pick(_("给哪里用"), coerce=row_id, description=_("下面的社区也能用。"))
    file = Upload(_("空表（.xlsx）"), description=_("最多 10 MB。合并的格子、两行的表头、字体和边框都会保留。"))


class HeaderForm(Form):
    """In which rows the header stands, and where the list begins."""

    top = Count(_("表头从第几行"), least=1, most=40)
    bottom = Count(_("表头到第几行"), least=1, most=40)
    first = Count(_("从第几行开始填"), least=2, most=5_000)


@cache
def columns_form(heads: tuple[tuple[int, str], ...], ledger: str) -> type[Form]:
    """One choice for each column of the sheet."""
    fields = {f"column_{column}": SelectField(name, validate_choice=False) for column, name in heads}
    return type("ColumnsForm", (Form,), fields | {"ledger_name": ledger})


def form_of(sheet: Proforma):
    """The form that matches the columns of this sheet."""
    return columns_form(tuple(sheet.heads.items()), sheet.ledger)


def sent_columns():
    """The same as it was sent."""
    wanted = Proforma.seen_by(g.person).where(Proforma.id == (request.view_args or {})["id"])
    return form_of(db.session.scalar(seen(wanted)) or abort(404))()


@bp.get("/proformas/")
@permit("proforma:list")
def index():
    """The sheets of my places and of those above them, newest first."""
    before = cursor.unpack(request.args.get("page"), int)
    found = Proforma.seen_by(g.person).where(Proforma.retired_on.is_(None)).order_by(Proforma.id.desc())
    found = found.where(Proforma.id < before[0]) if before else found
    rows = list(db.session.scalars(seen(found.limit(cursor.PAGE + 1))))
    more = url_for("proformas.index", page=cursor.pack(rows[-2].id)) if len(rows) > cursor.PAGE else None
    return Page("communities/proformas.html", sheets=rows[: cursor.PAGE], more=more, ledgers=LEDGERS)


@bp.get("/proformas/new")
@permit("proforma:list")
def new():
    """The form for a new sheet."""
    form = form_for(NewForm, place=chosen().id)
    form.ledger.choices = [(ledger.name, ledger.label) for ledger in mine()]
    form.place.choices = [(place.id, place.name) for place in offered()]
    return Page("communities/proforma_new.html", form=form)


def mine() -> list[Ledger]:
    """The ledgers that this person may open."""
    return [ledger for ledger in LEDGERS.values() if may(ledger.action)]


def read(form) -> tuple[tuple[str, bytes], blank.Layout]:
    """The file and what its first rows say."""
    checked("proforma:list")
    file = form.file.data
    data = file.read()
    file.seek(0)  # the receipt reads it again
    try:
        return (file.filename, data), blank.layout(data, file.filename)
    except UnreadableSheet as refusal:
        refusal.field = "file"
        raise


@bp.post("/proformas/")
@permit("proforma:add", of=Place, at="place", form=NewForm, before=read, back=("proformas.new", None))
def create(place, form, found):
    """Keep it; header and columns are guessed and shown."""
    ledger = LEDGERS.get(form.ledger.data) or abort(404)
    checked(ledger.action)
    sheet = Proforma.add(place, form.name.data, ledger, *found, by=g.person)
    say(_("读好了。请看看表头和每一列对得对不对，以后就不用再对了。"))
    return Back("proformas.show", id=sheet.id)


@bp.get("/proformas/<int:id>")
@permit("proforma:see", of=Proforma)
def show(sheet):
    """Its columns and what fills them; who keeps it may match them anew."""
    keeps = may("proforma:change", sheet) and sheet.retired_on is None
    form = form_for(form_of(sheet), **{f"column_{column}": key for column, key in sheet.keys.items()})
    choices = [EMPTY, (COUNTER, COUNTED), *(sheet.of.columns.items() if sheet.of else ())]
    for column in sheet.heads:
        form[f"column_{column}"].choices = choices
    return Page(
        "communities/proforma.html",
        sheet=sheet,
        form=form,
        header=form_for(HeaderForm, top=sheet.top, bottom=sheet.bottom, first=sheet.first),
        keeps=keeps,
        places=offered(),
        place=chosen(),
        rows=[(row, [sheet.found.text(row, column) for column in sheet.heads]) for row in range(1, SHOWN)],
        labels=dict(choices),
    )


@bp.post("/proformas/<int:id>/header")
@permit("proforma:change", of=Proforma, form=HeaderForm, back=PAGE_OF)
def move(sheet, form):
    """The header stands elsewhere."""
    sheet.move(form.top.data, form.bottom.data, form.first.data, by=g.person)
    say(_("表头重新读过了，请再看一遍每一列。"))


@bp.post("/proformas/<int:id>/columns")
@permit("proforma:change", of=Proforma, form=sent_columns, back=PAGE_OF)
def match(sheet, form):
    """Which column is filled with what."""
    sheet.match({column: form[f"column_{column}"].data or "" for column in sheet.heads}, by=g.person)
    say(_("记住了，以后下载就照这样填。"))


@bp.post("/proformas/<int:id>/removal")
@permit("proforma:change", of=Proforma, back=("proformas.index", None))
def retire(sheet):
    """Nobody asks for it any more."""
    sheet.retire(by=g.person)
    say(_("“%(name)s”停用了。", name=sheet.name))
    return Back("proformas.index")


@bp.get("/proformas/<int:id>.xlsx")
@permit("proforma:see", of=Proforma)
def filled(sheet):
    """The superior's sheet with the rows of a place in it; what was not matched stays empty."""
    ledger = sheet.of or abort(404)
    checked(ledger.action)
    place = chosen()
    if not sheet.keys:
        raise NothingMatched
    at = {key: number for number, key in enumerate(ledger.columns)}
    keys = {int(column): key for column, key in sheet.keys.items() if key in at or key == COUNTER}
    told = ledger.some(g.person, request.args.to_dict() | {"place": place.code})
    rows = [[number if key == COUNTER else row[at[key]] for key in keys.values()] for number, row in enumerate(told, 1)]
    data = blank.filled(db.session.scalar(seen(payload(sheet))) or b"", sheet.first, list(keys), rows)
    return attachment(data, f"{sheet.name}-{place.name}-{clock.today():%Y%m%d}.xlsx")


def payload(sheet: Proforma):
    """Its bytes, which are loaded only here."""
    return select(Proforma.payload).where(Proforma.id == sheet.id)
