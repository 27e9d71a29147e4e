"""Writing a project: a draft, its corrections, and whether the world sees it."""

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm.attributes import flag_modified

from communities.journal import Audience
from communities.place import Place
from kernel import clock, search
from kernel.db import db
from kernel.i18n import _
from kernel.work import Refusal

from .cutting import NothingToAdopt
from .stage import WRITTEN, Stage, Staged

if TYPE_CHECKING:
    from .project import Project


class RiskNoteNeeded(Refusal):
    """条例 art. 12: publishing an activity states its possible risks."""

    message = _("发布前请写明可能的风险和注意事项；没有特别的风险，也请写一句“无特殊风险”。")
    field = "risk_note"


class ChangedMeanwhile(Refusal):
    """What was saved is not what was shown when the typing began."""

    message = _("您填写的时候，同事改过这份草稿。您填的还在；同事存下的写在上面，请对照后再存一次。")


class StillAdopted(Refusal):
    """What somebody has taken on is not withdrawn over his head."""

    message = _("已有合伙人认领，不能直接撤回；请先和对方商量，由对方退出后再撤回。")


class Writing(Staged):
    """The part of Project that is about its text, from the draft to the publication."""

    if TYPE_CHECKING:
        about: Any
        version: Any
        risk_note: Any
        posted_at: Any
        posted_by: Any
        returned: Any
        capabilities: Any
        parts: Any
        living_adoptions: Any
        take_up_needs: Any
        let_needs_go: Any

    @classmethod
    def write(cls, place: Place, *, by, capabilities=(), **facts) -> "Project":
        """A draft at this place, of its committee or of somebody who asks the committee to publish it."""
        new: Any = cls
        project = new(place=place, posted_by=by, stage=Stage.DRAFT, **facts)
        project.capabilities = list(capabilities)
        db.session.add(project)
        db.session.flush()
        project.note("project.written", by, project=project.id)
        return project

    def rewrite(self, *, version: int, by, capabilities=(), **facts) -> None:
        """Correct a draft; what is published is not rewritten under its adopters.

        Refuses a save over a colleague's (`ChangedMeanwhile`); `version` is what was shown.
        """
        self._only(*WRITTEN)
        if version != self.version:
            raise ChangedMeanwhile
        self.capabilities = list(capabilities)
        for name, value in facts.items():
            setattr(self, name, value)
        flag_modified(self, "title")  # other capabilities alone are a new version too
        self.note("project.rewritten", by, project=self.id)

    def post(self, *, by) -> None:
        """Publish it. Refuses without a risk note (条例 art. 12) and without a part."""
        if not self.risk_note.strip():
            raise RiskNoteNeeded
        if not self.parts:
            raise NothingToAdopt
        self._move(Stage.OPEN)
        self.posted_at, self.returned = clock.now(), ""
        search.index("project", self.id, self.title, self.about)
        office = self._office(by)
        writer = [self.posted_by] if self.posted_by else []
        ids = {"project": self.id, "committee": office}
        self.take_up_needs(by=by)
        self.note("project.published", by, tell=writer, audience=Audience.PUBLIC, **ids)

    def withdraw(self, *, by) -> None:
        """Take it back while nobody has adopted any of it."""
        if self.living_adoptions:
            raise StillAdopted
        self._move(Stage.WITHDRAWN)
        self.let_needs_go(by=by)
        self.note("project.withdrawn", by, project=self.id)
