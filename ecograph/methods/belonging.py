"""Who belongs to which place while something lasts, and which rows are a place's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
FIRST, LAST = np.iinfo(np.int64).min, np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Belonging:
    """Who belongs to which place, and when.

    Parameters
    ----------
    members : int64 (belongings)
        Position of the member.
    places : int64 (belongings)
        Number of the place, from 0.
    starts, stops : int64 (belongings)
        First day, and first day no longer.
    """

    members: Numbers
    places: Numbers
    starts: Numbers
    stops: Numbers

    @classmethod
    def always(cls, members: Numbers) -> Self:
        """Each member to a place of its own, at all times: the places themselves."""
        n = len(members)
        return cls(members, np.arange(n), np.full(n, FIRST), np.full(n, LAST))

    @classmethod
    def through(
        cls, houses: NDArray[np.integer], members: NDArray[np.integer], spans: tuple[Numbers, Numbers], places: Numbers
    ) -> Self:
        """Members by rows whose other end is a place.

        Parameters
        ----------
        houses, members : int (rows)
            Positions of the two ends of each row.
        spans : pair of int64 (rows)
            First day of each row, and first day no longer.
        places : int64 (places)
            Positions of the places; a row whose house is none of them is left out.

        Returns
        -------
        Belonging
            One entry a row that is left.
        """
        rows, numbers = matched(houses, places)
        return cls(members[rows].astype(np.int64), numbers, spans[0][rows], spans[1][rows])

    def __or__(self, other: "Belonging") -> "Belonging":
        """Who belongs in either way."""
        parts = zip(vars(self).values(), vars(other).values(), strict=True)
        return Belonging(*(np.concatenate(pair) for pair in parts))

    def pairs(self, ends: NDArray[np.integer], starts: Numbers, stops: Numbers) -> tuple[Numbers, Numbers]:
        """Rows and the places their ends belong to at some time while the row lasts; a pair may come twice.

        Parameters
        ----------
        ends : int (rows)
            Position of an end of each row.
        starts, stops : int64 (rows)
            First day of each row, and first day no longer.

        Returns
        -------
        int64 (pairs)
            Numbers of the rows.
        int64 (pairs)
            Numbers of their places.
        """
        rows, found = matched(ends, self.members)
        meets = (starts[rows] < self.stops[found]) & (self.starts[found] < stops[rows])
        return rows[meets], self.places[found[meets]]


def matched(keys: NDArray[np.integer], others: NDArray[np.integer]) -> tuple[Numbers, Numbers]:
    """Every pair of an entry and an equal entry of another array.

    Parameters
    ----------
    keys, others : int (n), int (m)
        What is compared.

    Returns
    -------
    int64 (pairs), int64 (pairs)
        Places in ``keys``, ascending, and in ``others``.
    """
    order = np.argsort(others, kind="stable")
    first = np.searchsorted(others, keys, "left", sorter=order)
    counts = np.searchsorted(others, keys, "right", sorter=order) - first
    rows = np.repeat(np.arange(len(keys)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, order[np.repeat(first, counts) + within].astype(np.int64)


def distinct(pairs: Sequence[tuple[Numbers, Numbers]], places: int) -> tuple[Numbers, Numbers]:
    """Rows and their places without repetition: a row that is a place's in several ways is so once.

    Parameters
    ----------
    pairs : sequence of (int64, int64)
        Rows and their places.
    places : int
        How many places there are.

    Returns
    -------
    int64 (pairs)
        Numbers of the rows, ascending.
    int64 (pairs)
        Numbers of their places, ascending within a row.
    """
    codes = np.unique(np.concatenate([np.empty(0, np.int64), *(rows * places + found for rows, found in pairs)]))
    return codes // max(places, 1), codes % max(places, 1)


def lasting(starts: Numbers, stops: Numbers, moments: Numbers) -> tuple[Numbers, Numbers]:
    """First day, and first day no longer, of rows that are spans or moments; a moment lasts its day.

    Parameters
    ----------
    starts, stops : int64 (rows)
        Of spans; the least and the greatest number where an end is open, or the rows are moments.
    moments : int64 (rows)
        Days of moments; the least number where there is none.

    Returns
    -------
    int64 (rows)
        First day of each row.
    int64 (rows)
        First day no longer.
    """
    happened = moments > FIRST
    return np.where(happened, moments, starts), np.where(happened, moments + happened, stops)
