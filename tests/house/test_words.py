"""House rules of the words: every Chinese sentence has an English twin that names the same things."""

import ast
import re
from functools import cache

from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from .source import HAN, PACKAGES, ROOT, docstrings, modules, name_of

CATALOGUE = ROOT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
NAMED = re.compile(r"%\((\w+)\)[sd]")
READS_CHINESE = {  # what is matched, stored or printed for the operator, not said on a page
    "communities/cli.py",
    "communities/holiday_notice.py",
    "communities/natural_order.py",
    "communities/place_sheet.py",
    "communities/proforma_guess.py",
    "communities/staff_sheet.py",
    "communities/web/calendar.py",
    "governance/imports/sheet.py",
    "kernel/export.py",
    "kernel/i18n.py",
    "partners/alike.py",
    "partners/imports/cells.py",
    "partners/imports/sheet.py",
    "partners/one_line.py",
    "projects/imports/parts.py",
    "projects/imports/sheet.py",
    "projects/part.py",
    "projects/plain_words.py",
    "volunteers/assignments/coverage.py",
    "volunteers/assignments/imports.py",
}


@cache
def spoken() -> set:
    """Every sentence of the code and the pages with its context, as bin/words does; (one, many) with a number."""
    with open(ROOT / "babel.cfg") as file:
        methods, options = parse_mapping_cfg(file)
    words = DEFAULT_KEYWORDS | {"n_": (1, 2), "p_": ((1, "c"), 2)}
    found = extract_from_dir(ROOT, methods, options, words)
    return {(message, context) for _file, _line, message, _comments, context in found}


@cache
def catalogue() -> dict:
    """Sentence to its English message."""
    with CATALOGUE.open("rb") as file:
        return {(message.id, message.context): message for message in read_po(file, locale="en") if message.id}


def forms(words) -> tuple:
    return words if isinstance(words, tuple) else (words,)


def test_every_sentence_has_its_english():
    missing = {id for id in spoken() if id not in catalogue() or not all(forms(catalogue()[id].string))}
    assert missing == set(), f"{len(missing)} sentences; bin/words gathers them"


def test_the_catalogue_holds_nothing_else():
    assert catalogue().keys() - spoken() == set()
    assert [id for id, message in catalogue().items() if message.fuzzy] == []


def test_both_name_the_same_things():
    differing = {}
    for (id, _context), message in catalogue().items():
        wanted = {name for form in forms(id) for name in NAMED.findall(form)}
        for form in filter(None, forms(message.string)):
            if set(NAMED.findall(form)) != wanted:
                differing[id] = form
    assert differing == {}


def test_no_percent_sign_is_left_alone():
    """A sentence with names is formatted: a bare % would break it."""
    for (id, _context), message in catalogue().items():
        for form in (*forms(id), *forms(message.string)):
            if form and NAMED.search(form):
                assert "%" not in NAMED.sub("", form).replace("%%", ""), form


def test_english_is_english():
    chinese = {
        id: form
        for (id, _context), message in catalogue().items()
        for form in filter(None, forms(message.string))
        if not is_english(form, forms(id)[0])
    }
    assert chinese == {}


def is_english(form: str, original: str) -> bool:
    """Nothing Chinese but terms that the original has too, and these few."""
    terms = re.findall("[㐀-鿿]+", form)
    return all(term in original for term in terms) and (len("".join(terms)) * 2 < len(form) or form == "中文")


def test_the_code_speaks_through_the_catalogue_only():
    loose = {}
    for path, tree in modules(*PACKAGES).items():
        if path in READS_CHINESE:
            continue
        silent = docstrings(tree) | {
            id(part)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and name_of(call.func) in {"_", "n_", "p_"}
            for part in ast.walk(call)
        }
        words = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in silent
            and HAN.search(node.value)
        ]
        if words:
            loose[path] = words
    assert loose == {}
