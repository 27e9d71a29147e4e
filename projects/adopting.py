"""Adopting a project: some of a part, or all that is left; its stage follows from what is left."""

from typing import TYPE_CHECKING, Any

from communities.journal import Audience
from communities.person import Person
from kernel.i18n import _
from kernel.work import Refusal

from .adoption import Adoption
from .stage import Stage, Staged


class AllTaken(Refusal):
    """The last unit went while this person was reading."""

    message = _("“%(project)s”刚刚被认领完了。有人退出时会重新开放；也可以看看别的项目。")


class Adopting(Staged):
    """The part of Project that is about those who take it on."""

    if TYPE_CHECKING:
        parts: Any
        part: Any
        left: Any
        adoptions: Any
        posted_by: Any
        at_once: Any

    @property
    def living_adoptions(self) -> list[Adoption]:
        """What is taken on now: asked for, running or delivered."""
        return [adoption for adoption in self.adoptions if adoption.is_living]

    @property
    def followers(self) -> list[Person]:
        """Who is told what happens: whoever posted it, and the managers of the adopters."""
        managers = [person for adoption in self.living_adoptions for person in adoption.partner.managers]
        return managers + ([self.posted_by] if self.posted_by else [])

    def adopt(self, partner, part_id: int, quantity: int | None, *, pledge: str, by) -> Adoption:
        """A partner takes on some of a part, or all that is left of it; the committee answers within 2 working days.

        Where the project says so (`at_once`) it runs from today.

        Refuses partners that are not active, quantities that are not there (`PartTaken`), a second living adoption
        (`AdoptedAlready`), and a project of which nothing is left (`AllTaken`).
        """
        self._wanted()
        part = self.part(part_id)
        adoption = Adoption.ask(self, partner, part, quantity or max(part.left, 1), pledge=pledge, by=by)
        self.settle(by=by)
        return adoption

    def adopt_all(self, partner, *, pledge: str, by) -> list[Adoption]:
        """A partner takes on all that is left: one adoption for each part, all of them or none."""
        self._wanted()
        left = [part.id for part in self.parts if part.left]
        return [self.adopt(partner, id, None, pledge=pledge, by=by) for id in left]

    def settle(self, *, by) -> None:
        """Open while anything is left to adopt, adopted otherwise; what follows from the parts is moved, not chosen."""
        if self.stage is Stage.OPEN and not self.left:
            self._move(Stage.ADOPTED)
            self.note("project.taken", by, audience=Audience.PUBLIC, project=self.id)
        elif self.stage is Stage.ADOPTED and self.left:
            self._move(Stage.OPEN)
            self.note("project.freed", by, audience=Audience.PUBLIC, project=self.id)

    def _wanted(self) -> None:
        if self.stage is Stage.ADOPTED:
            raise AllTaken(project=self.title)
        self._only(Stage.OPEN)
