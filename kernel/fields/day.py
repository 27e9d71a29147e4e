"""Fields of days and times, in Asia/Shanghai."""

from wtforms import DateField, TimeField

from ..i18n import _
from .rules import is_blank, rule


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
