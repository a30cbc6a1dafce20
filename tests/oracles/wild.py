"""The wild cluster bootstrap by estimating every draw again, with dummies for the effects."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]
Codes = NDArray[np.int64]


def statistics_by_refits(
    outcomes: Reals,
    regressors: Reals,
    effects: Sequence[Codes],
    clusters: Codes,
    coefficient: int,
    null: float,
    weights: Reals,
) -> tuple[float, Reals]:
    """t statistic of the data and of each draw of the restricted regression."""
    dummies = [(codes[:, None] == np.unique(codes)).astype(np.float64) for codes in effects]
    table = np.column_stack([regressors, *dummies])
    codes = np.unique(clusters, return_inverse=True)[1]

    def statistic(values: Reals) -> float:
        inverse = np.linalg.pinv(table.T @ table, rcond=1e-11, hermitian=True)
        found = inverse @ (table.T @ values)
        scores = table * (values - table @ found)[:, None]
        sums = np.array([scores[codes == code].sum(axis=0) for code in range(codes.max() + 1)])
        variance = (inverse @ sums.T @ sums @ inverse)[coefficient, coefficient]
        return float((found[coefficient] - null) / np.sqrt(variance))

    restricted = np.delete(table, coefficient, axis=1)
    offset = null * table[:, coefficient]
    fitted = restricted @ np.linalg.lstsq(restricted, outcomes - offset, rcond=None)[0] + offset
    residuals = outcomes - fitted
    drawn = [statistic(fitted + weight[codes] * residuals) for weight in weights.T]
    return statistic(outcomes), np.array(drawn)
