"""What a sheet of partners would change: each row is judged against who is registered, with the rights of `by`."""

from typing import Any

from communities.person import Person
from kernel.i18n import joined
from kernel.sheet_import import shown
from kernel.text import masked_phone

from .judge import Judge, Plan
from .known import known
from .sheet import TAKEN, Partners

CHANGES = 50  # that are shown one by one


def plan(partners: Partners, by) -> Plan:
    """Compare the rows with what is stored. An empty cell leaves a known fact alone; partners not named stay."""
    found = Plan(known(partners, by), list(partners.sheet.problems))
    judge = Judge(partners, found, by)
    for given in partners.rows:
        judge.judge(given)
    found.problems.sort(key=lambda problem: problem.row)
    return found


def look(found: Plan) -> dict[str, Any]:
    """What it would do, in words and numbers: the first rows one by one; people as masked numbers."""
    new = [[row.given["name"], str(row.kind.label), row.place.name, masked(row.people)] for row in found.new[:CHANGES]]
    changes = [
        [
            found.known.partners[row.id].name,
            [[str(TAKEN[key]), old, now] for key, (old, now) in row.told.items()],
            masked(row.people),
        ]
        for row in found.changed[:CHANGES]
    ]
    counts = {"new": len(found.new), "changed": len(found.changed), "unchanged": found.unchanged}
    writes = counts["new"] + counts["changed"]
    return counts | {"added": new, "changes": changes, "writes": writes} | shown(found.problems)


def masked(people: list[Person]) -> str:
    """Whose numbers were typed, as far as a list shows them."""
    return joined(masked_phone(person.phone or "") for person in people)
