"""How far the nodes of a view are from each other, and how near they could be at best."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import components, paths
from ecograph.methods.threads import threads
from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode


class Reach(NamedTuple):
    """What each node reaches along arcs.

    ``reached`` is how many others, ``farness`` the sum of their distances, ``nearness`` the sum of 1 / distance, which
    is infinite where one is at distance 0.
    """

    reached: NDArray[np.int64]
    farness: NDArray[np.float64]
    nearness: NDArray[np.float64]


def reach(view: Network | TwoMode) -> Reach:
    """Sum up the distances from each node to all others.

    Parameters
    ----------
    view : Network or TwoMode
        Arcs are as long as their ``distance``, one step without.

    Returns
    -------
    Reach
        The sums.

    Raises
    ------
    WeightError
        If the view has roles but no distance.
    ViewError
        If the view is two-mode over a path of several steps.
    """
    ties = view.graph
    distances = ties.weights("distance") if ties.values else None
    return Reach(*paths.reach(*ties.arcs.rows, ties.n, distances=distances, threads=threads()))


def own_side(view: Network | TwoMode) -> NDArray[np.int64]:
    """How many others of its own side each node of a two-mode view reaches, two steps away at best; 0 in a network.

    Parameters
    ----------
    view : Network or TwoMode
        The view.

    Returns
    -------
    int64 (n)
        Counts.
    """
    ties = view.graph
    if isinstance(view, Network):
        return np.zeros(ties.n, np.int64)
    pieces = 2 * components.weak(ties.arcs.out_pointers, ties.arcs.out_targets, ties.n).astype(np.int64) + view.left
    return np.bincount(pieces, minlength=1)[pieces] - 1
