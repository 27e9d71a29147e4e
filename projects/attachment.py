"""Attachments: papers and pictures that say more about a project than its text; whoever sees it may take them along."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from communities.noted import Noted
from kernel.db import Id, Model, Title, db
from kernel.i18n import _
from kernel.scan import Scan
from kernel.stored_file import StoredFile
from kernel.work import Refusal

from .stage import Stage, Staged

if TYPE_CHECKING:
    from .project import Project

MOST = 8


class EnoughAttachments(Refusal):
    """A page is no archive."""

    message = _("一个项目最多 %(most)s 个附件，请先去掉一个，或把几张合成一份 PDF。")
    field = "file"


class Attachment(Model):
    """One file of a project; what it is called for people, else the name it came with."""

    __tablename__ = "project_attachment"

    id: Mapped[Id]
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"))
    title: Mapped[Title] = mapped_column(default="")

    project: Mapped["Project"] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)

    @property
    def label(self) -> str:
        """What its link says."""
        return self.title or self.file.name


class Attaching(Staged, Noted):
    """The part of Project that is about its attachments."""

    attachments: Mapped[list[Attachment]]

    def attach(self, scan: Scan, title: str = "", *, by) -> Attachment:
        """Keep a file with it until it ends. Refuses more than 8 (`EnoughAttachments`)."""
        self._takes_files()
        if len(self.attachments) >= MOST:
            raise EnoughAttachments(most=MOST)
        kept = Attachment(file=StoredFile.keep(scan), title=title)
        self.attachments.append(kept)
        self.note("project.attached", by, project=self.id)
        return kept

    def detach(self, attachment: Attachment, *, by) -> None:
        """Take a file out, bytes and all: what should not have been published is gone."""
        self._takes_files()
        file = attachment.file
        self.attachments.remove(attachment)
        db.session.delete(attachment)
        db.session.flush()
        db.session.delete(file)
        self.note("project.detached", by, project=self.id)

    def _takes_files(self) -> None:
        self._only(*(stage for stage in Stage if stage not in (Stage.CLOSED, Stage.WITHDRAWN)))
