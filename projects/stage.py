"""Where a project stands, the moves between, and what is said when a move cannot be made."""

from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class Stage(Choice):
    """Where a project stands."""

    DRAFT = "draft", _("草稿")
    OPEN = "open", _("待认领")
    ADOPTED = "adopted", _("已认领")
    DELIVERED = "delivered", _("已完成，等社区确认")
    CLOSED = "closed", _("已结项")
    WITHDRAWN = "withdrawn", _("已撤回")


MOVES = {
    Stage.DRAFT: {Stage.OPEN, Stage.WITHDRAWN},
    Stage.OPEN: {Stage.ADOPTED, Stage.CLOSED, Stage.WITHDRAWN},
    Stage.ADOPTED: {Stage.OPEN, Stage.DELIVERED},
    Stage.DELIVERED: {Stage.ADOPTED, Stage.CLOSED},
    Stage.CLOSED: set(),
    Stage.WITHDRAWN: set(),
}


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("“%(project)s”现在是“%(stage)s”，这一步做不了。请刷新后再看。")


class RiskNoteNeeded(Refusal):
    """条例 art. 12: publishing an activity states its possible risks."""

    message = _("发布前请写明可能的风险和注意事项；没有特别的风险，也请写一句“无特殊风险”。")
    field = "risk_note"


class NothingToAdopt(Refusal):
    """A project is published with at least one part."""

    message = _("发布前请至少写一项要做的事（名称、数量、单位），合伙人按项认领。")
    field = "part_title"


class OutcomeNeeded(Refusal):
    """A project is closed with what came of it."""

    message = _("结项前请写几句成效：做成了什么、多少人受益。")
    field = "outcome"


class AllTaken(Refusal):
    """The last unit went while this person was reading."""

    message = _("“%(project)s”刚刚被认领完了。有人退出时会重新开放；也可以看看别的项目。")


class NoSuchPart(Refusal):
    """What was chosen is no part of this project."""

    message = _("这一项不在这个项目里，请重新选一项。")
    field = "part_id"


class StillRunning(Refusal):
    """A project ends when everybody who took something on has delivered it."""

    message = _("还有合伙人没有交付，等都交付或退出后再结项。")


class StillAdopted(Refusal):
    """What somebody has taken on is not withdrawn over his head."""

    message = _("已有合伙人认领，不能直接撤回；请先和对方商量，由对方退出后再撤回。")
