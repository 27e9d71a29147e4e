"""Whether a shift takes place."""

from kernel.choice import Choice
from kernel.i18n import _


class Status(Choice):
    """Whether a shift takes place."""

    PLANNED = "planned", _("照常")
    CANCELLED = "cancelled", _("取消")
