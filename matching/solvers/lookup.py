"""Finding rows again: equal keys and known pairs, by sort and binary search, without a loop over rows."""

import numpy as np

NO_PAIRS = np.empty((0, 2), np.int64)


def as_pairs(pairs) -> np.ndarray:
    """(m, 2) int64 of (key of a person or partner, id of a place), from whatever holds such pairs."""
    return np.asarray(list(pairs) if not isinstance(pairs, np.ndarray) else pairs, np.int64).reshape(-1, 2)


def rows_of(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The row of each wanted id, -1 where there is none."""
    if not len(ids):
        return np.full(len(wanted), -1)
    order = np.argsort(ids, kind="stable")
    at = np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)
    return np.where(ids[order[at]] == wanted, order[at], -1)


def among(codes: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which codes are among the wanted ones."""
    if not len(wanted) or not len(codes):
        return np.zeros(len(codes), bool)
    wanted = np.sort(wanted)
    return wanted[np.minimum(np.searchsorted(wanted, codes), len(wanted) - 1)] == codes


def spread(low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(owner, position) for each position of the ranges low … high, in order of their owners."""
    count = np.maximum(high - low, 0)
    owner = np.repeat(np.arange(len(low)), count)
    first = np.cumsum(count) - count
    return owner, np.arange(len(owner)) + np.repeat(low - first, count)


def equal(left: np.ndarray, right: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The rows of left and right that hold the same key; negative keys are unknown and equal nothing."""
    order = np.argsort(right, kind="stable")
    keys = right[order]
    low = np.searchsorted(keys, left, "left")
    high = np.where(left >= 0, np.searchsorted(keys, left, "right"), low)
    owner, at = spread(low, high)
    return owner, order[at]


def sorted_once(codes: np.ndarray) -> np.ndarray:
    """Sorted codes without repetition; `np.unique` takes ten times as long."""
    codes = np.sort(codes)
    return codes[np.r_[True, codes[1:] != codes[:-1]]] if len(codes) else codes
