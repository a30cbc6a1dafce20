"""Ranks within groups."""

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-12


def ranks(values: NDArray[np.float64], groups: NDArray[np.integer]) -> NDArray[np.int64]:
    """Rank of each value among those of its group, 1 for the largest; equal values share the smaller rank.

    Parameters
    ----------
    values : float64 (n)
        Values; those that differ by less than 1e-12 of them are equal.
    groups : int (n)
        Group of each value.

    Returns
    -------
    int64 (n)
        Ranks from 1; 0 where the value is NaN.
    """
    found = np.zeros(len(values), np.int64)
    order = np.argsort(-values)
    order = order[np.argsort(groups[order], kind="stable")]
    order = order[~np.isnan(values[order])]
    if not len(order):
        return found
    sorted_values, sorted_groups = values[order], groups[order]
    begins = np.append(True, sorted_groups[1:] != sorted_groups[:-1])
    before = sorted_values[:-1]
    lower = sorted_values[1:] < before - np.where(np.isinf(before), 0.0, ROUNDING * np.abs(before))
    places = np.arange(len(order))
    starts = np.maximum.accumulate(np.where(begins, places, 0))
    firsts = np.maximum.accumulate(np.where(begins | np.append(True, lower), places, 0))
    found[order] = firsts - starts + 1
    return found
