"""Whom each node is tied to, in either direction, and how strongly."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import csr
from ecograph.methods.threads import threads
from ecograph.views.network import Network


class Contacts(NamedTuple):
    """Contacts of each node: each once, ascending, every tie from both ends, none of a node with itself.

    ``strengths`` is how strong each tie is, both directions added up; above 0.
    """

    pointers: NDArray[np.int64]
    nodes: NDArray[np.int32]
    strengths: NDArray[np.float64]

    @property
    def degrees(self) -> NDArray[np.int64]:
        """How many contacts each node has."""
        return np.diff(self.pointers)

    def of(self, position: int) -> slice:
        """Places of a node's contacts."""
        return slice(*self.pointers[position : position + 2].tolist())


def contacts_of(network: Network) -> Contacts:
    """Add up the strengths of both directions; leave out self-ties and ties without strength.

    Parameters
    ----------
    network : Network
        Arcs are as strong as their ``strength``, 1 each without.

    Returns
    -------
    Contacts
        Of every node of the network.

    Raises
    ------
    WeightError
        If the view has roles but no strength.
    """
    sources, targets = network.arcs.out_sources, network.arcs.out_targets
    strengths = network.weights("strength")
    used = (strengths > 0) & (sources != targets if network.directed else sources < targets)
    built = csr.build(sources[used], targets[used], network.n, symmetric=True, want_arcs=True, threads=threads())
    pointers, nodes, mirror, arcs = built[0], built[1], built[4], built[6]
    return Contacts(pointers, nodes, csr.reduce(strengths[used], arcs, len(nodes), "sum", mirror=mirror))
