"""Holidays and make-up workdays, a year at a time: everybody reads them, the district edits them."""

from datetime import date

from flask import Blueprint, g, request
from werkzeug.routing import BaseConverter, ValidationError

from kernel import clock
from kernel.db import db
from kernel.fields import Day, Form, Line, Pick
from kernel.i18n import _
from kernel.import_pages import Importer, import_pages
from kernel.request import Back, Page, form_for, permit, say
from kernel.sheets import template

from .. import holiday_notice
from ..holiday_import import NOTICES
from ..working_day import CalendarDay, published_years
from .files import attachment

bp = Blueprint("calendar_days", __name__, url_prefix="/calendar-days")
imports = Blueprint("calendar_imports", __name__, url_prefix="/calendar-day-imports")
WORK = [("work", _("上班")), ("off", _("放假"))]


class DayConverter(BaseConverter):
    """A day in an address: 2026-10-01."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValidationError from None

    def to_url(self, value):
        return value.isoformat()


class DayForm(Form):
    """A day that differs from Monday to Friday."""

    day = Day(_("日期"))
    work = Pick(_("上班还是放假"), choices=WORK)
    name = Line(_("名称"), description=_("比如“国庆节”“春节调休上班”。"))


@bp.get("/")
@permit("calendar-day:see")
def index():
    """The days of one year, and whether its notice is known yet."""
    this_year, published = clock.today().year, published_years()
    wanted = request.args.get("year", "")
    year = int(wanted) if wanted.isdecimal() and len(wanted) == 4 and int(wanted) in holiday_notice.YEARS else this_year
    return Page(
        "communities/calendar.html",
        year=year,
        years=sorted({*published, this_year, this_year + 1, year}),
        is_published=year in published,
        days=list(db.session.scalars(CalendarDay.of_year(year))),
        form=form_for(DayForm),
    )


def year_of(**keys) -> Back:
    """The list of the year that is looked at."""
    return Back("calendar_days.index", "days")


@bp.post("/")
@permit("calendar-day:edit", form=DayForm, back=year_of)
def enter(form):
    """Add a day, or say something else of one."""
    CalendarDay.enter(form.day.data, form.work.data == "work", form.name.data, by=g.person)
    say(_("%(day)s 登记好了。", day=form.day.data))


@bp.post("/<day:day>/removal")
@permit("calendar-day:edit", of=CalendarDay, by="day", back=year_of)
def remove(entry):
    """The day is as usual again."""
    entry.remove(by=g.person)
    say(_("%(day)s 去掉了，照平常算。", day=entry.day))


PAGES = Importer(
    table=NOTICES,
    back="calendar_days.index",
    new="communities/calendar_import.html",
    show="communities/calendar_import_preview.html",
)
import_pages(imports, PAGES)


@imports.get("/template.xlsx")
@permit("calendar-day:edit")
def blank():
    """An empty sheet with these columns."""
    headers = [words[0] for words in holiday_notice.COLUMNS.values()]
    return attachment(template(headers, {headers[1]: ["上班", "放假"]}), "calendar-days-template.xlsx")
