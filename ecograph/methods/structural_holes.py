"""Structural holes (Burt 1992, ch. 2): what each contact costs a node, and how far it repeats the others.

Rows hold the contacts of each node: each once, ascending, every tie from both ends, none of a node with itself;
``strengths`` are above 0 and the same from both ends.
"""

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import triangles

Pointers = NDArray[np.int64]
Contacts = NDArray[np.int32]
Values = NDArray[np.float64]


def costs_of(pointers: Pointers, contacts: Contacts, strengths: Values) -> Values:
    """Constraint by each contact: (p_ij + sum of p_iq p_qj over q)^2.

    Parameters
    ----------
    pointers, contacts : array
        Rows of contacts.
    strengths : float64 (ties)
        Strength of each.

    Returns
    -------
    float64 (ties)
        Constraint on the node of the row.
    """
    shares = strengths / np.repeat(row_sums(pointers, strengths), np.diff(pointers))
    return (shares + triangles.detours(pointers, contacts, shares, shares)) ** 2


def overlaps_of(pointers: Pointers, contacts: Contacts, strengths: Values) -> Values:
    """How far each contact repeats the others: sum of p_iq m_jq over q.

    Parameters
    ----------
    pointers, contacts : array
        Rows of contacts.
    strengths : float64 (ties)
        Strength of each.

    Returns
    -------
    float64 (ties)
        From 0, no tie to the others, to below 1.
    """
    shares = strengths / np.repeat(row_sums(pointers, strengths), np.diff(pointers))
    strongest = np.zeros(len(pointers) - 1)
    some = np.diff(pointers) > 0
    strongest[some] = np.maximum.reduceat(strengths, pointers[:-1][some]) if some.any() else 0
    return triangles.detours(pointers, contacts, shares, strengths / strongest[contacts])


def row_sums(pointers: Pointers, values: Values) -> Values:
    """Sum of each row, 0 of an empty one.

    Parameters
    ----------
    pointers : int64 (n + 1)
        Where each row starts.
    values : float64
        One entry a place.

    Returns
    -------
    float64 (n)
        The sums.
    """
    n = len(pointers) - 1
    sums = np.bincount(np.repeat(np.arange(n), np.diff(pointers)), weights=values, minlength=n)
    return sums.astype(np.float64, copy=False)


def hierarchy_of(pointers: Pointers, costs: Values) -> Values:
    """How far constraint comes from few contacts: sum of r ln r over N ln N, with r = N c_ij / C.

    Parameters
    ----------
    pointers : int64 (n + 1)
        Where each row starts.
    costs : float64 (ties)
        Constraint by each contact, above 0.

    Returns
    -------
    float64 (n)
        From 0, all alike, to 1; NaN with fewer than two contacts.
    """
    degrees = np.diff(pointers)
    ratios = costs * np.repeat(degrees / np.maximum(row_sums(pointers, costs), np.finfo(float).tiny), degrees)
    logarithms = np.log(ratios, out=np.zeros_like(ratios), where=ratios > 0)
    found = np.full(len(degrees), np.nan)
    several = degrees > 1
    disorder = row_sums(pointers, ratios * logarithms)[several]
    found[several] = np.clip(disorder / (degrees[several] * np.log(degrees[several])), 0, 1)
    return found
