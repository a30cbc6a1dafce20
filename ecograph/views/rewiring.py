"""The ties of a view, to be drawn anew."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.rewiring import Mixing, Rewiring, Swaps, Trades
from ecograph.quality import Finding
from ecograph.views.neighbours import neighbours_of
from ecograph.views.network import Network
from ecograph.views.two_mode import TwoMode

Kept = Literal["degrees", "kinds"]
MEMORY = 0.05
"""How much of the start draws may still hold unremarked."""


def rewiring_of(view: Network | TwoMode, keep: Kept, among: NDArray[np.bool_] | None = None) -> Rewiring:
    """Draw networks like that of a view: roles, parallel relations and self-ties are left aside.

    Parameters
    ----------
    view : Network or TwoMode
        The view. Of two modes, the side with fewer nodes trades; to keep kinds, ties swap their ends.
    keep : {"degrees", "kinds"}
        What every node keeps: how many neighbours it has, with direction out and in; or how many of each kind.
    among : bool array (n), optional
        Nodes whose ties are taken; all, if not given.

    Returns
    -------
    Rewiring
        Ties without direction once, from the node that comes first; of two modes from the side that trades.
    """
    network = view.graph
    sources, targets = network.arcs.out_sources, network.arcs.out_targets
    used = sources != targets
    if among is not None:
        used &= among[sources] & among[targets]
    if isinstance(view, TwoMode) and keep == "degrees":
        fewer = view.left if view.left.sum() <= (~view.left).sum() else ~view.left
        used &= fewer[sources]
        return Trades(network.n, sources[used], targets[used], trading=fewer)
    if not network.directed:
        used &= sources < targets
    kinds = _kinds(network, keep)
    return Swaps(network.n, sources[used], targets[used], directed=network.directed, kinds=kinds)


def undirected_rewiring_of(network: Network, keep: Kept) -> Swaps:
    """Draw networks like that of a view, its direction left aside too.

    Parameters
    ----------
    network : Network
        The view.
    keep : {"degrees", "kinds"}
        Whether every node keeps how many neighbours it has, or how many of each kind.

    Returns
    -------
    Swaps
        Each tie once, from the node that comes first.
    """
    joined = neighbours_of(network)
    sources = np.repeat(np.arange(network.n, dtype=np.int32), joined.degrees)
    once = sources < joined.nodes
    return Swaps(network.n, sources[once], joined.nodes[once], directed=False, kinds=_kinds(network, keep))


def _kinds(network: Network, keep: Kept) -> NDArray[np.int32]:
    """Kind of each node, or one for all."""
    return network.nodes.kind_codes.astype(np.int32) if keep == "kinds" else np.zeros(network.n, np.int32)


def unmixed(mixing: Mixing) -> list[Finding]:
    """Finding that draws still hold much of where they started; none where they do not."""
    return [Finding("not_mixed", 1, value=f"{mixing.memory:.1%}")] if mixing.memory > MEMORY else []
