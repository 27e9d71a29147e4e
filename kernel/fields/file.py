"""The field of a file, and the scan in it."""

from flask import g
from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from .. import scan
from ..i18n import _


class Upload(FileField):
    """A file; what it holds is checked by whoever reads it."""

    def __init__(self, label, *, needed=True, **options):
        super().__init__(label, [is_chosen] if needed else [], **options)


def is_chosen(form, field):
    if not field.data or not field.data.filename:
        raise StopValidation(_("请选一个文件。"))


is_chosen.field_flags = {"required": True}  # type: ignore[attr-defined]


def scanned(form) -> scan.Scan | None:
    """The scan in the field `file`, looked at before the transaction; who is nobody has nothing read.

    Raises the refusals of `kernel.scan.read`.
    """
    file = form.file.data
    if g.person.id is None or not file or not file.filename:
        return None
    data = file.read()
    file.seek(0)  # the receipt reads it again
    return scan.read(data, file.filename)
