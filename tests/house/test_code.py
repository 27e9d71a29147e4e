"""House rules of the code: one writer, one clock, one way to ask, one place that knows who asks."""

import ast

from .source import PACKAGES, ROOT, SITE, calls, modules, name_of

CLOCKS = {"now", "utcnow", "today", "time", "localtime", "gmtime", "time_ns", "current_timestamp", "current_date"}
OWNERS = {"datetime", "date", "time", "dt", "func"}
STOPWATCHES = {"monotonic", "perf_counter"}


def found(rule, *folders):
    """Where a rule finds a node that it forbids: “file:line”."""
    trees = modules(*(folders or SITE))
    return [f"{path}:{node.lineno}" for path, tree in trees.items() for node in ast.walk(tree) if rule(path, node)]


def test_only_work_commits():
    def commits(path, node):
        return isinstance(node, ast.Attribute) and node.attr == "commit" and path != "kernel/work.py"

    assert found(commits) == []


def test_only_the_clock_asks_for_the_time():
    def asks(path, node):
        if path == "kernel/clock.py" or not isinstance(node, ast.Attribute):
            return False
        return node.attr in CLOCKS and name_of(node.value) in OWNERS

    def imports(path, node):
        wanted = STOPWATCHES if path.startswith("kernel/") else set()
        return (
            isinstance(node, ast.ImportFrom)
            and node.module == "time"
            and {n.name for n in node.names} - wanted - {"sleep"}
        )

    assert found(asks) == []
    assert found(imports) == []


def test_only_select_is_asked():
    def old(path, node):
        if not (isinstance(node, ast.Attribute) and node.attr == "query"):
            return False
        owner = name_of(node.value)
        return owner in {"db", "session", "cls"} or owner[:1].isupper()

    assert found(old) == []


def test_only_the_kernel_knows_the_current_user():
    def knows(path, node):
        return path != "kernel/who.py" and isinstance(node, ast.alias) and node.name in {"current_user", "login_user"}

    assert found(knows) == []


def test_blueprints_are_registered_by_set_up_and_that_is_called_by_wsgi():
    registering = [
        path
        for path, tree in modules(*SITE).items()
        for node in tree.body
        if any(calls(node, "register_blueprint")) and getattr(node, "name", "") != "set_up"
    ]
    assert registering == ["kernel/site.py"]  # the operator's pages
    importing = {
        path
        for path, tree in modules(*SITE).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import) and any(name.name.endswith(".web") for name in node.names)
    }
    assert importing == {"wsgi.py"}


def test_nothing_is_printed_and_nothing_is_left_to_do():
    def prints(path, node):
        if path == "kernel/workbook.py":  # a program of its own, whose output is its answer
            return False
        return (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "breakpoint"}
        )

    assert found(prints) == []
    left = [
        path for path in modules(*SITE) if any(word in (ROOT / path).read_text() for word in ("TODO", "FIXME", "XXX"))
    ]
    assert left == []


def test_a_module_opens_with_one_sentence():
    assert [path for path, tree in modules(*SITE, "bench").items() if not ast.get_docstring(tree)] == []


def test_every_view_and_every_verb_says_what_it_does():
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in modules(*PACKAGES).items()
        for owner in ast.walk(tree)
        if isinstance(owner, ast.ClassDef) or (isinstance(owner, ast.Module) and "/web/" in path)
        for node in owner.body
        if isinstance(node, ast.FunctionDef) and is_told(node, owner) and not ast.get_docstring(node)
    ]
    assert silent == []


def is_told(node, owner) -> bool:
    """A view, or a verb: a public method that says by whom."""
    if isinstance(owner, ast.Module):
        return any(isinstance(one, ast.Call) and name_of(one.func) == "permit" for one in node.decorator_list)
    return not node.name.startswith("_") and "by" in [argument.arg for argument in node.args.kwonlyargs]
