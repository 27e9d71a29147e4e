"""House rules of the templates: all are used, all speak through the catalogue, none scripts or styles by itself."""

import re
from pathlib import Path

from jinja2 import Environment, meta

from .source import HAN, ROOT, SITE, modules, strings, templates

CODE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
TEXT = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
SPOKEN = re.compile(rf"\b(?:_|p_|ngettext)\(\s*{TEXT}(?:\s*,\s*{TEXT})?")
QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""")
LANGUAGES = {"中文"}  # each language by its own name
INHERITING = {"layout/page.html"}


def named_by_templates(text: str) -> set[str]:
    return set(filter(None, meta.find_referenced_templates(Environment().parse(text))))


def test_every_template_is_used():
    named = {text for tree in modules(*SITE).values() for text in strings(tree) if text.endswith(".html")}
    for text in templates().values():
        named |= named_by_templates(text)
    assert templates().keys() - named == set()
    assert {name for name in named if "/" in name} - templates().keys() == set()


def test_pages_speak_through_the_catalogue_only():
    loose = {}
    for name, text in templates().items():
        plain = CODE.sub("", text)
        code = "".join(CODE.findall(re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)))
        words = [word for word in re.findall(r"[^\n<>]*[㐀-鿿][^\n<>]*", plain) if word.strip() not in LANGUAGES]
        words += [word for word in QUOTED.findall(SPOKEN.sub("", code)) if HAN.search(word)]
        if words:
            loose[name] = words
    assert loose == {}


def test_no_template_scripts_or_styles():
    for name, text in templates().items():
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on|javascript:", text), name


def test_only_the_layout_hands_attributes_down():
    assert {name for name, text in templates().items() if ":inherited" in text} == INHERITING


def test_nothing_is_let_through_unescaped():
    assert [name for name, text in templates().items() if re.search(r"\|\s*safe\b|autoescape", text)] == []


def test_static_files_name_no_other_site():
    for file in Path(ROOT / "static").glob("*.*"):
        text = file.read_text()
        found = [url for url in re.findall(r"https?://[^\s\"')]+", text) if not url.startswith("http://www.w3.org/")]
        assert found == [], file.name
