"""What of a notice is sent to a group of neighbours: what, where, from when until when, who told it."""

from kernel.group_text import written
from kernel.i18n import _, span

from .announcement import Announcement
from .announcement_words import Kind, State


def group_text(one: Announcement, url: str) -> str:
    """The lines; first whether it was changed or called off."""
    place, hours = one.place.whole_name, span(one.starts_at, one.until)
    if one.is_called_off:
        return written([_("【%(place)s】%(what)s取消了", place=place, what=one.title), hours], url)
    head = _("【%(place)s】%(what)s", place=place, what=one.title)
    if one.state is State.CHANGED:
        head = _("【%(place)s】%(what)s，时间或地方改了", place=place, what=one.title)
    words = "" if one.kind is Kind.OTHER else one.words
    return written([head, hours, words, _("谁通知的：%(who)s", who=one.by_whom)], url)
