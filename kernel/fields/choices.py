"""Fields to choose from: one of several, any of several, yes or no."""

import re

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from ..i18n import _
from .rules import Needed, is_blank, rule


class Pick(SelectField):
    """One of several; `choices` may be set by the page, and the id that is sent is loaded by the verb."""

    def __init__(self, label, *, choices=None, coerce=str, needed=True, **options):
        super().__init__(label, rule(needed), coerce=unless_blank(coerce), validate_choice=False, **options)
        self.choices = choices
        self.closed = choices is not None

    def process_formdata(self, valuelist):
        if is_blank(valuelist):
            self.data = None
            return
        try:
            self.data = self.coerce(valuelist[0])
        except ValueError:
            self.data = None
            raise ValueError(str(_("请从列表里选一项。"))) from None

    def pre_validate(self, form):
        if self.closed and self.data is not None and self.data not in [value for value, _label in self.choices]:
            raise ValidationError(_("请从列表里选一项。"))


def unless_blank(coerce):
    """The same for an option without a value, “请选择”: it is nothing yet."""
    return lambda value: None if value in ("", None) else coerce(value)


def row_id(value) -> int:
    """An id as it comes from a form; ValueError for anything else."""
    if not re.fullmatch(r"[0-9]{1,9}", str(value)):
        raise ValueError(value)
    return int(value)


class Picks(SelectMultipleField):
    """Any number of several, as tick boxes."""

    def __init__(self, label, *, choices=None, coerce=str, needed=False, **options):
        super().__init__(label, rule(needed), coerce=coerce, validate_choice=False, **options)
        self.choices = choices or []

    def process_formdata(self, valuelist):
        try:
            self.data = [self.coerce(value) for value in valuelist]
        except ValueError:
            self.data = []
            raise ValueError(str(_("请从列表里选。"))) from None


class Tick(BooleanField):
    """Yes or no; `needed` for what has to be agreed to."""

    def __init__(self, label, *, needed=False, **options):
        super().__init__(label, [Needed(_("请先勾选这一项。"))] if needed else [], **options)
