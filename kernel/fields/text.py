"""Fields of text: a line, several lines, a phone number, a password."""

import re

from wtforms import PasswordField, StringField, TextAreaField
from wtforms.validators import ValidationError

from ..i18n import _
from ..text import ascii_digits, clean, clean_line
from .rules import AtMost, rule

PHONE = _("手机号")


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


class Secret(PasswordField):
    """A password: never stripped, never shown again."""

    def __init__(self, label, *, needed=True, most=200, **options):
        super().__init__(label, rule(needed, AtMost(most)), **options)


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
