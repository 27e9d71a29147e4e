"""Lots: who comes first among equals, the same in every run and no advantage of a low number."""

import numpy as np

_STEP, _FIRST, _SECOND = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB))


def lots(ones: np.ndarray, others: np.ndarray, *, among: int, seed: int = 0) -> np.ndarray:
    """A number below `among` (int64) for each pair of keys: splitmix64 of the one, mixed with the other.

    A hash that is linear in both keys would not break ties: a swap between two pairs would leave its sum the same.
    """
    first = _mixed(ones.astype(np.uint64) ^ np.uint64(seed))
    return (_mixed(first ^ others.astype(np.uint64)) % np.uint64(among)).astype(np.int64)


def _mixed(keys: np.ndarray) -> np.ndarray:
    """Splitmix64, in numbers that wrap."""
    z = keys + _STEP
    z = (z ^ (z >> np.uint64(30))) * _FIRST
    z = (z ^ (z >> np.uint64(27))) * _SECOND
    return z ^ (z >> np.uint64(31))
