"""Pages of hours and certificates."""

from kernel import slots, waiting
from kernel.i18n import _

from ... import cli
from ...hours import audit, desk, leaving_desk, ledgers
from . import pages, panels, telling


def set_up(app) -> None:
    """Register its addresses, its commands, and what it tells the kernel."""
    for blueprint in pages.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(cli.cli)
    audit.set_up()
    ledgers.set_up()
    telling.set_up()
    slots.fill("me.rail", panels.of_me)
    slots.fill("people.row", panels.of_neighbour)
    slots.fill("place.below", panels.of_place)
    slots.fill("partner.below", panels.of_partner)
    for line in (
        waiting.Desk("hours.confirm", _("服务时长等确认"), _("去确认"), desk.to_confirm, panels.day_url),
        waiting.Desk("hours.confirm-for", _("服务时长等确认"), _("去确认"), desk.of_partners, panels.day_url),
        waiting.Desk(
            "hours.changed", _("到场记录改了，时长已确认"), _("看看要不要更正"), desk.changed, panels.changed_url
        ),
        waiting.Desk("hours.correct", _("有人申请更正时长"), _("去答复"), desk.to_correct, panels.correction_url),
        waiting.Desk("hours.leaving", _("有人要注销账号"), _("去确认"), leaving_desk.to_settle, panels.day_url),
    ):
        waiting.register(line)
