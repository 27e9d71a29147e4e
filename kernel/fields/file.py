"""The field of a file."""

from flask_wtf.file import FileField
from wtforms.validators import StopValidation

from ..i18n import _


class Upload(FileField):
    """A file; what it holds is checked by whoever reads it."""

    def __init__(self, label, *, needed=True, **options):
        super().__init__(label, [is_chosen] if needed else [], **options)


def is_chosen(form, field):
    if not field.data or not field.data.filename:
        raise StopValidation(_("请选一个文件。"))


is_chosen.field_flags = {"required": True}  # type: ignore[attr-defined]
