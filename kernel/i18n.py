"""Languages: Chinese is written in the code, English is a complete catalogue."""

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from flask import g, has_app_context, has_request_context, request
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from . import clock

__all__ = ["LANGUAGES", "_", "babel", "both", "day", "force_locale", "hour", "language", "moment", "n_", "p_", "span"]

LANGUAGES = {"zh": Locale.parse("zh_CN"), "en": Locale("en")}
CATALOGUES = Path(__file__).parent.parent / "translations"
FORCED: ContextVar[str | None] = ContextVar("forced", default=None)
babel = Babel()


def choose() -> str:
    """The language of this request: as chosen in this browser, else the person's own, else Chinese."""
    if not has_request_context():
        return "zh"
    own = getattr(g.get("person"), "language", None)
    return next((code for code in (request.cookies.get("language"), own) if code in LANGUAGES), "zh")


def choose_locale() -> Locale:
    """The locale for Flask-Babel, which speaks the sentences of WTForms itself."""
    return LANGUAGES[language()]


def language() -> str:
    """`zh` or `en`, as now in force; chosen once a request, for a page asks some hundred times."""
    if forced := FORCED.get():
        return forced
    if not has_app_context():
        return "zh"
    page = g._get_current_object()
    try:
        return page.language
    except AttributeError:
        page.language = choose()
        return page.language


def choose_again() -> None:
    """Somebody else asks from here on, and may read another language."""
    g.pop("language", None)


@contextmanager
def force_locale(code: str) -> Iterator[None]:
    """Speak `zh` or `en` within the block, whoever asks."""
    token = FORCED.set("en" if code.startswith("en") else "zh")
    try:
        yield
    finally:
        FORCED.reset(token)


def both(text) -> list[str]:
    """A word of the code in both languages, Chinese first: what a sheet may call it."""
    said = []
    for code in LANGUAGES:
        with force_locale(code):
            said.append(str(text))
    return said


@cache
def english() -> gettext.NullTranslations:
    """The English catalogue."""
    return gettext.translation("messages", CATALOGUES, ["en"], fallback=True)


def word(text: str) -> str:
    """The text in the language in force."""
    return text if language() == "zh" else english().gettext(text)


def word_in(context: str, text: str) -> str:
    """The same for a text that means something else elsewhere."""
    return text if language() == "zh" else english().pgettext(context, text)


def words(one: str, many: str, count: int) -> str:
    """The same for a text that depends on a number."""
    return one if language() == "zh" else english().ngettext(one, many, count)


class Sentence(LazyString):
    """A text of the code, in the language of whoever reads it at last; what is put into it is never markup."""

    def __init__(self, said, *texts, **named):
        super().__init__(said, *texts)
        self._named = named

    def __str__(self):
        text = self._func(*self._args)
        return text % self._named if self._named else text

    def __html__(self):
        return escape(str(self))


def _(text: str, **named) -> Sentence:
    """A sentence of the code."""
    return Sentence(word, text, **named)


def n_(one: str, many: str, num: int, **named) -> Sentence:
    """A sentence that depends on a number, which it may show as `%(num)s`."""
    return Sentence(words, one, many, num, num=num, **named)


def p_(context: str, text: str) -> Sentence:
    """A short word that Chinese says alike in several places and English does not; the context tells which."""
    return Sentence(word_in, context, text)


def joined(texts: Iterable, mark: str = "、") -> str:
    """Texts one after the other, divided as the language does it: “甲、乙” is “甲, 乙” in English, “；” a semicolon."""
    if language() == "en":
        mark = {"、": ", ", "；": "; "}[mark]
    return mark.join(map(str, texts))


def teach(environment) -> None:
    """Give the templates `_` and `p_`, and `joined` as a filter."""
    environment.filters["joined"] = joined
    environment.install_gettext_callables(word, words, newstyle=True)
    environment.globals |= {"_": said, "p_": lambda context, text: Markup(word_in(context, text))}


def said(text: str, **named) -> Markup:
    """A text of a template in the language of the page; what is put into it is escaped."""
    if named:
        return Markup(word(text)) % named
    return plain(text, language())


@lru_cache(4096)
def plain(text: str, _language: str) -> Markup:
    """A text into which nothing is put: most of the hundred words of a page."""
    return Markup(word(text)) % {}


def day(value, *, year=None) -> str:
    """A day as people say it: “11月28日 周六”, “Sat 28 Nov”; with the year when it is not this one."""
    shown = (value.year != clock.today().year) if year is None else year
    if language() == "zh":
        text = f"{value.month}月{value.day}日 周{'一二三四五六日'[value.weekday()]}"
        return f"{value.year}年{text}" if shown else text
    return format_date(value, "EEE d MMM y" if shown else "EEE d MMM", locale="en")


def month(value) -> str:
    """The month of a day: “2026年11月”, “November 2026”."""
    return f"{value.year}年{value.month}月" if language() == "zh" else format_date(value, "MMMM y", locale="en")


def moment(value) -> str:
    """A moment with its day and Beijing time."""
    here = clock.local(value)
    return f"{day(here.date())} {here:%H:%M}"


def hour(value) -> str:
    """The Beijing time of a moment alone, where its day is said beside it."""
    return f"{clock.local(value):%H:%M}"


def span(start, end) -> str:
    """From–until; a night shift says that it ends on the next day."""
    first, last = clock.local(start), clock.local(end)
    until = f"{last:%H:%M}" if first.date() == last.date() else moment(end)
    return f"{day(first.date())} {first:%H:%M}–\u2060{until}"
