"""What the arcs of a network carry, for measures that add it up."""

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.views.network import Network


def carried(network: Network, measure: str) -> NDArray[np.float64]:
    """Values of the one role of a network (amount, count or strength), ones without a role.

    Parameters
    ----------
    network : Network
        The network.
    measure : str
        Name of the measure, for the error.

    Returns
    -------
    float64 (arcs)
        In out order.

    Raises
    ------
    ParameterError
        If the network has several roles, or a distance, which cannot be added up.
    """
    if len(network.values) > 1 or "distance" in network.values:
        given = ", ".join(f"{role}=" for role in network.values)
        raise ParameterError(
            f"{measure} adds up one role and the view has {given}; make the view with one of amount=, count=, strength="
        )
    return next(iter(network.values.values()), np.ones(len(network.arcs)))
