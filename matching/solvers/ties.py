"""Which of two equally good plans is taken: a hash of who and where, so that runs repeat and nobody is always first.

A hash that is linear in both ids breaks no tie: the sum over two pairs stays the same when they change partners.
"""

import numpy as np

TIES = 1024


def splitmix64(values: np.ndarray) -> np.ndarray:
    """The finaliser of SplitMix64 (Steele, Lea, Flood 2014), uint64."""
    with np.errstate(over="ignore"):
        mixed = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return mixed ^ (mixed >> np.uint64(31))


def ties(keys: np.ndarray, ids: np.ndarray, seed: int = 0) -> np.ndarray:
    """A number below `TIES` for each pair of a key and an id, int64."""
    first = splitmix64(keys.astype(np.uint64) ^ np.uint64(seed))
    return (splitmix64(first ^ ids.astype(np.uint64)) % np.uint64(TIES)).astype(np.int64)
