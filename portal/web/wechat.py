"""A calendar file inside WeChat: its browser opens none, so it gets a page that says how to go on."""

from functools import wraps

from kernel.look import in_wechat
from kernel.pages import Page


def for_calendars(view):
    """Answer WeChat's browser with the page, after the view has found the file; calendars never see it."""

    @wraps(view)
    def file(*args, **keys):
        found = view(*args, **keys)
        return hint() if in_wechat() else found

    return file


def hint():
    """The way out, which leads to the same address."""
    response = Page("portal/wechat.html").answer()
    response.headers["Cache-Control"] = "no-store"
    return response
