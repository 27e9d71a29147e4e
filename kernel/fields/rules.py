"""What fields check: that something is there, that it fits."""

from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError

from ..i18n import _
from ..text import clean

NEEDED = _("这一项要填。")


class Needed(InputRequired):
    """Something has to be typed here; white space is nothing."""

    def __init__(self, message=NEEDED):
        super().__init__(message)

    def __call__(self, form, field):
        if not field.raw_data or not str(field.raw_data[0]).strip() or field.data in (None, ""):
            field.errors = [error for error in field.errors if field.data is None and error]
            raise StopValidation(None if field.errors else self.message)


def is_blank(sent: list) -> bool:
    """Whether nothing was typed, or nothing that can be seen."""
    return not sent or not clean(sent[0])


class AtMost:
    """Not longer than the column that it goes into."""

    def __init__(self, length: int):
        self.length = length

    def __call__(self, form, field):
        if field.data and len(field.data) > self.length:
            raise ValidationError(
                _("请写短一些：最多 %(most)s 个字，现在 %(now)s 个。", most=self.length, now=len(field.data))
            )


class Between:
    """A number within bounds."""

    def __init__(self, least: int, most: int):
        self.least, self.most = least, most

    def __call__(self, form, field):
        if field.data is not None and not self.least <= field.data <= self.most:
            raise ValidationError(_("请填 %(least)s 到 %(most)s 之间的数。", least=self.least, most=self.most))


def rule(needed, *more):
    """The validators of a field: needed or optional, then the rest."""
    return [Needed() if needed else Optional(), *more]
