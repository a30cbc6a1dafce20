"""Entropies of coded units."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray


def joint_entropies(presence: NDArray[np.bool_]) -> dict[tuple[int, ...], float]:
    """Shannon entropy, in bits, of every non-empty set of rows taken together.

    Parameters
    ----------
    presence : bool (rows, units)
        Whether each feature is present in each unit.

    Returns
    -------
    dict of tuple of int to float
        Entropy by the numbers of the rows; 0 where there are no units.
    """
    rows = range(len(presence))
    subsets = [subset for size in rows for subset in combinations(rows, size + 1)]
    return {subset: _entropy(presence[list(subset)]) for subset in subsets}


def _entropy(presence: NDArray[np.bool_]) -> float:
    if not presence.shape[1]:
        return 0.0
    codes = 2 ** np.arange(len(presence)) @ presence
    counts = np.bincount(codes)
    shares = counts[counts > 0] / presence.shape[1]
    return max(0.0, -float((shares * np.log2(shares)).sum()))
