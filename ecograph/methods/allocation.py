"""Allocation: which demand each delivery goes to, and what is delivered within a span."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.belonging import matched

Numbers = NDArray[np.int64]
Amounts = NDArray[np.float64]

SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
UNFILLED = np.iinfo(np.int64).max
ROUNDING = 1e-9
"""Share of an amount that may be missing, or left, by the rounding of sums and conversions."""


@dataclass(frozen=True, eq=False)
class Claims:
    """Demands or supplies.

    Parameters
    ----------
    numbers : int64 (claims)
        Number, from 0, of who claims what.
    starts, stops : int64 (claims)
        First day, and first day no longer.
    amounts : float64 (claims)
        How much.
    """

    numbers: Numbers
    starts: Numbers
    stops: Numbers
    amounts: Amounts


@dataclass(frozen=True, eq=False)
class Deliveries:
    """What was delivered.

    Parameters
    ----------
    numbers : int64 (deliveries)
        Number, from 0, of who took or gave what, as the claims have it.
    days : int64 (deliveries)
        Day of each.
    amounts : float64 (deliveries)
        How much.
    """

    numbers: Numbers
    days: Numbers
    amounts: Amounts


@dataclass(frozen=True, eq=False)
class Allocation:
    """What came for each demand.

    Parameters
    ----------
    places : int64 (deliveries)
        The demand each delivery goes to; -1 for none.
    fulfilled : float64 (demands)
        What came for each demand, at most its amount, and exactly that where it was filled whole.
    filled : int64 (demands)
        Day on which each demand was filled whole; ``UNFILLED`` where it was not.
    """

    places: Numbers
    fulfilled: Amounts
    filled: Numbers

    @property
    def whole(self) -> NDArray[np.bool_]:
        """Whether each demand was filled whole."""
        return np.not_equal(self.filled, UNFILLED)


def allocated(demands: Claims, deliveries: Deliveries) -> Allocation:
    """Give each delivery, by day, to the earliest-started open unfilled demand for it.

    A delivery is never split: what is too much for its demand is left over.

    Parameters
    ----------
    demands : Claims
        Of demands that start on one day the first is served first; a demand of nothing is filled on its first day.
    deliveries : Deliveries
        Of deliveries of one day the first goes first.

    Returns
    -------
    Allocation
        Places, amounts and days.
    """
    queue = np.lexsort((demands.starts, demands.numbers))
    line = np.lexsort((deliveries.days, deliveries.numbers))
    line = line[np.isin(deliveries.numbers[line], demands.numbers)]
    needed = demands.amounts * (1 - ROUNDING)
    waiting = [column[queue].tolist() for column in (demands.starts, demands.stops, needed)]
    fronts, ends = (np.searchsorted(demands.numbers[queue], deliveries.numbers[line], side) for side in SIDES)
    arriving = [column.tolist() for column in (fronts, ends, deliveries.days[line], deliveries.amounts[line])]
    found, sums = _swept(waiting, arriving)
    places, came = np.full(len(deliveries.days), -1), np.empty(len(needed))
    places[line], came[queue] = np.where(found >= 0, queue[found], -1), sums
    filled, given = np.where(needed > 0, np.iinfo(np.int64).min, demands.starts), places >= 0
    np.maximum.at(filled, places[given], deliveries.days[given])
    whole = came >= needed
    return Allocation(places, np.where(whole, demands.amounts, came), np.where(whole, filled, UNFILLED))


def missed(demands: Claims, deliveries: Deliveries, givers: Numbers) -> tuple[Numbers, Numbers, Amounts]:
    """Demands that are filled whole, and would not be if a giver had delivered nothing.

    Parameters
    ----------
    demands : Claims
        The demands.
    deliveries : Deliveries
        The deliveries.
    givers : int64 (deliveries)
        Number, from 0, of who delivered.

    Returns
    -------
    givers : int64 (losses)
        Ascending.
    places : int64 (losses)
        The demand, ascending for each giver.
    amounts : float64 (losses)
        What it would be short of, once the other deliveries are given out anew.
    """
    width = int(givers.max(initial=0)) + 1
    codes = np.unique(deliveries.numbers * width + givers)
    queues, gone = codes // width, codes % width
    lines, places = matched(queues, demands.numbers)
    lots, sent = matched(queues, deliveries.numbers)
    kept = givers[sent] != gone[lots]
    lots, sent = lots[kept], sent[kept]
    left = allocated(
        Claims(lines, demands.starts[places], demands.stops[places], demands.amounts[places]),
        Deliveries(lots, deliveries.days[sent], deliveries.amounts[sent]),
    )
    rows = np.flatnonzero(allocated(demands, deliveries).whole[places] & ~left.whole)
    rows = rows[np.lexsort((places[rows], gone[lines[rows]]))]
    return gone[lines[rows]], places[rows], demands.amounts[places[rows]] - left.fulfilled[rows]


def _swept(waiting: Sequence[Sequence[float]], arriving: Sequence[Sequence[float]]) -> tuple[Numbers, Amounts]:
    """Place in the queue that each delivery goes to, and the sum for each place.

    Demands stand by what they want, then by first day, deliveries by what they are, then by day. So the front of a
    queue only moves on: what is filled or over when a delivery comes stays so.
    """
    starts, stops, needed = waiting
    sums, places, front = [0.0] * len(starts), [], 0
    for first, last, day, size in zip(*arriving, strict=True):
        front = max(front, int(first))
        while front < last and (stops[front] <= day or sums[front] >= needed[front]):
            front += 1
        if front < last and starts[front] <= day:
            sums[front] += size
            places.append(front)
        else:
            places.append(-1)
    return np.array(places, np.int64), np.array(sums, np.float64)


def delivered(supplies: Claims, deliveries: Deliveries) -> Amounts:
    """Add up, for each supply, what was delivered of it within its span.

    Parameters
    ----------
    supplies : Claims
        The supplies.
    deliveries : Deliveries
        The deliveries.

    Returns
    -------
    float64 (supplies)
        Sums; a delivery counts for every supply whose span holds its day.
    """
    days = np.unique(deliveries.days)
    width = len(days) + 1
    moments = deliveries.numbers * width + np.searchsorted(days, deliveries.days)
    order = np.argsort(moments, kind="stable")
    firsts, lasts = (
        np.searchsorted(moments[order], supplies.numbers * width + np.searchsorted(days, ends))
        for ends in (supplies.starts, supplies.stops)
    )
    some = np.flatnonzero(firsts < lasts)
    some = some[np.argsort(firsts[some], kind="stable")]  # so that what lies between two stretches is gone over once
    sums = np.zeros(len(supplies.numbers))
    if len(some):
        stretches = np.column_stack([firsts[some], lasts[some]]).ravel()
        sums[some] = np.add.reduceat(np.append(deliveries.amounts[order], 0.0), stretches)[::2]
    return sums
