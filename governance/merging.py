"""Merging: the same thing was said twice, so one of the two follows the other and is told with it."""

from typing import TYPE_CHECKING, Any

from communities.person import Person
from kernel.i18n import _
from kernel.work import Refusal

from .need_state import OVER, State, Stated

COMMUNITY = 3  # ids on the path from the district to the community


class SameNeed(Refusal):
    """A need is not merged into itself."""

    message = _("不能并到它自己，请选另一件。")
    field = "into"


class GoneElsewhere(Refusal):
    """What is over, or was merged itself, takes nothing in."""

    message = _("那一件现在是“%(state)s”，不能再并过去。请选还在办的一件。")
    field = "into"


class OtherCommunity(Refusal):
    """Whoever handles the one does not know the people of the other."""

    message = _("两件事不在同一个社区，不能合并；可以放进同一个专题。")
    field = "into"


class Merging(Stated):
    """The part of Need that is about others that say the same."""

    if TYPE_CHECKING:
        place: Any
        due: Any
        recheck_on: Any
        return_by: Any
        for_meeting: Any
        merged_into: Any
        merged: Any
        voice: Any

    def merge_into(self, other, *, by) -> None:
        """From now on it goes the way of the other one. Refuses itself, one that is over, and another community's."""
        if other is self:
            raise SameNeed
        if other.state in OVER:
            raise GoneElsewhere(state=other.state.label)
        if self.place.ancestor_ids[:COMMUNITY] != other.place.ancestor_ids[:COMMUNITY]:
            raise OtherCommunity
        self._move(State.MERGED)
        self.due = self.recheck_on = self.return_by = None
        self.for_meeting = False
        for one in list(self.merged):  # which shrinks on the way
            one.merged_into = other
        self.merged_into = other
        self._tell("need.merged", by, tell=self.followers, into=other.id)

    @property
    def followers(self) -> list[Person]:
        """Whoever said it with an account."""
        return [self.voice.person] if self.voice and self.voice.person else []

    @property
    def told(self) -> list[Person]:
        """Who is told when it moves: whoever said it, and whoever said what was merged into it."""
        return [person for need in (self, *self.merged) for person in need.followers]
