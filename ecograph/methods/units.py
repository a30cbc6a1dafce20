"""Units that amounts are brought into, so that they may be compared."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.int64]


def commonest(groups: Codes, units: Codes, steps: Sequence[tuple[int, int]], n_units: int) -> Codes:
    """By row: the unit that most rows of its group have, or can be put into by one step.

    Parameters
    ----------
    groups : int64 (rows)
        Number of the group of each row.
    units : int64 (rows)
        Number of the unit of each row.
    steps : sequence of (int, int)
        Units that can be put into another one, each with the other.
    n_units : int
        How many units there are.

    Returns
    -------
    int64 (rows)
        Number of the unit of the row's group; of several the one that most rows have already, then the first.
    """
    if not len(groups):
        return groups
    own = groups * n_units + units
    chosen = [own, *(groups[units == one] * n_units + to for one, to in steps if one != to)]
    pairs, places = np.unique(np.concatenate(chosen), return_inverse=True)
    times, already = np.bincount(places), np.bincount(places[: len(own)], minlength=len(pairs))
    order = np.lexsort((pairs, -already, -times, pairs // n_units))
    _, first = np.unique(pairs[order] // n_units, return_index=True)
    _, numbers = np.unique(groups, return_inverse=True)
    return np.asarray(pairs[order][first][numbers] % n_units)
