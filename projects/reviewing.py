"""Review: a draft is handed in, and the committee publishes it or gives it back with what is still missing."""

from typing import TYPE_CHECKING, Any

from kernel.i18n import _
from kernel.work import Refusal

from .cutting import NothingToAdopt
from .stage import Stage, Staged


class WhatIsMissing(Refusal):
    """Whoever wrote a draft is told what to change."""

    message = _("请写一句要补什么、改什么，写草稿的同事会看到。")
    field = "reason"


class Reviewing(Staged):
    """The part of Project that is about the second pair of eyes."""

    if TYPE_CHECKING:
        parts: Any
        posted_by: Any
        returned: Any

    def hand_in(self, *, by) -> None:
        """Ask the committee to publish it. Refuses a draft without a part (`NothingToAdopt`)."""
        if not self.parts:
            raise NothingToAdopt
        self._only(Stage.DRAFT)
        self._move(Stage.REVIEW)
        self.returned = ""
        self.note("project.handed_in", by, project=self.id)

    def give_back(self, reason: str, *, by) -> None:
        """Not yet, and what is missing: it is a draft again. Refuses without a reason."""
        if not reason.strip():
            raise WhatIsMissing
        self._only(Stage.REVIEW)
        self._move(Stage.DRAFT)
        self.returned = reason
        self.note("project.given_back", by, tell=[self.posted_by] if self.posted_by else [], project=self.id)
