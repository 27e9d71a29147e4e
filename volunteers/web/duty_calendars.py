"""Calendar files of a duty: upload, see what becomes of each date, confirm; and where one may upload at all."""

from flask import Blueprint, g

from kernel.calendar_pages import FactsForm, Importer, calendar_pages
from kernel.fields import Count
from kernel.i18n import _
from kernel.request import Page, permit
from partners.resources.calendar_closures import lent_by

from ..calendar_dates import DatesOfDuty, led_by
from ..duty import Duty

bp = Blueprint("duty_calendars", __name__)
own = Blueprint("own_calendars", __name__)


class DatesForm(FactsForm):
    """How many people the new dates want."""

    seats = Count(_("新加的每场几个人"), least=1, most=500)
    least = Count(_("至少几个人才办"), needed=False, most=500, description=_("不填就是来几个人都办。"))

    def typed(self) -> dict[str, int]:
        """For the verb."""
        return {"seats": self.seats.data, "least": self.least.data or 0}


PAGES = Importer(
    judge=DatesOfDuty,
    model=Duty,
    action="duty:plan",
    facts=DatesForm,
    new="volunteers/calendar_import.html",
    show="volunteers/calendar_preview.html",
    back="duties.show",
)
calendar_pages(bp, PAGES, "/duties", "/duty-calendar-imports")


@own.get("/calendar-imports/")
@permit("calendar:import")
def index():
    """The duties that one leads, and what one's partners lend: a file goes to one of them."""
    return Page("volunteers/own_calendars.html", duties=led_by(g.person), resources=lent_by(g.person))
