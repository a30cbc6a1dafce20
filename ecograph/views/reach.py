"""How far the nodes of a view are from each other, and how near they could be at best."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import components, paths
from ecograph.methods.threads import threads
from ecograph.views.need import Need, steps_apart
from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode

LANES = 512
"""How many searches the kernel makes at once where arcs have no distances."""
MOST_SUMS = 1 << 25
"""How many sums it keeps at most, of blocks of searches."""


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


def cost_of_reach(view: Network | TwoMode, _: Mapping[str, Any]) -> Need:
    """Cost of a measure made of the sums of distances.

    Parameters
    ----------
    view : Network or TwoMode
        The view.
    _ : mapping
        Options; none counts.

    Returns
    -------
    Need
        The cost.
    """
    ties = view.graph
    n, size = ties.n, ties.n + ties.size
    if ties.values:
        return Need(4.0 * n * size / max(min(threads(), n), 1), 350.0 * n)
    batches = -(-n // LANES)
    blocks = min(batches, max(2, min(16, MOST_SUMS // max(3 * n, 1))))
    workers = min(threads(), blocks)
    return Need(
        4.0 * steps_apart(n, ties.size) * batches * size / max(workers, 1),
        24.0 * n * (blocks + 1) + 220.0 * n * workers,
    )


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
