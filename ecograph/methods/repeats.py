"""Repeats: how much of one period's ties stood in the period before."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


class Repeats(NamedTuple):
    """Ties of each period beside those of the period before; nothing stands before the first.

    Parameters
    ----------
    ties : int64 (periods)
        Pairs that are tied.
    repeated : int64 (periods)
        Of these, those tied in the period before too.
    nodes : int64 (periods)
        Nodes with a tie in the period or in the one before; 0 in the first period.
    persistence : float64 (periods)
        Mean over them of the Jaccard similarity of their neighbours in the two periods; NaN where there are none, and
        in the first period.
    """

    ties: Numbers
    repeated: Numbers
    nodes: Numbers
    persistence: NDArray[np.float64]


def repeats(ones: Numbers, others: Numbers, starts: Numbers, stops: Numbers, shape: tuple[int, int]) -> Repeats:
    """Compare each period's ties with those of the period before.

    Parameters
    ----------
    ones, others : int64 (ties)
        Ends of each tie, in either order; several ties of one pair are one while they overlap or follow each other.
    starts, stops : int64 (ties)
        Number of the first period, and of the first period no longer, which is later.
    shape : pair of int
        How many nodes and periods there are.

    Returns
    -------
    Repeats
        One entry a period.

    Examples
    --------
    >>> found = repeats(np.array([0, 1]), np.array([1, 2]), np.array([0, 1]), np.array([2, 2]), (3, 2))
    >>> found.ties.tolist(), found.repeated.tolist(), found.persistence.round(2).tolist()
    ([1, 2], [0, 1], [nan, 0.5])
    """
    n_nodes, n_periods = shape
    counts = stops - starts
    rows = np.repeat(np.arange(len(ones)), counts)
    periods = starts[rows] + np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    width = n_periods + 1
    # a pair in a period is one number, and the same pair a period later is that number and one more
    pairs = np.minimum(ones, others) * n_nodes + np.maximum(ones, others)
    keys = np.unique(pairs[rows] * width + periods)
    again = np.diff(keys, prepend=-2) == 1
    tied, when = keys // width, keys % width
    cells = np.concatenate([end * width + when for end in np.divmod(tied, max(n_nodes, 1))])
    places, degrees = np.unique(cells, return_counts=True)
    met = np.unique(np.concatenate([places, places + 1]))
    met = met[(met % width > 0) & (met % width < n_periods)]
    shared = _counted(met, *np.unique(cells[np.tile(again, 2)], return_counts=True))
    either = _counted(met, places, degrees) + _counted(met, places + 1, degrees) - shared
    nodes = np.bincount(met % width, minlength=n_periods)
    sums = np.bincount(met % width, shared / either, n_periods)
    return Repeats(
        np.bincount(when, minlength=n_periods),
        np.bincount(when[again], minlength=n_periods),
        nodes,
        np.divide(sums, nodes, out=np.full(n_periods, np.nan), where=nodes > 0),
    )


def _counted(wanted: Numbers, keys: Numbers, counts: Numbers) -> Numbers:
    """Count of each key wanted; 0 of one that has none."""
    places = np.searchsorted(keys, wanted)
    found = np.append(keys, -1)[places] == wanted
    return np.where(found, np.append(counts, 0)[places], 0)
