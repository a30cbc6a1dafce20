"""What arrives at each node of a network."""

from typing import TYPE_CHECKING

from ecograph.views.network import Network

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def arriving(network: Network, role: str) -> "csr_array":
    """Values of a role as a sparse matrix, targets in rows.

    Parameters
    ----------
    network : Network
        The network.
    role : {"strength", "distance", "count", "amount"}
        A role of the view; ones in a view without roles.

    Returns
    -------
    csr_array (n, n)
        Rows and columns in the order of ``nodes``.

    Raises
    ------
    WeightError
        If the network has only other roles.
    """
    from scipy.sparse import csr_array

    arcs, cells = network.arcs, network.weights(role)
    given = cells[arcs.in_arcs] if network.values else cells
    return csr_array((given, arcs.in_sources, arcs.in_pointers), shape=(network.n, network.n))
