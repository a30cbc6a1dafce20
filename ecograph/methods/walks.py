"""Random walks."""

import math

import numpy as np
from numpy.typing import NDArray

CHANGE = 1e-15


def visits(
    in_pointers: NDArray[np.int64],
    in_sources: NDArray[np.int32],
    strengths: NDArray[np.float64],
    damping: float,
    aims: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Share of visits of a walker that follows arcs with probability damping and else jumps.

    Parameters
    ----------
    in_pointers : int64 (n + 1)
        Start of each node's row of incoming arcs.
    in_sources : int32 (arcs)
        Source of each incoming arc.
    strengths : float64 (arcs)
        Strength of each incoming arc.
    damping : float
        Probability of following an arc, 0 <= damping < 1.
    aims : float64 (n)
        Probability of each node to be jumped to, sum 1.

    Returns
    -------
    float64 (n)
        Shares with sum 1.
    """
    from scipy.sparse import csr_array

    n = len(in_pointers) - 1
    if n == 0:
        return np.empty(0)
    sent = np.bincount(in_sources, weights=strengths, minlength=n)
    dangling = np.flatnonzero(sent == 0)
    factors = np.zeros(n)
    np.divide(damping, sent, out=factors, where=sent > 0)
    arrivals = csr_array((strengths, in_sources, in_pointers), shape=(n, n))
    shares = aims
    for _ in range(_steps(damping)):
        fresh = arrivals @ (shares * factors)
        fresh += (damping * shares[dangling].sum() + 1.0 - damping) * aims
        fresh /= fresh.sum()
        change = np.abs(fresh - shares).max()
        shares = fresh
        if change < CHANGE / n:
            break
    return shares


def _steps(damping: float) -> int:
    """Steps after which what is left of the start is below the precision of a float."""
    return 1 if damping == 0 else math.ceil(-math.log(1e-17) / -math.log(damping)) + 1
