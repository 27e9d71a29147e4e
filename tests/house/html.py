"""What is wrong with the HTML of a page, in words; nothing for a good page."""

from html.parser import HTMLParser
from itertools import pairwise

from .htmx import htmx_faults

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = set(
    "address article aside details dialog div dl fieldset figure footer form h1 h2 h3 h4 header hr main nav ol p pre"
    " section table ul".split()
)
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


def faults(html: str, *, whole: bool = True) -> list[str]:
    """All faults of a page; of a part of one when it is not the whole page."""
    page = Page()
    page.feed(html)
    page.close()
    return page.told(whole)


class Page(HTMLParser):
    """Reads a page once and remembers what the rules ask for."""

    def __init__(self):
        super().__init__()
        self.wrong, self.open, self.seen = [], [], []
        self.ids, self.named, self.labels, self.controls, self.headings = [], set(), set(), [], []
        self.lang = self.title = ""
        self.words = []  # of each open <a>, <button>, <summary>, <title>, <h1> …

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if len(given) < len(attributes):
            self.wrong.append(f"an attribute twice on {self.source()}")
        self.nesting(tag)
        self.note(tag, given)
        self.forbidden(tag, given)
        if any(name.startswith("hx-") for name in given):
            form = next((outer for name, outer in reversed(self.open) if name == "form"), {})
            self.wrong += [f"{fault}: {self.source()}" for fault in htmx_faults(tag, given, form)]
        if tag not in VOID:
            self.open.append((tag, given))
            self.words.append("")
        if tag == "img":
            self.say(given.get("alt") or "")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.wrong.append(f"</{tag}> closes <{self.open[-1][0] if self.open else ''}> at {self.getpos()}")
            return
        (_tag, given), words = self.open.pop(), self.words.pop().strip()
        self.say(words)
        if tag == "title" and not any(outer == "svg" for outer, _ in self.open):
            self.title = words
        if tag in {"a", "button", "summary", "label", "legend", "th", "caption", "option", "h1", "h2", "h3", "h4"}:
            if not words and not given.get("aria-label") and not (tag == "option" and given.get("value") == ""):
                self.wrong.append(f"<{tag}> without words: {given}")
            if tag[0] == "h" and tag[1:].isdecimal():
                self.headings.append(int(tag[1]))

    def handle_data(self, data):
        self.say(data)
        if self.open and self.open[-1][0] in {"script", "style"} and data.strip():
            self.wrong.append(f"inline {self.open[-1][0]}")

    def say(self, words):
        if self.words:
            self.words[-1] += words

    def source(self):
        return (self.get_starttag_text() or "")[:120]

    def nesting(self, tag):
        outer = [name for name, _ in self.open]
        if tag in BLOCKS and next((name for name in reversed(outer) if name in BLOCKS), None) == "p":
            self.wrong.append(f"<{tag}> inside <p>: {self.source()}")
        for alone in ("a", "button", "form", "label"):
            if tag == alone and alone in outer:
                self.wrong.append(f"<{tag}> inside <{alone}>: {self.source()}")
        if tag in {"a", "button"} and {"a", "button"} & set(outer):
            self.wrong.append(f"<{tag}> inside a link or button: {self.source()}")
        if tag == "li" and (not outer or outer[-1] not in {"ul", "ol"}):
            self.wrong.append(f"<li> outside a list: {self.source()}")
        if outer and outer[-1] in {"ul", "ol"} and tag not in {"li", "template"}:
            self.wrong.append(f"<{tag}> right in a list: {self.source()}")

    def note(self, tag, given):
        if id := given.get("id"):
            self.ids.append(id)
        if tag == "html":
            self.lang = given.get("lang") or ""
        for name in ("aria-describedby", "aria-labelledby", "aria-controls", "list", "form"):
            self.named.update((given.get(name) or "").split())
        if (target := given.get("hx-target") or "").startswith("#"):
            self.named.add(target[1:])
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.named.add(given["href"][1:])
        if tag == "label":
            self.labels.add(given.get("for"))
            self.named.update(filter(None, [given.get("for")]))
        if tag in {"input", "select", "textarea"} and given.get("type") not in UNLABELLED:
            told = {"aria-label", "aria-labelledby"} & given.keys() or any(name == "label" for name, _ in self.open)
            self.controls.append((given.get("id"), bool(told), self.source()))

    def forbidden(self, tag, given):
        for name, value in given.items():
            if name.startswith("on") or name == "style":
                self.wrong.append(f"{name} on {self.source()}")
            if name in {"href", "src", "action", "formaction", "hx-get", "hx-post"}:
                if value is None or value.strip().lower().startswith(("javascript:", "data:")):
                    self.wrong.append(f"{name}={value!r}")
                if name in {"src", "href"} and tag != "a" and (value or "").startswith(("http:", "https:", "//")):
                    self.wrong.append(f"from elsewhere: {self.source()}")
        if tag == "script" and "src" not in given:
            self.wrong.append("inline script")
        if tag == "img" and "alt" not in given:
            self.wrong.append(f"img without alt: {self.source()}")
        hidden = any("aria-hidden" in outer for _, outer in self.open) or "qr" in (given.get("class") or "")
        if tag == "svg" and not {"aria-hidden", "role"} & given.keys() and not hidden:
            self.wrong.append(f"a drawing that is neither hidden nor named: {self.source()}")
        if tag == "form" and (given.get("method") or "get").lower() not in {"get", "post", "dialog"}:
            self.wrong.append(f"odd form: {self.source()}")
        if tag == "a" and given.get("target") == "_blank":
            self.wrong.append(f"a new window: {self.source()}")

    def told(self, whole: bool) -> list[str]:
        """The faults."""
        wrong = [*self.wrong, *(f"<{tag}> is not closed" for tag, _ in self.open if tag not in {"html", "body"})]
        wrong += [f"id {id!r} twice" for id in {id for id in self.ids if self.ids.count(id) > 1}]
        wrong += [f"no label: {source}" for id, told, source in self.controls if not told and id not in self.labels]
        if whole:
            wrong += [f"#{id} is not there" for id in self.named - {*self.ids}]
            wrong += [] if self.lang in {"zh-CN", "en"} else [f"lang {self.lang!r}"]
            wrong += [] if self.title.strip(" ·") and not self.title.startswith(" ·") else ["no title"]
            wrong += [] if self.headings.count(1) == 1 else [f"{self.headings.count(1)} h1"]
            wrong += [f"h{deep} after h{before}" for before, deep in pairwise(self.headings) if deep > before + 1]
        return wrong
