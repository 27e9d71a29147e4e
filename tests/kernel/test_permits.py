"""Who may do what is one table: any reason suffices, none means no, an unknown action is a bug."""

from types import SimpleNamespace

import pytest
from flask import g

from kernel.cli import show_permits
from kernel.permits import RULES, allowed, anyone, check, may, rules, signed_in

NOBODY, SOMEBODY = SimpleNamespace(id=None), SimpleNamespace(id=1)


def never(person, subject) -> bool:
    """Not even to the owner."""
    return False


def owner(person, subject) -> bool:
    """It is his."""
    return person.id == subject


@pytest.fixture(autouse=True)
def empty_table():
    kept = dict(RULES)
    RULES.clear()
    yield
    RULES.clear()
    RULES.update(kept)


def test_any_reason_suffices_and_none_means_no():
    rules({"thing:see": [never, anyone], "thing:take": [never, owner], "thing:eat": []})
    assert allowed(NOBODY, "thing:see")
    assert allowed(SOMEBODY, "thing:take", 1)
    assert not allowed(SOMEBODY, "thing:take", 2)
    assert not allowed(SOMEBODY, "thing:eat", 1)


def test_signed_in_is_whoever_has_an_account():
    rules({"thing:see": [signed_in]})
    assert allowed(SOMEBODY, "thing:see")
    assert not allowed(NOBODY, "thing:see")


def test_an_unknown_action_is_a_bug():
    with pytest.raises(KeyError):
        allowed(SOMEBODY, "thing:fly")


def test_an_action_has_one_home_and_may_be_read_twice():
    table = {"thing:see": [anyone]}
    rules(table)
    rules(table)
    with pytest.raises(ValueError, match="thing:see"):
        rules({"thing:see": [anyone]})


def test_templates_ask_for_whoever_asks(paper):
    rules({"thing:take": [owner]})
    g.person = SOMEBODY
    assert may("thing:take", 1)
    assert not may("thing:take", 2)


def test_a_site_with_a_view_that_names_no_rule_does_not_start(paper):
    def view():
        """Nothing."""

    view.permit = "thing:see"
    paper.add_url_rule("/thing", view_func=view)
    with pytest.raises(LookupError, match="thing:see"):
        check(paper)
    rules({"thing:see": [anyone]})
    check(paper)


def test_the_table_can_be_printed(paper):
    rules({"thing:take": [never, owner], "thing:see": [anyone]})
    paper.cli.add_command(show_permits)
    printed = paper.test_cli_runner().invoke(args=["permits"]).output
    assert printed.splitlines() == ["thing:see   anyone", "thing:take  never, owner"]
