"""House rules of the addresses: each names its permit, reads or changes, is spelled alike, and stays."""

import ast
import re
from inspect import unwrap
from pathlib import Path

import pytest

from kernel.permits import RULES

from .source import PACKAGES, SITE, calls, modules, name_of, strings, templates

pytestmark = pytest.mark.databases("sqlite")
URLS = Path(__file__).with_name("urls.txt")
OPEN = {"health", "look", None}  # for the operator, for the eyes, and the static files: no subject, no person
SEGMENT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?|<[a-z]+(\([^)]*\))?:[a-z_]+>(\.[a-z]+)?|")
MAY = re.compile(r"""\bmay\(\s*["']([a-z:-]+)["']""")


@pytest.fixture
def rules(application):
    """Every rule of the site, but the one of the static files."""
    return [rule for rule in application.url_map.iter_rules() if rule.endpoint != "static"]


def verbs(rule):
    return sorted(rule.methods - {"HEAD", "OPTIONS"})


def test_every_view_names_its_permit(application, rules):
    views = {rule.endpoint: application.view_functions[rule.endpoint] for rule in rules}
    without = {endpoint for endpoint, view in views.items() if not hasattr(view, "permit")}
    assert {endpoint for endpoint in without if endpoint.split(".")[0] not in OPEN} == set()
    assert {view.permit for view in views.values() if hasattr(view, "permit")} <= RULES.keys()


def test_every_permit_is_asked_for_somewhere(application, rules):
    asked = {getattr(application.view_functions[rule.endpoint], "permit", None) for rule in rules}
    asked |= {action for text in templates().values() for action in MAY.findall(text)}
    asked |= {
        action for tree in modules(*SITE).values() for call in calls(tree, "may", "allowed") for action in strings(call)
    }
    written = {word for path, tree in modules(*SITE).items() if path.endswith("/permits.py") for word in strings(tree)}
    assert RULES.keys() & written - asked == set()


def test_a_view_reads_or_changes(application, rules):
    assert [rule.rule for rule in rules if verbs(rule) not in (["GET"], ["POST"])] == []
    seen = {}
    for rule in rules:
        seen.setdefault(unwrap(application.view_functions[rule.endpoint]), set()).update(verbs(rule))
    assert [view.__qualname__ for view, methods in seen.items() if len(methods) > 1] == []


def test_addresses_are_kebab_case_with_typed_parts(rules):
    odd = [rule.rule for rule in rules if not all(map(SEGMENT.fullmatch, rule.rule.split("/")[1:]))]
    assert odd == []


def test_the_list_of_addresses_only_grows(rules):
    now = {f"{verbs(rule)[0]} {rule.rule}" for rule in rules}
    known = set(URLS.read_text().splitlines())
    assert known - now == set(), "these addresses are gone, and somebody has a link to them"
    assert now - known == set(), f"write these down in {URLS.name}: they are promised from now on"


def test_what_changes_something_leads_back_to_a_block_that_its_page_has(application):
    missing = []
    for path, tree in modules(*PACKAGES).items():
        for endpoint, block in ways_back(tree):
            if not hasattr(application.view_functions.get(endpoint), "page"):
                missing.append(f"{path}: no page {endpoint}")
            elif block and not any(is_fragment(name, block) for name in templates_of(application, endpoint)):
                missing.append(f"{path}: no block {block} with that id on {endpoint}")
    assert missing == []


def ways_back(tree):
    """(endpoint, block) of every `back=`, `backs=` and `Back(…)`."""
    pairs = [node for node in ast.walk(tree) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    for pair in [*(pair.elts for pair in pairs), *(call.args for call in calls(tree, "Back"))]:
        words = [part.value if isinstance(part, ast.Constant) else part for part in pair]
        if words and isinstance(words[0], str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", words[0]):
            block = words[1] if len(words) > 1 else None
            if block is None or isinstance(block, str):
                yield words[0], block


def templates_of(application, endpoint) -> set[str]:
    """The templates that the module of this view names, itself or by what it imports from its own folder."""
    module = unwrap(application.view_functions[endpoint]).__module__.replace(".", "/") + ".py"
    tree = modules(*PACKAGES)[module]
    folder = module.rsplit("/", 1)[0]
    friends = {
        f"{folder}/{alias.name}.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    friends |= {
        f"{folder}/{node.module}.py" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 1
    }
    trees = [tree, *(modules(*PACKAGES)[friend] for friend in friends & modules(*PACKAGES).keys())]
    return {text for tree in trees for text in strings(tree) if text.endswith(".html")}


def is_fragment(name: str, block: str) -> bool:
    """Whether this template, or one that it is made of, has the block, and the element of that id in it."""
    text = templates().get(name, "")
    body = re.search(rf"{{%-? *block {block} *-?%}}(.*)", text, re.DOTALL)
    if body:
        more = "".join(templates().get(part, "") for part in re.findall(r"""include ["']([^"']+)""", body.group(1)))
        return f'id="{block}"' in body.group(1) + more
    return any(is_fragment(other, block) for other in re.findall(r"""extends ["']([^"']+)""", text))


def test_every_package_shows_that_an_answer_is_the_block_of_the_page():
    equal = re.compile(r"part\(.+\) == part\(")
    for package in PACKAGES:
        if any("/web/" in path and list(ways_back(tree)) for path, tree in modules(package).items()):
            tests = Path(__file__).parents[1].joinpath(package).rglob("test_*.py")
            assert any(equal.search(test.read_text()) for test in tests), package


def test_views_stand_in_web():
    views = [path for path, tree in modules(*PACKAGES).items() if any(named(tree, "permit"))]
    assert [path for path in views if "/web/" not in path and not path.startswith("kernel/")] == []


def named(tree, name):
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node.func) == name)
