"""The half-panel jackknife: what short panels do to coefficients with fixed effects, taken off."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.fixed_effects import Corrected, within
from ecograph.methods.refusals import refusal
from ecograph.methods.within import Codes, Reals, numbered

FEWEST = 4
"""Rows of a unit from which on each of its halves can tell something."""


def half_panel(outcomes: Reals, regressors: Reals, units: Codes, periods: Codes, *, two_way: bool = True) -> Corrected:
    """Estimate with fixed effects, less the bias that halves of the panel show.

    Parameters
    ----------
    outcomes : float64 (rows)
        The outcome.
    regressors : float64 (rows, regressors)
        The regressors; past values of the outcome, and what they moved, may be among them.
    units, periods : int64 (rows)
        Unit and period of each row; any may be missing.
    two_way : bool
        Whether periods have effects too.

    Returns
    -------
    Corrected
        The estimate; rows of units with fewer than 4 rows are not used.

    Raises
    ------
    EstimateError
        If no unit has 4 rows, or a regressor says nothing in the panel or in a half of it.

    Notes
    -----
    Every unit's rows are cut in two in the order of periods. Where the means of units bias coefficients by B / T, they
    bias the halves by 2 B / T, so 2 c - c_halves has neither (Dhaene & Jochmans 2015); c_halves is the mean of the
    halves by rows. Of an odd number of rows the middle one goes to the first half and then to the second, and both
    are averaged. Each row's influence is that of the same sum, so that the errors are those of the jackknife (Chudik,
    Pesaran & Yang 2018).
    """
    used = np.bincount(numbered(units))[numbered(units)] >= FEWEST
    if not used.any():
        raise refusal("halves_too_short", fewest=FEWEST)
    y, x, groupings = outcomes[used], regressors[used], [units[used], periods[used]][: 1 + two_way]
    whole = within(y, x, groupings, keep_singletons=True)
    parts = [
        (half, within(y[half], x[half], [codes[half] for codes in groupings], keep_singletons=True))
        for half in _halves(units[used], periods[used])
    ]
    if not all(part.kept.all() for part in (whole, *(part for _, part in parts))):
        raise refusal("half_does_not_vary")
    weights = [part.n / (len(y) * (len(parts) // 2)) for _, part in parts]
    coefficients = 2 * whole.coefficients
    for weight, (_, part) in zip(weights, parts, strict=True):
        coefficients = coefficients - weight * part.coefficients
    influence = 2 * whole.influence_at(coefficients)
    for weight, (half, part) in zip(weights, parts, strict=True):
        influence[half] -= weight * part.influence_at(coefficients)
    return Corrected(
        used=used, effects=whole.effects, plain=whole.coefficients, coefficients=coefficients, influence=influence
    )


def _halves(units: Codes, periods: Codes) -> Iterator[NDArray[np.bool_]]:
    """First and second halves of every unit's rows; twice where a unit has an odd number of them."""
    codes = numbered(units)
    order = np.lexsort((periods, codes))
    counts = np.bincount(codes)
    places = np.empty(len(codes), np.int64)
    places[order] = np.arange(len(codes)) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = counts[codes]
    for extra in (0, 1) if (counts % 2).any() else (0,):
        first = places < (rows + extra) // 2
        yield first
        yield ~first
