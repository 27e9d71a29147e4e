"""Needs become a project: with one click, or put to one that is there; they move when it moves."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from communities.place import Place
from governance.need_state import State
from kernel import clock
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .origin import Origin
from .stage import WRITTEN, Stage, Staged

if TYPE_CHECKING:
    from .project import Project

READY = (State.VERIFIED, State.ROUTED, State.REOPENED, State.TAKEN)
BEGINS_IN = timedelta(days=7)
LASTS = timedelta(days=60)


class NoneReady(Refusal):
    """What nobody has verified, or what is over, is not planned for."""

    message = _("没有能立项目的需求：要先核实、定类别，已经办好或没有受理的不算。")


class HasProject(Refusal):
    """One project a need: else two partners do the same."""

    message = _("需求 %(need)s 已经有项目在办了：“%(project)s”。")


class TooLate(Refusal):
    """What is closed takes nothing in."""

    message = _("“%(project)s”现在是“%(stage)s”，不能再把需求放进来。请选别的项目，或新写一个。")


class Grounded(Staged):
    """The part of Project that is about the needs that it answers. Whoever calls holds the needs first."""

    if TYPE_CHECKING:
        origins: Any
        place: Any
        ends_on: Any
        posted_at: Any

    @classmethod
    def from_needs(cls, place: Place, title: str, needs: Iterable, *, by) -> "Project":
        """A draft for these needs: title, category and days are filled in, the rest is for its writer.

        What is not verified yet, over, or has a project already is left out; refuses when nothing is left
        (`NoneReady`), and a single need that has one (`HasProject`).
        """
        new: Any = cls
        ready = [need for need in needs if need.state in READY and need.category is not None]
        taken = {need: project for need in ready if (project := project_of(need))}
        free = [need for need in ready if need not in taken]
        if not free:
            for need, project in taken.items():
                raise HasProject(need=need.shown_number, project=project.title)
            raise NoneReady
        first = clock.today() + BEGINS_IN
        households = sum(need.households for need in free)
        about = _("居民反映了 %(n)s 件，涉及 %(households)s 户。", n=len(free), households=households)
        days = {"starts_on": first, "ends_on": first + LASTS}
        project = new.write(place, by=by, title=title, category=free[0].category, about=str(about), **days)
        for need in free:
            project.ground(need, by=by)
        return project

    def ground(self, need, *, by) -> None:
        """One more need that it answers. Refuses as `from_needs` does, and when it is too late (`TooLate`)."""
        if need.state not in READY:
            raise NoneReady
        if other := project_of(need):
            raise HasProject(need=need.shown_number, project=other.title)
        if self.stage not in (*WRITTEN, Stage.OPEN, Stage.ADOPTED):
            raise TooLate(project=self.title, stage=self.stage.label)
        self.origins.append(Origin(need=need))
        self.note("project.grounded", by, project=self.id, need=need.id)
        if self.posted_at is not None and need.state is not State.TAKEN:
            need.taken_up(self.ends_on, by=by)

    @property
    def needs(self) -> list:
        """What it answers now."""
        return [origin.need for origin in self.origins if origin.until is None]

    def take_up_needs(self, *, by) -> None:
        """It is published: whoever said one of its needs reads that something is done."""
        for need in self.needs:
            if need.state in READY and need.state is not State.TAKEN:
                need.taken_up(self.ends_on, by=by)

    def solve_needs(self, answer: str, *, by) -> None:
        """It is closed: whoever said one of its needs reads what came of it, and is asked whether it is so."""
        for need in self.needs:
            if need.state is State.TAKEN:
                need.solved(answer, by=by)

    def let_needs_go(self, *, by) -> None:
        """It is withdrawn: its needs wait for the community again."""
        for origin in self.origins:
            if origin.until is None:
                origin.until = clock.today()
                if self.posted_at is not None and origin.need.state is State.TAKEN:
                    origin.need.let_go(by=by)


def project_of(need) -> "Project | None":
    """The project that answers a need now."""
    living = select(Origin).where(Origin.need_id == need.id, Origin.until.is_(None))
    origin = db.session.scalar(living)
    return origin.project if origin else None
