"""Tables of counts: how two classifications go together."""

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError

LEVEL = 0.95
FEWEST, MOST_CELLS, LARGEST_TABLE = 100, 100_000_000, 10_000_000


def crossed(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    shape: tuple[int, int],
    amounts: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """How often, or with what amount, each row goes with each column.

    Parameters
    ----------
    rows, columns : int64 (observations)
        Row and column of each observation; one with -1 is left out.
    shape : pair of int
        How many rows and columns there are.
    amounts : float64 (observations), optional
        What each observation adds; 1 if not given.

    Returns
    -------
    float64 (rows, columns)
        Counts or amounts.

    Raises
    ------
    ParameterError
        If the table has more than 10 million cells.
    """
    if shape[0] * shape[1] > LARGEST_TABLE:
        raise ParameterError(
            f"by: {shape[0]:,} by {shape[1]:,} cells are more than {LARGEST_TABLE:,}; give labels of fewer groups"
        )
    known = (rows >= 0) & (columns >= 0)
    places = rows[known] * shape[1] + columns[known]
    added = np.ones(len(places)) if amounts is None else amounts[known]
    totals = np.bincount(places, weights=added, minlength=shape[0] * shape[1])
    return totals.astype(np.float64).reshape(shape)


def expected(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """What each cell would hold if rows and columns were independent; tables stand in the last two axes.

    Parameters
    ----------
    counts : float64 (..., rows, columns)
        Counts.

    Returns
    -------
    float64 (..., rows, columns)
        Row total times column total over the total; 0 in an empty table.
    """
    totals = counts.sum(axis=(-2, -1), keepdims=True)
    rows, columns = counts.sum(axis=-1, keepdims=True), counts.sum(axis=-2, keepdims=True)
    return np.asarray(rows / np.where(totals, totals, 1.0) * columns, np.float64)


def location_quotients(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Count over the count expected, cell by cell; NaN where nothing is expected.

    Parameters
    ----------
    counts : float64 (..., rows, columns)
        Counts.

    Returns
    -------
    float64 (..., rows, columns)
        Above 1 where a row has more of a column than the whole has.
    """
    awaited = expected(counts)
    quotients = np.full(counts.shape, np.nan)
    np.divide(counts, awaited, out=quotients, where=awaited > 0)
    return quotients


def chi_squares(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pearson's chi-square of each table, without a correction for continuity.

    Parameters
    ----------
    counts : float64 (..., rows, columns)
        Counts.

    Returns
    -------
    float64 (...)
        Sum of (count - expected)^2 / expected over the cells where something is expected.
    """
    awaited = expected(counts)
    parts = np.zeros(counts.shape)
    np.divide((counts - awaited) ** 2, awaited, out=parts, where=awaited > 0)
    return np.asarray(parts.sum(axis=(-2, -1)), np.float64)


def resampled(counts: NDArray[np.int64], resamples: int, seed: int) -> NDArray[np.float64]:
    """Tables of as many observations, drawn with replacement from those of a table.

    Parameters
    ----------
    counts : int64 (rows, columns)
        The table; it holds at least one observation.
    resamples : int
        How many tables to draw: 0, or at least 100.
    seed : int
        Seed of the draws, 0 or more.

    Returns
    -------
    float64 (resamples, rows, columns)
        The tables.

    Raises
    ------
    ParameterError
        If all tables together have more than 100 million cells.
    """
    if resamples * counts.size > MOST_CELLS:
        raise ParameterError(
            f"resamples={resamples} of {counts.size:,} cells need more than {MOST_CELLS:,} numbers; "
            f"give at most {MOST_CELLS // counts.size:,}, or 0 for no interval"
        )
    total = int(counts.sum())
    draws = np.random.default_rng(seed).multinomial(total, counts.ravel() / total, size=resamples)
    return draws.reshape(resamples, *counts.shape).astype(np.float64)


def checked_draws(resamples: int, seed: int) -> None:
    """Refuse numbers of resamples and seeds that have no meaning.

    Raises
    ------
    ParameterError
        If there are fewer than 100 resamples but some, or the seed is below 0.
    """
    if resamples and resamples < FEWEST:
        raise ParameterError(f"resamples={resamples}; give at least {FEWEST}, or 0 for no interval")
    if seed < 0:
        raise ParameterError(f"seed={seed}; it must be at least 0")


def interval(values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middle 95 % of resampled values along the first axis, leaving out the missing ones.

    Parameters
    ----------
    values : float64 (resamples, ...)
        One entry a resample; each place has at least one that is not missing.

    Returns
    -------
    low : float64 (...)
        The 2.5 % quantile.
    high : float64 (...)
        The 97.5 % quantile.
    """
    tail = (1 - LEVEL) / 2
    low, high = np.nanquantile(values, [tail, 1 - tail], axis=0)
    return np.asarray(low, np.float64), np.asarray(high, np.float64)
