"""Doing it together: the lead of a project, and the plan that it writes for all."""

from typing import TYPE_CHECKING, Any

from .plain_words import plain
from .stage import Stage, Staged

if TYPE_CHECKING:
    from .adoption import Adoption


class Joint(Staged):
    """The part of Project that is about several who do it."""

    if TYPE_CHECKING:
        living_adoptions: Any
        followers: Any
        plan: Any

    @property
    def lead(self) -> "Adoption | None":
        """Which of the living adoptions leads; None while nobody has adopted anything."""
        return next((adoption for adoption in self.living_adoptions if adoption.leads), None)

    def write_plan(self, text: str, *, by) -> None:
        """The lead says who does what when; an empty one takes it back. Refuses what sells something (`Promotes`)."""
        self._only(Stage.OPEN, Stage.ADOPTED)
        self.plan = plain(text.strip(), "plan")
        self.note("project.planned", by, tell=self.followers, project=self.id)
