"""Fields: what every form of the site is made of; each error is a sentence that says what to do."""

import re

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional, StopValidation, ValidationError

from . import receipt
from .i18n import _
from .text import ascii_digits, clean, clean_line

NEEDED = _("这一项要填。")
PHONE = _("手机号")


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


class Form(FlaskForm):
    """A form of the site: CSRF token, and a key by which a second sending is known."""

    key = HiddenField(default=receipt.new_key)

    def hidden_tag(self) -> Markup:
        """The hidden fields, without ids: several forms stand on one page."""
        return Markup("").join(field(id=False) for field in self if isinstance(field, HiddenField))

    def checked(self, name: str, message) -> None:
        """Add an error found by a rule over several fields."""
        self[name].errors = [*self[name].errors, message]


class Line(StringField):
    """One line of text."""

    def __init__(self, label, *, needed=True, most=80, checks=(), **options):
        super().__init__(label, rule(needed, AtMost(most), *checks), filters=[tidy_line], **options)


class Lines(TextAreaField):
    """Several lines of text."""

    def __init__(self, label, *, needed=True, most=2000, **options):
        super().__init__(label, rule(needed, AtMost(most)), filters=[tidy], **options)


class Phone(StringField):
    """A phone number: 11 digits of a mobile, or a landline with area code; stored as digits."""

    def __init__(self, label=PHONE, *, needed=True, **options):
        super().__init__(label, rule(needed, is_phone), filters=[digits], **options)


class Count(IntegerField):
    """A whole number."""

    def __init__(self, label, *, needed=True, least=0, most=100000, **options):
        super().__init__(label, rule(needed, Between(least, most)), **options)

    def process_formdata(self, valuelist):
        if is_blank(valuelist):
            self.data = None
            return
        typed = ascii_digits(valuelist[0]).strip()
        if not re.fullmatch(r"-?\d{1,9}", typed):
            self.data = None
            raise ValueError(str(_("请填一个整数，比如 3。")))
        self.data = int(typed)


class Day(DateField):
    """A day in Asia/Shanghai."""

    def __init__(self, label, *, needed=True, checks=(), **options):
        super().__init__(label, rule(needed, *checks), **options)

    def process_formdata(self, valuelist):
        if is_blank(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_("这个日期看不懂，请写成 2026-12-01 这样。"))) from None


class Clock(TimeField):
    """A time of the day in Asia/Shanghai."""

    def __init__(self, label, *, needed=True, **options):
        super().__init__(label, rule(needed), **options)

    def process_formdata(self, valuelist):
        if is_blank(valuelist):
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(str(_("这个时间看不懂，请写成 07:30 这样。"))) from None


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


class Secret(PasswordField):
    """A password: never stripped, never shown again."""

    def __init__(self, label, *, needed=True, most=200, **options):
        super().__init__(label, rule(needed, AtMost(most)), **options)


class Upload(FileField):
    """A file; what it holds is checked by whoever reads it."""

    def __init__(self, label, *, needed=True, **options):
        super().__init__(label, [is_chosen] if needed else [], **options)


def is_chosen(form, field):
    if not field.data or not field.data.filename:
        raise StopValidation(_("请选一个文件。"))


is_chosen.field_flags = {"required": True}  # type: ignore[attr-defined]


def tidy(text):
    return clean(text) if isinstance(text, str) else text


def tidy_line(text):
    return clean_line(text) if isinstance(text, str) else text


def digits(text):
    return re.sub(r"[\s\-()]", "", ascii_digits(clean(text))) if isinstance(text, str) else text


def is_phone(form, field):
    """A mobile has 11 digits and starts with 1; a landline starts with its area code."""
    if not re.fullmatch(r"1\d{10}|0\d{9,11}", field.data or ""):
        raise ValidationError(_("请填 11 位手机号，或带区号的座机号。"))
