"""What joins the nodes of a view, as modularity counts it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import WeightError
from ecograph.methods.partitions import AT_ONCE, MOST_STARTS, WORK, Bonds, Searched
from ecograph.methods.sharing import Sharing
from ecograph.methods.threads import threads
from ecograph.views.carried import carried
from ecograph.views.need import Cost, Need
from ecograph.views.network import Network
from ecograph.views.projection import projection
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


def searched_of(view: Network | TwoMode, measure: str, side: str | None) -> tuple[NDArray[np.int64], Searched]:
    """Nodes of a view, or of one of its sides, as a search for communities takes them.

    Parameters
    ----------
    view : Network or TwoMode
        The view.
    measure : str
        Name of the measure, for errors.
    side : str or None
        A side of a two-mode view, whose nodes are tied by what they share; None for all nodes.

    Returns
    -------
    positions : int64 (nodes)
        Positions of the nodes in the view.
    searched : Searched
        The nodes and what joins them.

    Raises
    ------
    ParameterError
        If the view has no such side, has several roles, or a distance.
    UnknownNameError
        If the side is no kind.
    WeightError
        If there is a side and the view has another role than strength.
    ViewError
        If the view is two-mode over a path of several steps, and no side is given.
    """
    if side is None:
        return np.arange(view.n), bonds_of(view, measure)
    if view.values and list(view.values) != ["strength"]:
        given = ", ".join(f"{role}=" for role in view.values)
        raise WeightError(
            f"{measure} with side={side!r} reads strength= and the view has {given}; make the view with strength= "
            f"alone, or use view.unweighted()"
        )
    found = projection(view, side)
    joined = found.joined
    kept = joined.data > 0
    _, columns = np.unique(joined.indices[kept], return_inverse=True)
    pointers = np.concatenate([[0], np.cumsum(kept)])[joined.indptr].astype(np.int64)
    return found.positions, Sharing(len(found.positions), pointers, columns.astype(np.int32), joined.data[kept])


def communities_of(view: Network | TwoMode, measure: str) -> NDArray[np.int64]:
    """Communities of a view as ``leiden`` finds them if nothing else is said.

    Parameters
    ----------
    view : Network or TwoMode
        The view.
    measure : str
        Name of the measure, for errors.

    Returns
    -------
    int64 (n)
        Community of each node, from 0 by size.

    Raises
    ------
    ParameterError
        If the view has several roles, or a distance.
    ViewError
        If the view is two-mode over a path of several steps.
    """
    return bonds_of(view, measure).communities(refined=True, resolution=1.0, seed=0, starts=None).labels


def of_searches(*, operations: float, remedy: str) -> Cost:
    """Cost of a measure that searches for communities.

    Parameters
    ----------
    operations : float
        Operations of a search for each node and each bond.
    remedy : str
        Which option makes it less.

    Returns
    -------
    callable
        The cost; the options ``starts`` and ``runs`` count.
    """

    def cost(view: Network | TwoMode, options: Mapping[str, Any]) -> Need:
        if options.get("side"):
            return _of_sharing(view, options, operations, remedy)
        size = view.n + view.graph.size
        starts = options.get("runs") or options.get("starts") or min(max(WORK // max(size, 1), 1), MOST_STARTS)
        weighed = min(starts * size, AT_ONCE + size)
        return Need(
            operations * starts * size / min(threads(), starts),
            60.0 * view.graph.size + 270.0 * view.n + 12.0 * weighed + 4.0 * starts * view.n,
            remedy,
        )

    return cost


def _of_sharing(view: Network | TwoMode, options: Mapping[str, Any], operations: float, remedy: str) -> Need:
    """Need of a search in one side: as long as its ties are many, as much memory as there are nodes in things."""
    found = searched_of(view.unweighted(), "a search", options["side"])[1]
    starts = options.get("starts") or min(max(WORK // max(found.n + found.ties, 1), 1), MOST_STARTS)
    workers = min(threads(), starts)
    return Need(
        operations * starts * (found.n + found.ties) / workers,
        (80.0 + 60.0 * workers) * view.size + 270.0 * found.n + 4.0 * starts * found.n,
        remedy,
    )
