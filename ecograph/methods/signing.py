"""Signing: agreements that are watched by a third party, and the pairs who have one."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.belonging import matched

Numbers = NDArray[np.int64]
Ends = tuple[Numbers, Numbers]


def watched(parties: Ends, supervisors: Ends) -> Numbers:
    """Agreements that somebody supervises who is no party to them.

    Parameters
    ----------
    parties, supervisors : pair of int64
        Who, and which agreement.

    Returns
    -------
    int64
        Agreements, ascending, each once.
    """
    actors, agreements = supervisors
    rows, places = matched(agreements, parties[1])
    inside = np.zeros(len(actors), np.bool_)
    inside[rows[parties[0][places] == actors[rows]]] = True
    return np.unique(agreements[~inside])


def signed(pairs: Ends, parties: Ends) -> NDArray[np.bool_]:
    """Which pairs are parties to one agreement.

    Parameters
    ----------
    pairs : pair of int64 (n)
        One and the other of each pair.
    parties : pair of int64
        Who, and which agreement.

    Returns
    -------
    bool (n)
        Whether they are.
    """
    actors, agreements = parties
    rows, places = matched(pairs[0], actors)
    found, others = matched(agreements[places], agreements)
    mine = rows[found]
    together = np.zeros(len(pairs[0]), np.bool_)
    together[mine[actors[others] == pairs[1][mine]]] = True
    return together
