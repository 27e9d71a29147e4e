"""Closing a project: all is delivered, it is looked at, and what came of it is written down."""

from typing import TYPE_CHECKING, Any

from communities.journal import Audience
from kernel import clock, search
from kernel.i18n import _
from kernel.work import Refusal

from .plain_words import plain
from .stage import MOVES, NotNow, Stage, Staged
from .standing import State


class OutcomeNeeded(Refusal):
    """A project is closed with what came of it."""

    message = _("结项前请写几句成效：做成了什么、多少人受益。")
    field = "outcome"


class StillRunning(Refusal):
    """A project ends when everybody who took something on has delivered it."""

    message = _("还有合伙人没有交付，等都交付或退出后再结项。")


class Closing(Staged):
    """The part of Project that is about its end."""

    if TYPE_CHECKING:
        about: Any
        adoptions: Any
        living_adoptions: Any
        followers: Any
        delivered_on: Any
        closed_on: Any
        outcome: Any
        people_served: Any
        solve_needs: Any

    def deliver(self, *, by) -> None:
        """All adopters have delivered: the committee is asked to close it."""
        self._move(Stage.DELIVERED)
        self.delivered_on = clock.today()
        self.note("project.delivered", by, tell=self.followers, project=self.id)

    def reopen(self, *, by) -> None:
        """Not finished after all."""
        self._only(Stage.DELIVERED)
        self._move(Stage.ADOPTED)
        self.delivered_on = None
        self.note("project.reopened", by, tell=self.followers, project=self.id)
        for adoption in self.adoptions:
            adoption.resume(by=by)

    def close(self, outcome: str, people_served: int | None, *, by) -> None:
        """The end, with what came of it; what nobody has taken on stays undone.

        Refuses without an outcome or with one that sells something (`Promotes`), and while somebody still works on it
        (`StillRunning`) or nobody ever did.
        """
        if not outcome.strip():
            raise OutcomeNeeded
        if any(adoption.state is not State.DELIVERED for adoption in self.living_adoptions):
            raise StillRunning
        if not self.living_adoptions:
            raise NotNow(project=self.title, stage=self.stage.label)
        plain(outcome, "outcome")
        self._move(Stage.CLOSED)
        self.closed_on, self.outcome, self.people_served = clock.today(), outcome, people_served
        search.index("project", self.id, self.title, self.about, outcome)
        self.solve_needs(outcome, by=by)
        ids = {"project": self.id, "committee": self._office(by)}
        self.note("project.concluded", by, tell=self.followers, audience=Audience.PUBLIC, **ids)

    @property
    def can_close(self) -> bool:
        """Whether everything that was taken on is delivered."""
        living = self.living_adoptions
        done = living and all(adoption.state is State.DELIVERED for adoption in living)
        return bool(done) and Stage.CLOSED in MOVES[self.stage]
