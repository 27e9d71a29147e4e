"""Where a project stands, the moves between, and what is said when a move cannot be made."""

from typing import TYPE_CHECKING, Any

from communities.deciding import deciding_place
from communities.noted import Noted
from kernel.choice import Choice
from kernel.i18n import _
from kernel.work import Refusal


class Stage(Choice):
    """Where a project stands."""

    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("等复核")
    OPEN = "open", _("待认领")
    ADOPTED = "adopted", _("已认领")
    DELIVERED = "delivered", _("已完成，等社区确认")
    CLOSED = "closed", _("已结项")
    WITHDRAWN = "withdrawn", _("已撤回")


MOVES = {
    Stage.DRAFT: {Stage.REVIEW, Stage.OPEN, Stage.WITHDRAWN},
    Stage.REVIEW: {Stage.DRAFT, Stage.OPEN, Stage.WITHDRAWN},
    Stage.OPEN: {Stage.ADOPTED, Stage.CLOSED, Stage.WITHDRAWN},
    Stage.ADOPTED: {Stage.OPEN, Stage.DELIVERED},
    Stage.DELIVERED: {Stage.ADOPTED, Stage.CLOSED},
    Stage.CLOSED: set(),
    Stage.WITHDRAWN: set(),
}


WRITTEN = (Stage.DRAFT, Stage.REVIEW)  # not published yet
UNSEEN = (*WRITTEN, Stage.WITHDRAWN)  # known where it was written, and nowhere else


class NotNow(Refusal):
    """The move does not start from here."""

    message = _("“%(project)s”现在是“%(stage)s”，这一步做不了。请刷新后再看。")


class Staged(Noted):
    """The part of Project that is about its stage: every verb starts from one, and nobody else assigns it."""

    if TYPE_CHECKING:
        id: Any
        title: Any
        stage: Any
        place: Any

    def _only(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise NotNow(project=self.title, stage=self.stage.label)

    def _move(self, stage: Stage) -> None:
        if stage not in MOVES[self.stage]:
            raise NotNow(project=self.title, stage=self.stage.label)
        self.stage = stage

    def _office(self, by) -> int:
        """The place whose office does this, the nearest that `by` serves: public lines name it and not the person."""
        return deciding_place(self.place, by).id
