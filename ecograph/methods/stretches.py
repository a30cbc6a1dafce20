"""Stretches: spans of one owner that leave no gap between them."""

import numpy as np
from numpy.typing import NDArray

FURTHEST = 1 << 22
"""Days further from 1970 than any date; open ends lie there."""


def stretches(owners: NDArray[np.integer], starts: NDArray[np.int64], stops: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number of the uninterrupted stretch each span belongs to; numbers ascend by owner, then by time.

    Parameters
    ----------
    owners : int (n)
        Whose span it is, from 0.
    starts, stops : int64 (n)
        First day, and first day no longer; a span that starts on the day another one stops goes on with it.

    Returns
    -------
    int64 (n)
        From 0, without gaps; two spans have the same number where their owner had one at every time between them.
    """
    first, last = (np.clip(days, -FURTHEST, FURTHEST) for days in (starts, stops))
    order = np.lexsort((last, first, owners))
    mine = owners[order].astype(np.int64)
    # an owner's days lie beyond those of the owners before, so one running maximum serves all
    shift = 4 * FURTHEST * mine
    reached = np.maximum.accumulate(last[order] + shift) - shift
    broken = np.ones(len(order), np.bool_)
    broken[1:] = (mine[1:] != mine[:-1]) | (first[order][1:] > reached[:-1])
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(broken) - 1
    return numbers
