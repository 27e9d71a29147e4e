"""The field of a file, and the scan in it."""

from flask import g
from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from .. import photo, scan
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
    data = sent(form)
    return scan.read(data, form.file.data.filename) if data is not None else None


def drawn_anew(form) -> photo.Photo | None:
    """The photo in the field `file`, in the same way. Raises the refusals of `kernel.photo.read`."""
    data = sent(form)
    return photo.read(data) if data is not None else None


def sent(form) -> bytes | None:
    """What was sent; None for nothing, and from nobody."""
    file = form.file.data
    if g.person.id is None or not file or not file.filename:
        return None
    data = file.read()
    file.seek(0)  # the receipt reads it again
    return data
