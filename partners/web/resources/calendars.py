"""Calendar files of whoever lends a resource: upload, see which times would be closed, confirm."""

from flask import Blueprint

from kernel.calendar_pages import FactsForm, Importer, calendar_pages
from kernel.fields import Line
from kernel.i18n import _

from ...resources.calendar_closures import TimesOfResource
from ...resources.resource import Resource

bp = Blueprint("resource_calendars", __name__)


class ReasonForm(FactsForm):
    """What everybody reads beside a closed time; the names of the file are not shown to others."""

    reason = Line(_("别人看到的原因"), most=120, description=_("文件里活动的名称不会公开，大家只看到这一句。"))

    def typed(self) -> dict[str, str]:
        """For the verb."""
        return {"reason": self.reason.data or ""}


PAGES = Importer(
    judge=TimesOfResource,
    model=Resource,
    action="resource:edit",
    facts=ReasonForm,
    new="resources/calendar_import.html",
    show="resources/calendar_preview.html",
    back="resources.show",
)
calendar_pages(bp, PAGES, "/resources", "/resource-calendar-imports")
