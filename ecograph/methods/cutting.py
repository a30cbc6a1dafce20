"""Cutting: the most that can be sent through a network, and the arcs that keep it from being more."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import dinic

Rows = tuple[NDArray[np.int64], NDArray[np.int32]]
Amounts = NDArray[np.float64]

DIGITS = 6
EXACT = 2.0**53
ROUNDING = 1e-14
"""Share of an amount that sums of decimals may be off by."""


@dataclass(frozen=True, eq=False)
class Cut:
    """A maximum flow and the minimum cut nearest to its sources.

    Parameters
    ----------
    value : float
        What arrives: the sum of the capacities of the cut.
    flows : float64 (arcs)
        What each arc carries, nothing both ways between two nodes.
    arcs : bool (arcs)
        Which arcs make the cut.
    """

    value: float
    flows: Amounts
    arcs: NDArray[np.bool_]


def maximum_flow(rows: Rows, capacities: Amounts, sources: NDArray[np.bool_], sinks: NDArray[np.bool_]) -> Cut:
    """Send as much as possible from sources to sinks.

    Parameters
    ----------
    rows : pair of arrays
        Pointers (n + 1) and targets of the arcs, by source, then target.
    capacities : float64 (arcs)
        The most each arc can carry, finite and not negative.
    sources, sinks : bool (n)
        Where it starts and where it ends; no node is both.

    Returns
    -------
    Cut
        Exact where the capacities are decimals of up to six digits after the point whose sum, without the point, is
        below 2^53; else to the rounding of floats.

    Examples
    --------
    >>> rows = np.array([0, 2, 3, 3]), np.array([1, 2, 2], np.int32)
    >>> ends = np.array([True, False, False]), np.array([False, False, True])
    >>> found = maximum_flow(rows, np.array([0.3, 0.1, 0.2]), *ends)
    >>> found.value, found.flows.tolist(), found.arcs.tolist()
    (0.3, [0.2, 0.1, 0.2], [False, True, True])
    """
    n = len(sources)
    scale = _scale(capacities)
    limits = np.rint(capacities * scale) if scale else capacities
    ends = (np.flatnonzero(side).astype(np.int32) for side in (sources, sinks))
    sent, reached = dinic.flow(*rows, limits, n, *ends)
    tails = np.repeat(np.arange(n), np.diff(rows[0]))
    sent -= _returned(tails, rows[1], sent, n)
    inside = reached.astype(np.bool_)
    arcs = inside[tails] & ~inside[rows[1]] & (capacities > 0)
    value = float(limits[arcs].sum()) / (scale or 1.0)
    return Cut(value, np.where(sent == limits, capacities, sent / (scale or 1.0)), arcs)


def _returned(tails: NDArray[np.int64], heads: NDArray[np.int32], sent: Amounts, n: int) -> Amounts:
    """What each arc carries that the arc the other way carries back."""
    codes, wanted = tails * n + heads, heads.astype(np.int64) * n + tails
    used = np.flatnonzero(sent > 0)
    places = np.minimum(np.searchsorted(codes, wanted[used]), max(len(codes) - 1, 0))
    both = (codes[places] == wanted[used]) & (heads[used] != tails[used])
    back = np.zeros(len(sent))
    back[used[both]] = np.minimum(sent[used[both]], sent[places[both]])
    return back


def _scale(amounts: Amounts) -> float:
    """Least power of ten that makes all amounts whole; 0 where none does, or the whole numbers were too large."""
    for digits in range(DIGITS + 1):
        scale = 10.0**digits
        whole = np.rint(amounts * scale)
        if (np.abs(whole / scale - amounts) <= ROUNDING * amounts).all():
            return scale if whole.sum() < EXACT else 0.0
    return 0.0
