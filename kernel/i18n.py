"""Languages: Chinese is written in the code, English is a complete catalogue."""

from babel import Locale
from babel.dates import format_date
from flask import g, has_request_context, request
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext as n_
from markupsafe import Markup

from . import clock

__all__ = ["LANGUAGES", "_", "babel", "day", "force_locale", "language", "moment", "n_", "span"]

LANGUAGES = {"zh": Locale.parse("zh_CN"), "en": Locale("en")}
babel = Babel()


def choose() -> str:
    """The language of this request: as chosen in this browser, else the person's own, else Chinese."""
    if not has_request_context():
        return "zh"
    own = getattr(g.get("person"), "language", None)
    return next((code for code in (request.cookies.get("language"), own) if code in LANGUAGES), "zh")


def choose_locale() -> Locale:
    """The locale for Flask-Babel."""
    return LANGUAGES[choose()]


def language() -> str:
    """`zh` or `en`, as now in force."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "zh"


def teach(environment) -> None:
    """Give the templates `_`: a page has a hundred words, so the catalogue is looked up once for all of them."""
    environment.install_gettext_callables(word, words, newstyle=True)
    environment.globals["_"] = said


def said(text: str, **named) -> Markup:
    """A text of a template in the language of the page; what is put into it is escaped."""
    return Markup(word(text)) % named


def catalogue():
    """The English words when this page is English, None when it is Chinese, which needs no looking up."""
    page = g._get_current_object()  # one look-up of the proxy, for this is asked for every word
    try:
        return page.catalogue
    except AttributeError:
        page.catalogue = None if language() == "zh" else get_translations()
        return page.catalogue


def word(text: str) -> str:
    """The text in the language of the page."""
    english = catalogue()
    return text if english is None else english.ugettext(text)


def words(one: str, many: str, count: int) -> str:
    """The same for a text that depends on a number."""
    english = catalogue()
    return one if english is None else english.ungettext(one, many, count)


def day(value, *, year=None) -> str:
    """A day as people say it: “11月28日 周六”, “Sat 28 Nov”; with the year when it is not this one."""
    shown = (value.year != clock.today().year) if year is None else year
    if language() == "zh":
        text = f"{value.month}月{value.day}日 周{'一二三四五六日'[value.weekday()]}"
        return f"{value.year}年{text}" if shown else text
    return format_date(value, "EEE d MMM y" if shown else "EEE d MMM", locale="en")


def moment(value) -> str:
    """A moment with its day and Beijing time."""
    here = clock.local(value)
    return f"{day(here.date())} {here:%H:%M}"


def span(start, end) -> str:
    """From–until; a night shift says that it ends on the next day."""
    first, last = clock.local(start), clock.local(end)
    until = f"{last:%H:%M}" if first.date() == last.date() else moment(end)
    return f"{day(first.date())} {first:%H:%M}–\u2060{until}"
