"""Places, catalogues and working days: their pages, and what they tell the kernel."""

from flask import url_for

from kernel import search
from kernel.i18n import _

from .. import journal
from ..cli import cli
from ..place import Place
from . import calendar, catalogue, place_import, places

SENTENCES = {
    "places.imported": _("%(by)s 导入了地点：新增 %(new)s 个，更新 %(changed)s 个"),
    "category.entered": _("%(by)s 加了事项类别 %(code)s"),
    "category.changed": _("%(by)s 改了事项类别 %(code)s"),
    "category.removed": _("%(by)s 去掉了事项类别 %(code)s"),
    "capability.entered": _("%(by)s 加了本领 %(code)s"),
    "capability.changed": _("%(by)s 改了本领 %(code)s"),
    "capability.removed": _("%(by)s 去掉了本领 %(code)s"),
    "calendar_day.entered": _("登记了 %(day)s 的调休"),
    "calendar_day.removed": _("去掉了 %(day)s 的调休"),
    "calendar_day.imported": _("导入了 %(year)s 年的放假调休：%(days)s 天"),
}


def set_up(app) -> None:
    """Register the pages, the command, the sentences, names and addresses."""
    app.url_map.converters["day"] = calendar.DayConverter
    own = (
        places.bp,
        place_import.bp,
        place_import.exports,
        catalogue.bp,
        *catalogue.shelves,
        calendar.bp,
        calendar.imports,
    )
    for blueprint in own:
        app.register_blueprint(blueprint)
    if cli.name not in app.cli.commands:
        app.cli.add_command(cli)
    search.searchable("place", Place, _("地点"), lambda place: url_for("places.show", code=place.code))
    journal.speaks(SENTENCES)
    journal.names("place", journal.name_of(Place))
    journal.addresses("place", lambda id: url_for("places.by_id", id=id))
    for shelf in ("category", "capability"):
        journal.addresses(shelf, lambda id: url_for("catalogue.index"))
    journal.addresses("calendar_day", lambda id: url_for("calendar_days.index", year=id // 10_000))
