"""Effects that cannot be: what other units' numbers seem to do, shuffled among units."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.fixed_effects import estimated, within
from ecograph.methods.within import Codes, Reals, numbered

CELLS = 50_000_000


def shuffled_pairs(
    outcomes: Reals, own: Reals, others: Reals, units: Codes, periods: Codes, *, draws: int = 99, seed: int = 1
) -> Reals:
    """Statistics of the other side's numbers when they come from another unit.

    Parameters
    ----------
    outcomes : float64 (rows)
        The outcome.
    own : float64 (rows, regressors)
        Regressors of the unit itself.
    others : float64 (rows)
        The regressor that is shuffled: each unit gets another unit's, of the same period.
    units, periods : int64 (rows)
        Unit and period of each row; any may be missing, and a row whose partner has none is left out of the draw.
    draws, seed : int
        How many draws, and their seed.

    Returns
    -------
    float64 (1 + draws)
        Statistics of t, clustered by unit: of the data, then of the draws; NaN where too few rows are left.

    Notes
    -----
    The units stand in a circle in random order and each gets the numbers of the next, so none keeps its own. What moves
    all units together stays in the draws, a unit's own tie between its sides does not (Fisher's randomisation test).
    """
    codes, times = numbered(units), numbered(periods)
    places = np.full((int(codes.max()) + 1) * (int(times.max()) + 1), -1, np.int64)
    spans = int(times.max()) + 1
    places[codes * spans + times] = np.arange(len(codes))
    random = np.random.default_rng(seed)
    statistics = [_statistic(outcomes, own, others, codes, times, np.arange(len(codes)))]
    for _ in range(draws):
        order = random.permutation(int(codes.max()) + 1)
        partner = np.empty_like(order)
        partner[order] = np.roll(order, -1)
        statistics.append(_statistic(outcomes, own, others, codes, times, places[partner[codes] * spans + times]))
    return np.array(statistics)


def placebo_p(statistics: Reals) -> float:
    """Share of statistics, the first among them, that are at least as far from 0 as the first.

    Parameters
    ----------
    statistics : float64 (1 + draws)
        As :func:`shuffled_pairs` gives them.

    Returns
    -------
    float
        The p-value; NaN where the first, or every other, is missing.
    """
    known = statistics[~np.isnan(statistics)]
    if np.isnan(statistics[0]) or len(known) < 2:
        return float("nan")
    return float(np.mean(np.abs(known) >= abs(statistics[0])))


def _statistic(
    outcomes: Reals, own: Reals, others: Reals, units: Codes, periods: Codes, partners: NDArray[np.int64]
) -> float:
    rows = np.flatnonzero(partners >= 0)
    table = np.column_stack([others[partners[rows]], own[rows]])
    groupings = [units[rows], periods[rows]]
    if len(rows) <= table.shape[1] + len(np.unique(groupings[0])) + len(np.unique(groupings[1])):
        return float("nan")
    regression = within(outcomes[rows], table, groupings, keep_singletons=True)
    if not regression.kept[0]:
        return float("nan")
    found = estimated(regression, "clustered", [groupings[0]])
    return float(found.coefficients[0] / found.errors[0])
