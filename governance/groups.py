"""Which needs say the same across a community: one category, words alike, three or more. Rows in, groups out."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from .alike import SHARED, pairs, share

LEAST = 3  # needs of a group


def groups(needs: Sequence[Any], least: int = LEAST) -> list[list[Any]]:
    """The groups among needs (`category_id`, `said`), the largest first; a need is in one group at most.

    Two belong together when a fifth of the shorter text is in the other; what is tied to one is tied to all of it.
    """
    words = [pairs(need.said) for need in needs]
    leader = list(range(len(needs)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    for one, other in combinations(range(len(needs)), 2):
        same = needs[one].category_id == needs[other].category_id
        if same and find(one) != find(other) and share(words[one], words[other]) >= SHARED:
            leader[find(other)] = find(one)
    found: dict[int, list[Any]] = {}
    for number, need in enumerate(needs):
        found.setdefault(find(number), []).append(need)
    return sorted((group for group in found.values() if len(group) >= least), key=lambda group: -len(group))
