"""Survival: how long something lasts, where for some it is not over yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

HALF = 0.5 * (1 + 1e-12)
"""One half, with the rounding of a product of fractions that is one half."""


@dataclass(frozen=True, eq=False)
class Survival:
    """A product-limit estimate: one entry a duration after which something ended.

    Parameters
    ----------
    times : float64 (events)
        Durations, ascending.
    at_risk : int64 (events)
        How many lasted at least as long.
    ended : int64 (events)
        How many ended then.
    survival : float64 (events)
        Estimated share that lasts longer.
    error : float64 (events)
        Greenwood's standard error; NaN once nothing is left.
    low, high : float64 (events)
        Ends of the interval; NaN once nothing is left.
    """

    times: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    ended: NDArray[np.int64]
    survival: NDArray[np.float64]
    error: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]

    @property
    def median(self) -> float:
        """Least duration after which at most half still last; NaN where more than half do to the end."""
        reached = np.flatnonzero(self.survival <= HALF)
        return float(self.times[reached[0]]) if len(reached) else float("nan")

    def lasting(self, moments: Sequence[float]) -> NDArray[np.float64]:
        """Estimated share that lasts longer than each of these durations; beyond the longest one seen, as at it."""
        return np.append(1.0, self.survival)[np.searchsorted(self.times, moments, "right")]


def kaplan_meier(
    durations: NDArray[np.floating] | NDArray[np.integer], over: NDArray[np.bool_], confidence: float = 0.95
) -> Survival:
    """Estimate how long something lasts when some of it was not over at the last look.

    Parameters
    ----------
    durations : float or int (n)
        How long each lasted, or was seen to last; 0 or more.
    over : bool (n)
        Whether it ended then; False where it was still lasting.
    confidence : float
        Share of samples whose interval holds the truth, between 0 and 1.

    Returns
    -------
    Survival
        The estimate at each duration after which something ended.

    Notes
    -----
    With d_i ends among the n_i that lasted at least t_i: S(t) = prod over t_i <= t of (1 - d_i / n_i), where what was
    last seen at t_i is among the n_i (Kaplan & Meier 1958, eq. 2b). Greenwood's variance is S^2 sum d_i / (n_i (n_i -
    d_i)). The interval is S^exp(+-z s / (S ln S)) with the standard error s, which stays between 0 and 1 (Kalbfleisch &
    Prentice 1980). The median is the least t with S(t) <= 1/2, also where S stays at 1/2 for some time.

    Examples
    --------
    >>> found = kaplan_meier(np.array([2, 3, 3, 5]), np.array([True, True, False, True]))
    >>> found.times.tolist(), found.survival.tolist(), found.median
    ([2.0, 3.0, 5.0], [0.75, 0.5, 0.0], 3.0)
    """
    lasted = np.sort(durations)
    times, ended = np.unique(durations[over], return_counts=True)
    at_risk = np.asarray(len(lasted) - np.searchsorted(lasted, times, "left"), np.int64)
    survival = np.cumprod(1.0 - ended / at_risk)
    left = at_risk - ended
    terms = np.divide(ended, at_risk * left, out=np.full(len(times), np.nan), where=left > 0)
    error = survival * np.sqrt(np.cumsum(terms))
    z = NormalDist().inv_cdf((1.0 + confidence) / 2.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.exp(z * error / (survival * -np.log(survival)))
    return Survival(
        times.astype(np.float64),
        at_risk,
        ended.astype(np.int64),
        survival,
        error,
        survival**power,
        survival ** (1.0 / power),
    )


@dataclass(frozen=True, eq=False)
class LogRank:
    """Whether groups last equally long.

    Parameters
    ----------
    ended : int64 (groups)
        How many of each group ended.
    expected : float64 (groups)
        How many would have, had all groups lasted equally long.
    statistic : float
        Chi-square; NaN where nothing can be compared.
    freedom : int
        Its degrees of freedom.
    p : float
        Chance of a statistic as large if groups last equally long; NaN where nothing can be compared.
    """

    ended: NDArray[np.int64]
    expected: NDArray[np.float64]
    statistic: float
    freedom: int
    p: float


def log_rank(
    durations: NDArray[np.floating] | NDArray[np.integer],
    over: NDArray[np.bool_],
    groups: NDArray[np.integer],
    n_groups: int,
) -> LogRank:
    """Compare how long groups last.

    Parameters
    ----------
    durations : float or int (n)
        How long each lasted, or was seen to last; 0 or more.
    over : bool (n)
        Whether it ended then.
    groups : int (n)
        Group of each, from 0.
    n_groups : int
        How many groups there are.

    Returns
    -------
    LogRank
        The comparison.

    Notes
    -----
    At each duration after which d of n ended, d n_g / n are expected of a group of which n_g lasted as long, with the
    covariance d (n - d) / (n - 1) (n_g / n) ([g = h] - n_h / n); the statistic is the squared distance of what ended
    from what was expected in terms of their covariance (Mantel 1966; Peto & Peto 1972). Its degrees of freedom are the
    rank of the covariance: groups less one, where every group is at risk when something ends.

    Examples
    --------
    >>> found = log_rank(np.array([1, 2, 3, 4]), np.ones(4, bool), np.array([0, 0, 1, 1]), 2)
    >>> round(found.statistic, 6), found.freedom, found.expected.round(6).tolist()
    (2.882353, 1, [0.833333, 3.166667])
    """
    from scipy.special import chdtrc

    times = np.unique(durations[over])
    at_risk, ended = np.empty((n_groups, len(times))), np.empty((n_groups, len(times)))
    for group in range(n_groups):
        mine, done = np.sort(durations[groups == group]), np.sort(durations[(groups == group) & over])
        at_risk[group] = len(mine) - np.searchsorted(mine, times, "left")
        ended[group] = np.searchsorted(done, times, "right") - np.searchsorted(done, times, "left")
    all_ended, all_at_risk = ended.sum(axis=0), at_risk.sum(axis=0)
    shares = at_risk / all_at_risk
    expected = shares @ all_ended
    spread = all_ended * (all_at_risk - all_ended) / np.maximum(all_at_risk - 1, 1)
    covariance = np.diag(shares @ spread) - (shares * spread) @ shares.T
    freedom = int(np.linalg.matrix_rank(covariance, hermitian=True)) if n_groups else 0
    counts = np.bincount(groups[over], minlength=n_groups).astype(np.int64)
    if not freedom:
        return LogRank(counts, expected, float("nan"), 0, float("nan"))
    apart = counts - expected
    statistic = float(apart @ np.linalg.pinv(covariance, hermitian=True) @ apart)
    return LogRank(counts, expected, statistic, freedom, float(chdtrc(freedom, statistic)))
