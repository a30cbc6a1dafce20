"""What joins the nodes of a view, as modularity counts it."""

import numpy as np

from ecograph.methods.partitions import Bonds
from ecograph.views.carried import carried
from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode


def bonds_of(view: Network | TwoMode, measure: str) -> Bonds:
    """What joins the nodes of a view.

    Parameters
    ----------
    view : Network or TwoMode
        The view; what is carried is its one role, ones without a role.
    measure : str
        Name of the measure, for errors.

    Returns
    -------
    Bonds
        One an arc that carries anything; of a two-mode view those of its first side.

    Raises
    ------
    ParameterError
        If the view has several roles, or a distance.
    ViewError
        If the view is two-mode over a path of several steps.
    """
    network = view.graph
    amounts = carried(network, measure)
    sources, targets = network.arcs.out_sources, network.arcs.out_targets
    if not network.directed:
        amounts = np.where(sources == targets, 2 * amounts, amounts)
    used = amounts > 0
    if isinstance(view, TwoMode):
        used &= view.left[sources]
    return Bonds(network.n, sources[used], targets[used], amounts[used])
