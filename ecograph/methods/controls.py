"""Controls: which of two nodes makes more of the other's flow."""

import numpy as np

from ecograph.methods.circulation import Amounts, reciprocals

ROUNDING = 1e-12


def controls(visits: Amounts, throughflows: Amounts) -> dict[str, Amounts]:
    """Control of each node over each, in five ways.

    Parameters
    ----------
    visits : float64 (n, n)
        Integral flows N; NaN throughout a row out of which nothing is known.
    throughflows : float64 (n)
        What passes through each node, T.

    Returns
    -------
    dict of str to float64 (n, n)
        ``dominance`` CN, ``net_dominance`` CR, ``difference`` CD, ``allocation`` CA and ``dependence`` CDep; NaN
        throughout where something is not known.

    Notes
    -----
    N'_ij = T_i N_ij / T_j. CN_ij = max(0, 1 - N'_ij / N_ji), CR = CN' - CN, CD_ij = N_ij / T_j - N_ji / T_i; with
    P_ij = max(0, N_ij - N'_ji), i != j: CA = P by its row sums, CDep = P by its column sums.
    """
    names = ("dominance", "net_dominance", "difference", "allocation", "dependence")
    if np.isnan(visits).any():
        return {name: np.full(visits.shape, np.nan) for name in names}
    rates = reciprocals(throughflows)
    taken = visits * throughflows[:, np.newaxis] * rates
    np.fill_diagonal(taken, np.diag(visits))
    back = visits.T
    shares = np.divide(taken, back, out=np.ones_like(back), where=back > ROUNDING)
    dominance = _cleared(1 - shares)
    excess = _cleared(visits - taken.T)
    np.fill_diagonal(excess, 0.0)
    weighted = visits * rates
    given, got = (excess.sum(axis=axis, keepdims=True) for axis in (1, 0))
    tables = (
        dominance,
        dominance.T - dominance,
        weighted - weighted.T,
        np.divide(excess, given, out=np.zeros_like(excess), where=given > 0),
        np.divide(excess, got, out=np.zeros_like(excess), where=got > 0),
    )
    return dict(zip(names, tables, strict=True))


def _cleared(values: Amounts) -> Amounts:
    """What is above 0 by more than rounding."""
    return np.where(values > ROUNDING, values, 0.0)
