"""Stays: from which period to which somebody is there without interruption, and how many are in each period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Sizes = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stays:
    """Uninterrupted stays of members at units, by unit, then member, then time; no two of one pair touch.

    Parameters
    ----------
    units, members : int64 (stays)
        Where, and who.
    starts, stops : int64 (stays)
        Number of the first period, and of the first period no longer.
    """

    units: Numbers
    members: Numbers
    starts: Numbers
    stops: Numbers

    @property
    def firsts(self) -> NDArray[np.bool_]:
        """Which stays are the first of their member at their unit."""
        return np.asarray((np.diff(self.units, prepend=-1) != 0) | (np.diff(self.members, prepend=-1) != 0))


def stays(
    units: NDArray[np.integer], members: NDArray[np.integer], starts: NDArray[np.integer], stops: NDArray[np.integer]
) -> Stays:
    """Join what overlaps or follows without a gap.

    Parameters
    ----------
    units, members : int (n)
        Where, and who, from 0.
    starts, stops : int (n)
        Number of the first period, from 0, and of the first period no longer, which is later.

    Returns
    -------
    Stays
        The stays.

    Examples
    --------
    >>> found = stays(np.zeros(3, int), np.zeros(3, int), np.array([0, 1, 5]), np.array([2, 4, 6]))
    >>> found.starts.tolist(), found.stops.tolist()
    ([0, 5], [4, 6])
    """
    n_members, width = int(members.max(initial=0)) + 1, int(stops.max(initial=0)) + 1
    pairs = units.astype(np.int64) * n_members + members
    keys = pairs * width + starts
    order = np.argsort(keys)
    # the periods of a pair lie beyond those of the pairs before, so one running maximum serves all
    firsts, reached = keys[order], np.maximum.accumulate((pairs * width + stops)[order])
    heads = np.ones(len(order), np.bool_)
    heads[1:] = (firsts[1:] > reached[:-1]) | (np.diff(firsts // width) > 0)
    begun = firsts[heads]
    ended = reached[np.append(heads[1:], True)[: len(heads)]]
    mine = begun // width
    return Stays(mine // n_members, mine % n_members, begun % width, ended - mine * width)


def present(units: Numbers, starts: Numbers, stops: Numbers, shape: tuple[int, int]) -> NDArray[np.int64]:
    """How many last in each period of each unit.

    Parameters
    ----------
    units, starts, stops : int64 (n)
        Unit, number of the first period, and of the first period no longer.
    shape : pair of int
        How many units and periods there are.

    Returns
    -------
    int64 (units, periods)
        Counts.
    """
    n_units, n_periods = shape
    width = n_periods + 1
    steps = np.bincount(units * width + starts, minlength=n_units * width)
    steps -= np.bincount(units * width + stops, minlength=n_units * width)
    return np.cumsum(steps.reshape(n_units, width), axis=1)[:, :n_periods]


def turnover(found: Stays, shape: tuple[int, int]) -> tuple[Sizes, Sizes]:
    """How many enter each unit in each period, and how many leave it; unknown in the first period.

    Parameters
    ----------
    found : Stays
        The stays.
    shape : pair of int
        How many units and periods there are.

    Returns
    -------
    entering : float64 (units, periods)
        Who is there and was not in the period before; NaN in the first.
    leaving : float64 (units, periods)
        Who was there in the period before and no longer is; NaN in the first. The members of a period are those of the
        one before, with who enters and without who leaves.
    """
    n_units, n_periods = shape
    width = n_periods + 1
    flows = []
    for moments in (found.starts, found.stops):
        counts = np.bincount(found.units * width + moments, minlength=n_units * width).astype(np.float64)
        cells = counts.reshape(n_units, width)[:, :n_periods]
        cells[:, :1] = np.nan
        flows.append(cells)
    return flows[0], flows[1]


def spread(
    units: Numbers, starts: Numbers, stops: Numbers, amounts: Sizes, edges: Numbers, n_units: int
) -> NDArray[np.float64]:
    """Amounts divided evenly over the days of their spans, added up by unit and period.

    Parameters
    ----------
    units : int64 (n)
        Unit of each amount.
    starts, stops : int64 (n)
        First day, and first day no longer, which is later.
    amounts : float64 (n)
        Amounts.
    edges : int64 (periods + 1)
        First day of each period, and of the one after the last; what lies outside counts in none.
    n_units : int
        How many units there are.

    Returns
    -------
    float64 (units, periods)
        Sums.
    """
    firsts = np.searchsorted(edges, np.maximum(starts, edges[0]), "right") - 1
    counts = np.maximum(np.searchsorted(edges, np.minimum(stops, edges[-1]), "left") - firsts, 0)
    rows = np.repeat(np.arange(len(units)), counts)
    periods = firsts[rows] + np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    days = np.minimum(stops[rows], edges[periods + 1]) - np.maximum(starts[rows], edges[periods])
    parts = amounts[rows] * days / (stops - starts)[rows]
    n_periods = len(edges) - 1
    sums = np.bincount(units[rows] * n_periods + periods, parts, n_units * n_periods)
    return sums.astype(np.float64).reshape(n_units, n_periods)
