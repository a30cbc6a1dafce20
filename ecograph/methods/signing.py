"""Signing: who supervises agreements as a third party, and the pairs who have one."""

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.belonging import matched

Numbers = NDArray[np.int64]
Ends = tuple[Numbers, Numbers]


def third_parties(parties: Ends, supervisors: Ends) -> NDArray[np.bool_]:
    """Which supervisors are no party to the agreement they supervise.

    Parameters
    ----------
    parties, supervisors : pair of int64 (parties), pair of int64 (n)
        Who, and which agreement.

    Returns
    -------
    bool (n)
        Whether they are none.
    """
    actors, agreements = supervisors
    rows, places = matched(agreements, parties[1])
    outside = np.ones(len(actors), np.bool_)
    outside[rows[parties[0][places] == actors[rows]]] = False
    return outside


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
