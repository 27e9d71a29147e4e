"""The attachments of a project: taken along by everybody, added and taken out by whoever writes it."""

from flask import abort, g

from kernel.fields import Form, Line, Upload, scanned
from kernel.i18n import _
from kernel.request import Back, permit, say

from ..attachment import Attachment
from ..project import Project


class AttachmentForm(Form):
    """A file and what it is called."""

    file = Upload(_("附件"), description=_("PDF、JPG 或 PNG，最多 10 MB。不要有居民的姓名、电话、面孔。"))
    file_title = Line(_("叫什么"), needed=False, most=120, description=_("例如：报价单、楼道照片；不填就用文件名。"))


def one_of(project: Project, id: int) -> Attachment:
    """The attachment with this id, else 404."""
    return next((one for one in project.attachments if one.id == id), None) or abort(404)


@permit("project:see", of=Project)
def take(project, attachment_id):
    """Take it along."""
    return one_of(project, attachment_id).file.answer()


@permit("project:attach", of=Project, form=AttachmentForm, before=scanned, back=("projects.show", "project"))
def add(project, form, scan):
    """Keep one more."""
    attachment = project.attach(scan, form.file_title.data or "", by=g.person)
    say(_("加上了附件：%(attachment)s", attachment=attachment.label))


def page_of(id, attachment_id) -> Back:
    """The page of the project."""
    return Back("projects.show", "project", id=id)


@permit("project:attach", of=Project, back=page_of)
def remove(project, attachment_id):
    """Take one out."""
    attachment = one_of(project, attachment_id)
    say(_("去掉了附件：%(attachment)s", attachment=attachment.label))
    project.detach(attachment, by=g.person)
