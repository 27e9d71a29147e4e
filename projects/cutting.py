"""Cutting a project into parts."""

from typing import TYPE_CHECKING, Any

from communities.journal import Audience
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .amounts import Amounts
from .part import Part
from .stage import WRITTEN, Stage, Staged

FIRST_STEP = 4  # person-hours


class NoSuchPart(Refusal):
    """What was chosen is no part of this project."""

    message = _("这一项不在这个项目里，请重新选一项。")
    field = "part_id"


class NothingToAdopt(Refusal):
    """A project is published with at least one part."""

    message = _("发布前请至少写一项要做的事（名称、数量、单位），合伙人按项认领。")
    field = "part_title"


class Cutting(Amounts, Staged):
    """The part of Project that is about its parts."""

    if TYPE_CHECKING:
        parts: Any
        posted_by: Any
        followers: Any

    def cut(self, title: str, unit: str, quantity: int, *, by, **facts) -> Part:
        """One more part to adopt: a title, a unit and how many (`43 户`)."""
        self._only(*WRITTEN, Stage.OPEN)
        part = Part(title=title, unit=unit, quantity=quantity, **facts)
        self.parts.append(part)
        db.session.flush()
        self._note_cut(part, by)
        return part

    def drop(self, part_id: int, *, by) -> None:
        """Take a part out of a draft."""
        self._only(*WRITTEN)
        part = self.part(part_id)
        self.parts.remove(part)
        db.session.delete(part)
        self.note("project.part_dropped", by, project=self.id)

    def part(self, id: int) -> Part:
        """The part with this id. Raises `NoSuchPart`."""
        found = next((part for part in self.parts if part.id == id), None)
        if found is None:
            raise NoSuchPart
        return found

    @property
    def takes_parts(self) -> bool:
        """Whether one more part can be cut."""
        return self.stage in (*WRITTEN, Stage.OPEN)

    @property
    def has_first_step(self) -> bool:
        """Whether one of the parts is small enough for a first time together: at most 4 person-hours."""
        return any(part.person_hours is not None and part.person_hours <= FIRST_STEP for part in self.parts)

    def _note_cut(self, part: Part, by) -> None:
        """A line for the staff about a draft, whose parts may go again; for everybody about what is published."""
        if self.stage in WRITTEN:
            self.note("project.part_written", by, project=self.id)
            return
        ids = {"project": self.id, "part": part.id, "quantity": part.quantity, "unit": part.id}
        ids["committee"] = self._office(by)
        self.note("project.part_added", by, tell=self.followers, audience=Audience.PUBLIC, **ids)
