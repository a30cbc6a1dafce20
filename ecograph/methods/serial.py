"""Errors of a panel that go on from one period to the next."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.within import Codes, Reals, numbered, summed


@dataclass(frozen=True)
class SerialTest:
    """Wooldridge's test for errors that go on.

    Parameters
    ----------
    excess : float
        By how much the first differences of the errors go together more than those of unrelated errors do: above 0
        where errors go on, below 0 where they turn. NaN where no three periods follow each other.
    statistic : float
        t statistic of that being 0.
    p_value : float
        Its two-sided p-value.
    clusters : int
        Units with three periods that follow each other.
    """

    excess: float
    statistic: float
    p_value: float
    clusters: int


def serial_test(
    residuals: Reals, units: Codes, periods: Codes, regressors: Reals | None = None, influence: Reals | None = None
) -> SerialTest:
    """Test whether errors are unrelated from one period to the next.

    Parameters
    ----------
    residuals : float64 (rows)
        Outcome less what the regressors explain; unit effects may be in them or out.
    units, periods : int64 (rows)
        Unit and period of each row; any may be missing. Periods count by 1.
    regressors : float64 (rows, coefficients), optional
        What the coefficients multiply, with the same effects out.
    influence : float64 (rows, coefficients), optional
        By how much each row moves each coefficient: with it, that the coefficients are estimated is allowed for.

    Returns
    -------
    SerialTest
        The test.

    Notes
    -----
    First differences of unrelated errors of one variance have the autocorrelation -1/2. The differences are regressed
    on the ones before, without a constant, and the slope compared with -1/2, errors clustered by unit (Wooldridge 2010,
    10.6.3; Drukker 2003). Past outcomes among the regressors make the slope move with the coefficients, which adds the
    derivative times the influence to the score of each unit.
    """
    from scipy.special import stdtr

    codes = numbered(units)
    before = previous_rows(codes, periods)
    earlier = np.where(before >= 0, before[before], -1)
    rows = np.flatnonzero((before >= 0) & (earlier >= 0))
    if not len(rows) or np.ptp(residuals) == 0:
        return SerialTest(float("nan"), float("nan"), float("nan"), 0)

    def differences(columns: Reals) -> tuple[Reals, Reals]:
        return columns[rows] - columns[before[rows]], columns[before[rows]] - columns[earlier[rows]]

    now, last = differences(residuals[:, None])
    square = float((last**2).sum())
    slope = float((now * last).sum()) / square
    groups = int(codes.max()) + 1
    scores = summed((last * (now - slope * last)), codes[rows], groups)[:, 0]
    if regressors is not None and influence is not None:
        moved_now, moved_last = differences(regressors)
        derivative = -(moved_now * last + moved_last * now - 2 * slope * moved_last * last).sum(axis=0)
        scores = scores + summed(influence, codes, groups) @ derivative
    clusters = len(np.unique(codes[rows]))
    error = float(np.sqrt((scores**2).sum() * clusters / max(clusters - 1, 1))) / square
    if clusters < 2 or not error:
        return SerialTest(slope + 0.5, float("nan"), float("nan"), clusters)
    statistic = (slope + 0.5) / error
    return SerialTest(slope + 0.5, statistic, float(2 * stdtr(clusters - 1, -abs(statistic))), clusters)


def previous_rows(units: Codes, periods: Codes) -> NDArray[np.int64]:
    """Row of the same unit one period before.

    Parameters
    ----------
    units, periods : int64 (rows)
        Unit and period of each row, in any order, no pair twice.

    Returns
    -------
    int64 (rows)
        Row, or -1 where there is none.

    Examples
    --------
    >>> previous_rows(np.array([0, 0, 0, 1]), np.array([1, 2, 4, 2])).tolist()
    [-1, 0, -1, -1]
    """
    order = np.lexsort((periods, units))
    follows = (np.diff(units[order]) == 0) & (np.diff(periods[order]) == 1)
    found = np.full(len(units), -1, np.int64)
    found[order[1:][follows]] = order[:-1][follows]
    return found
