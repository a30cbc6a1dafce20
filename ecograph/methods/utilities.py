"""Utilities: net gains of nodes from each other, directly and over all ways."""

import numpy as np

from ecograph.methods.circulation import Amounts, reciprocals


def net_gains(amounts: Amounts, throughflows: Amounts) -> Amounts:
    """Direct net gain D_ij = (F_ij - F_ji) / T_j; a column of 0 where nothing passes through.

    Parameters
    ----------
    amounts : float64 (n, n)
        Amount that moved from a node (row) to a node (column).
    throughflows : float64 (n)
        What passes through each node.

    Returns
    -------
    float64 (n, n)
        The gains.
    """
    return np.asarray((amounts - amounts.T) * reciprocals(throughflows), np.float64)


def utilities(direct: Amounts) -> Amounts:
    """Sum over all ways, (I - D)^-1.

    Parameters
    ----------
    direct : float64 (n, n)
        Direct effects D.

    Returns
    -------
    float64 (n, n)
        NaN throughout where the system is singular.
    """
    system = np.eye(len(direct)) - direct
    try:
        found = np.asarray(np.linalg.inv(system), np.float64)
    except np.linalg.LinAlgError:
        return np.full(direct.shape, np.nan)
    size = np.abs(system).sum(axis=1).max(initial=0.0) * np.abs(found).sum(axis=1).max(initial=0.0)
    return found if size < 1 / np.finfo(np.float64).eps else np.full(direct.shape, np.nan)
