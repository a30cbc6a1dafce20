"""How strongly two classifications go together, in one table."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.contingency import chi_squares, interval, resampled

NOTHING = dict.fromkeys(("cramers_v", "low", "high", "plain_v", "chi_square", "p"), float("nan"))


def association_of(counts: NDArray[np.int64], resamples: int, seed: int) -> dict[str, float]:
    """Chi-square test and Cramer's V, plain and without its bias, of a table of counts.

    Parameters
    ----------
    counts : int64 (rows, columns)
        The table; rows and columns without observations are left out.
    resamples : int
        How many tables to draw for the interval; 0 for none.
    seed : int
        Seed of the draws.

    Returns
    -------
    dict of str to float
        By name: chi_square, degrees_of_freedom, p, plain_v; cramers_v without bias, with the low and high end of its
        95 % interval; observations, rows, columns. NaN where there are fewer than two rows or columns; cramers_v, low
        and high also where every observation has a row or column of its own.

    Notes
    -----
    phi2 = chi2 / n grows by b = (r - 1)(c - 1) / (n - 1) where nothing is there, so Bergsma (2013) takes max(0, phi2 -
    b) over min(r', c') - 1, with k' = k - (k - 1)^2 / (n - 1). Drawing again from the table adds b a second time: the
    quantiles of the draws are lowered by 2 b.
    """
    from scipy.special import chdtrc

    table = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    observations, (rows, columns) = int(table.sum()), table.shape
    sizes = {"observations": observations, "rows": rows, "columns": columns}
    freedom = (rows - 1) * (columns - 1) if observations else 0
    if not freedom:
        return {**NOTHING, "degrees_of_freedom": 0, **sizes}
    square = float(chi_squares(table.astype(np.float64)))
    unbiased = dict.fromkeys(("cramers_v", "low", "high"), float("nan"))
    bias = freedom / (observations - 1)
    reach = min(side - (side - 1) ** 2 / (observations - 1) for side in (rows, columns)) - 1
    if reach > 0:
        unbiased["cramers_v"] = _rooted(square / observations - bias, reach)
        if resamples:
            squares = chi_squares(resampled(table, resamples, seed)) / observations
            low, high = (_rooted(float(end) - 2 * bias, reach) for end in interval(squares))
            unbiased |= {"low": low, "high": high}
    plain = _rooted(square / observations, min(rows, columns) - 1)
    tested = {"plain_v": plain, "chi_square": square, "p": float(chdtrc(freedom, square))}
    return {**unbiased, **tested, "degrees_of_freedom": freedom, **sizes}


def _rooted(squared: float, reach: float) -> float:
    return min(float(np.sqrt(max(squared, 0.0) / reach)), 1.0)
