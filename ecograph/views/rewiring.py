"""The ties of a view, to be drawn anew."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ecograph.methods.rewiring import Mixing, Rewiring, Swaps, Trades
from ecograph.quality import Finding
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
    kinds = network.nodes.kind_codes.astype(np.int32) if keep == "kinds" else np.zeros(network.n, np.int32)
    return Swaps(network.n, sources[used], targets[used], directed=network.directed, kinds=kinds)


def unmixed(mixing: Mixing) -> list[Finding]:
    """Finding that draws still hold much of where they started; none where they do not."""
    return [Finding("not_mixed", 1, value=f"{mixing.memory:.1%}")] if mixing.memory > MEMORY else []
