"""The source of the site as the house rules read it: its Python as trees, its templates as text."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ["kernel", "communities", "partners", "governance", "projects", "volunteers", "matching", "portal"]
SITE = [*PACKAGES, "demo"]
HAN = re.compile(r"[㐀-鿿]")


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """Path from the root to the tree of every Python file in these folders, wsgi.py included."""
    files = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return {str(file.relative_to(ROOT)): ast.parse(file.read_text()) for file in [*files, ROOT / "wsgi.py"]}


@cache
def templates() -> dict[str, str]:
    """Name to text of every template."""
    folder = ROOT / "templates"
    return {str(file.relative_to(folder)): file.read_text() for file in sorted(folder.rglob("*.html"))}


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    """Every call of a function or method of one of these names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in names:
            yield node


def name_of(node: ast.AST) -> str:
    """The last word of a name: `work` of `kernel.work`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string in it."""
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the nodes that are docstrings."""
    owners = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    firsts = [node.body[0].value for node in owners if node.body and isinstance(node.body[0], ast.Expr)]
    return {id(first) for first in firsts if isinstance(first, ast.Constant)}
