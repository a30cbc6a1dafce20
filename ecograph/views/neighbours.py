"""Who is joined to whom, in any way."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import csr
from ecograph.methods.threads import threads
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
    arcs, sources, targets = network.arcs, network.arcs.out_sources, network.arcs.out_targets
    apart = sources != targets
    if not network.directed:
        alone = np.append(0, np.cumsum(np.bincount(sources[~apart], minlength=network.n)))
        return Neighbours(arcs.out_pointers - alone, targets if not alone[-1] else targets[apart])
    built = csr.build(sources[apart], targets[apart], network.n, symmetric=True, threads=threads())
    return Neighbours(*built[:2])
