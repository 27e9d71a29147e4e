"""How a browser wants the site: its language and the size of its letters, both in a cookie."""

from flask import Blueprint, after_this_request, current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from .i18n import LANGUAGES, language

bp = Blueprint("look", __name__)
SIZES = {"normal", "large"}
YEAR = 365 * 24 * 3600


def known(wanted: str | None) -> str:
    """`wanted` when it is a page of this site, else the first page: nobody is sent elsewhere."""
    if wanted and wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable():
        try:
            current_app.url_map.bind("localhost").match(wanted.split("?")[0], method="GET")
            return wanted
        except RequestRedirect:
            return wanted
        except HTTPException:
            pass
    return url_for("portal.home")


def keep(response, name: str, value: str):
    """The response, with this wish in the cookie of the browser."""
    response.set_cookie(
        name, value, max_age=YEAR, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
    )
    return response


def remember(name: str, value: str):
    return keep(redirect(known(request.args.get("next")), 303), name, value)


@bp.get("/language/<any(zh, en):code>")
def set_language(code):
    """This browser reads this language from now on."""
    return remember("language", code)


@bp.get("/size/<any(normal, large):size>")
def set_size(size):
    """长辈版 on or off in this browser."""
    return remember("size", size)


def size() -> str:
    """`large` in 长辈版."""
    return "large" if request.cookies.get("size") == "large" else "normal"


def here() -> str:
    """The page that is shown, to come back to; a calendar file is none, and its address may be a key."""
    is_page = request.method == "GET" and not request.path.endswith(".ics")
    return request.full_path.rstrip("?") if is_page else url_for("portal.home")


def in_wechat() -> bool:
    """Whether WeChat's own browser asks, which opens no calendar file; then the answer is for it alone."""

    @after_this_request
    def differs(response):
        response.vary.add("User-Agent")
        return response

    return "MicroMessenger" in request.user_agent.string


def names() -> dict:
    """What every page knows of its look."""
    other = "en" if language() == "zh" else "zh"
    other_size = "normal" if size() == "large" else "large"
    return {
        "locale": "zh-CN" if language() == "zh" else "en",
        "size": size(),
        "languages": LANGUAGES,
        "language_url": url_for("look.set_language", code=other, next=here()),
        "size_url": url_for("look.set_size", size=other_size, next=here()),
        "person": g.get("person"),
    }
