"""Who is joined to whom, in any way."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.views.arcs import Arcs
from ecograph.views.network import Network


class Neighbours(NamedTuple):
    """Neighbours of each node: each once, every tie from both ends, none of a node with itself."""

    pointers: NDArray[np.int64]
    nodes: NDArray[np.int32]

    @property
    def degrees(self) -> NDArray[np.int64]:
        """How many neighbours each node has."""
        return np.diff(self.pointers)


def neighbours_of(network: Network) -> Neighbours:
    """Leave aside direction, parallel relations and self-ties.

    Parameters
    ----------
    network : Network
        The network.

    Returns
    -------
    Neighbours
        Of every node of the network.
    """
    arcs = network.arcs
    selves = arcs.out_sources == arcs.out_targets
    pointers, nodes = (arcs.out_pointers, arcs.out_targets) if not network.directed else _either_way(arcs)
    if selves.any():
        sources = np.repeat(np.arange(network.n, dtype=np.int32), np.diff(pointers))
        pointers = pointers - np.append(0, np.cumsum(np.bincount(arcs.out_sources[selves], minlength=network.n)))
        nodes = nodes[nodes != sources]
    return Neighbours(pointers, nodes)


def _either_way(arcs: Arcs) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Rows of both ends, each once: rows in order are merged in order, which takes no more than their length."""
    leaving, arriving = arcs.patterns()
    both = leaving + arriving
    return both.indptr.astype(np.int64), both.indices.astype(np.int32, copy=False)
