"""The field of a whole number."""

import re

from wtforms import IntegerField

from ..i18n import _
from ..text import ascii_digits
from .rules import Between, is_blank, rule


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
