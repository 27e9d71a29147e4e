"""Projects: public-welfare work that a committee publishes and partners adopt."""

from datetime import date

from sqlalchemy import Column, ForeignKey, Index, Select, Table, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.catalogue import Capability, Category
from communities.journal import Audience
from communities.noted import Noted
from communities.person import Person
from communities.place import Place, in_ranges
from kernel import clock, search
from kernel.choice import stored
from kernel.db import Id, Model, Moment, Note, Title, db

from .adoption import Adoption, State
from .part import Part, counted
from .stage import (
    MOVES,
    AllTaken,
    NoSuchPart,
    NothingToAdopt,
    NotNow,
    OutcomeNeeded,
    RiskNoteNeeded,
    Stage,
    StillAdopted,
    StillRunning,
)

project_capability = Table(
    "project_capability",
    Model.metadata,
    Column("project_id", ForeignKey("project.id"), primary_key=True),
    Column("capability_id", ForeignKey("capability.id"), primary_key=True),
)


class Project(Noted, Model):
    """Something to be done in a place, cut into parts that partners adopt."""

    __tablename__ = "project"
    __table_args__ = (Index("ix_project_place_stage", "place_id", "stage"), Index("ix_project_stage", "stage", "id"))

    id: Mapped[Id]
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    title: Mapped[Title]
    about: Mapped[Note] = mapped_column(default="")
    provides: Mapped[Note] = mapped_column(default="")
    risk_note: Mapped[Note] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    stage: Mapped[Stage] = mapped_column(stored(Stage), default=Stage.DRAFT)
    posted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[Moment] = mapped_column(default=clock.now)
    posted_at: Mapped[Moment | None]
    delivered_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    outcome: Mapped[Note] = mapped_column(default="")
    people_served: Mapped[int | None]

    place: Mapped[Place] = relationship()
    category: Mapped[Category] = relationship()
    posted_by: Mapped[Person | None] = relationship()
    capabilities: Mapped[list[Capability]] = relationship(secondary=project_capability)
    parts: Mapped[list[Part]] = relationship(back_populates="project", order_by=Part.id)
    adoptions: Mapped[list[Adoption]] = relationship(back_populates="project", order_by=Adoption.id)

    @classmethod
    def seen_by(cls, person) -> Select:
        """Everyone sees a posted project; a draft is seen where it was written."""
        near = cls.place_id.in_(select(Place.id).where(in_ranges(Place.path, person.reach)))
        return select(cls).where(
            or_(cls.stage.not_in((Stage.DRAFT, Stage.WITHDRAWN)), near if person.reach else false())
        )

    @classmethod
    def write(cls, place: Place, *, by, capabilities=(), **facts) -> "Project":
        """A draft of the committee of this place."""
        project = cls(place=place, posted_by=by, stage=Stage.DRAFT, **facts)
        project.capabilities = list(capabilities)
        db.session.add(project)
        db.session.flush()
        project.note("project.written", by, project=project.id)
        return project

    def cut(self, title: str, unit: str, quantity: int, **facts) -> Part:
        """One more part to adopt: a title, a unit and how many (`43 户`)."""
        self._only(Stage.DRAFT, Stage.OPEN)
        part = Part(title=title, unit=unit, quantity=quantity, **facts)
        self.parts.append(part)
        db.session.flush()
        return part

    def rewrite(self, *, capabilities=(), **facts) -> None:
        """Correct a draft; what is published is not rewritten under its adopters."""
        self._only(Stage.DRAFT)
        for name, value in facts.items():
            setattr(self, name, value)
        self.capabilities = list(capabilities)

    def drop(self, part_id: int) -> None:
        """Take a part out of a draft."""
        self._only(Stage.DRAFT)
        part = self.part(part_id)
        self.parts.remove(part)
        db.session.delete(part)
        db.session.flush()

    def part(self, id: int) -> Part:
        """The part with this id. Raises `NoSuchPart`."""
        found = next((part for part in self.parts if part.id == id), None)
        if found is None:
            raise NoSuchPart
        return found

    def post(self, *, by) -> None:
        """Publish it. Refuses without a risk note (条例 art. 12) and without a part."""
        if not self.risk_note.strip():
            raise RiskNoteNeeded
        if not self.parts:
            raise NothingToAdopt
        self._move(Stage.OPEN)
        self.posted_at = clock.now()
        search.index("project", self.id, self.title, self.about)
        self.note("project.posted", by, audience=Audience.PUBLIC, project=self.id)

    def withdraw(self, *, by) -> None:
        """Take it back while nobody has adopted any of it."""
        if self.living_adoptions:
            raise StillAdopted
        self._move(Stage.WITHDRAWN)
        self.note("project.withdrawn", by, project=self.id)

    @property
    def living_adoptions(self) -> list[Adoption]:
        """What is taken on now: asked for, running or delivered."""
        return [adoption for adoption in self.adoptions if adoption.is_living]

    @property
    def left(self) -> int:
        """How many parts still have something to adopt."""
        return sum(part.left > 0 for part in self.parts)

    @property
    def amount(self) -> str:
        """How much it is in all, by units: “63 户”."""
        return counted((part.quantity, part.unit) for part in self.parts)

    @property
    def remaining(self) -> str:
        """How much of it nobody has taken on, by units."""
        return counted((part.left, part.unit) for part in self.parts)

    @property
    def takes_parts(self) -> bool:
        """Whether one more part can be cut."""
        return self.stage in (Stage.DRAFT, Stage.OPEN)

    @property
    def share(self) -> int:
        """How much is adopted, in per cent: of all units, or the mean of the parts where their units differ."""
        if not self.parts:
            return 0
        if len({part.unit for part in self.parts}) == 1:
            given, wanted = sum(part.given for part in self.parts), sum(part.quantity for part in self.parts)
            return 100 * given // wanted
        return int(sum(100 * part.given / part.quantity for part in self.parts) / len(self.parts))

    @property
    def followers(self) -> list[Person]:
        """Who is told what happens: whoever posted it, and the managers of the adopters."""
        managers = [person for adoption in self.living_adoptions for person in adoption.partner.managers]
        return managers + ([self.posted_by] if self.posted_by else [])

    def adopt(self, partner, part_id: int, quantity: int | None, *, pledge: str, by) -> Adoption:
        """A partner takes on some of a part, or all that is left of it; the committee answers within 2 working days.

        Refuses partners that are not active, quantities that are not there (`PartTaken`), a second living adoption
        (`AdoptedAlready`), and a project of which nothing is left (`AllTaken`).
        """
        self._wanted()
        part = self.part(part_id)
        adoption = Adoption.ask(self, partner, part, quantity or max(part.left, 1), pledge=pledge, by=by)
        self.settle()
        return adoption

    def adopt_all(self, partner, *, pledge: str, by) -> list[Adoption]:
        """A partner takes on all that is left: one adoption for each part, all of them or none."""
        self._wanted()
        left = [part.id for part in self.parts if part.left]
        return [self.adopt(partner, id, None, pledge=pledge, by=by) for id in left]

    def settle(self) -> None:
        """Open while anything is left to adopt, adopted otherwise; what follows from the parts is moved, not chosen."""
        if self.stage is Stage.OPEN and not self.left:
            self._move(Stage.ADOPTED)
        elif self.stage is Stage.ADOPTED and self.left:
            self._move(Stage.OPEN)

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
        for adoption in self.adoptions:
            adoption.resume()
        self.note("project.reopened", by, tell=self.followers, project=self.id)

    def close(self, outcome: str, people_served: int | None, *, by) -> None:
        """The end, with what came of it; what nobody has taken on stays undone.

        Refuses without an outcome, and while somebody still works on it (`StillRunning`) or nobody ever did.
        """
        if not outcome.strip():
            raise OutcomeNeeded
        if any(adoption.state is not State.DELIVERED for adoption in self.living_adoptions):
            raise StillRunning
        if not self.living_adoptions:
            raise NotNow(project=self.title, stage=self.stage.label)
        self._move(Stage.CLOSED)
        self.closed_on, self.outcome, self.people_served = clock.today(), outcome, people_served
        search.index("project", self.id, self.title, self.about, outcome)
        self.note("project.closed", by, tell=self.followers, audience=Audience.PUBLIC, project=self.id)

    @property
    def can_close(self) -> bool:
        """Whether everything that was taken on is delivered."""
        living = self.living_adoptions
        done = living and all(adoption.state is State.DELIVERED for adoption in living)
        return bool(done) and Stage.CLOSED in MOVES[self.stage]

    def _wanted(self) -> None:
        if self.stage is Stage.ADOPTED:
            raise AllTaken(project=self.title)
        self._only(Stage.OPEN)

    def _only(self, *stages: Stage) -> None:
        if self.stage not in stages:
            raise NotNow(project=self.title, stage=self.stage.label)

    def _move(self, stage: Stage) -> None:
        if stage not in MOVES[self.stage]:
            raise NotNow(project=self.title, stage=self.stage.label)
        self.stage = stage

    def __str__(self):
        return self.title
