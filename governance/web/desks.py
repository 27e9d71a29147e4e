"""The lines that needs add to 今天要办."""

from flask import url_for

from kernel import waiting
from kernel.i18n import _

from .. import desk


def address(id: int) -> str:
    """Where a need is dealt with."""
    return url_for("needs.show", id=id)


def set_up() -> None:
    """Register them."""
    for line in (
        waiting.Desk("need.received", _("有人反映一件事"), _("去核实"), desk.to_verify, address),
        waiting.Desk("need.verified", _("核实过的事等转办"), _("去转办"), desk.to_route, address),
        waiting.Desk("need.returned", _("退回来的事"), _("重新转"), desk.returned, address),
        waiting.Desk("need.routed", _("社区请您办一件事"), _("接下来或退回"), desk.asked_of_us, address),
        waiting.Desk("need.taken", _("您接下来的事"), _("写办得怎样"), desk.ours, address),
        waiting.Desk("need.here", _("社区自己在办的事"), _("写办得怎样"), desk.taken_here, address),
        waiting.Desk("need.late", _("下面过了期限的事"), _("去催一催"), desk.late, address),
        waiting.Desk("need.to_call", _("办好了，打电话问一句"), _("去打电话"), desk.to_call, address),
    ):
        waiting.register(line)
