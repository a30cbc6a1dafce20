"""How much of the shortest paths of a network leads through groups of its nodes."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.kernels import passages
from ecograph.methods.threads import threads
from ecograph.views.chosen import named
from ecograph.views.need import Need
from ecograph.views.network import Network


class Passages(NamedTuple):
    """Of each group, over the ordered pairs of nodes outside it that a path joins.

    ``passing`` is the sum of the shares of their shortest paths that lead through the group, ``pairs`` how many pairs
    there are, ``whole`` how many of these have no other shortest paths, and ``note`` says why ``passing`` is missing.
    """

    passing: NDArray[np.float64]
    pairs: NDArray[np.int64]
    whole: NDArray[np.int64]
    note: str | None = None


def passages_of(network: Network, starts: Mask, ends: Mask, groups: NDArray[np.int64], count: int) -> Passages:
    """Sum up what the shortest paths between nodes owe to each group.

    Parameters
    ----------
    network : Network
        Arcs are as long as their ``distance``, one step without.
    starts, ends : bool (n)
        Where paths begin and where they end.
    groups : int64 (n)
        Group of each node, -1 for none.
    count : int
        How many groups there are.

    Returns
    -------
    Passages
        The sums; nothing but NaN and zeros, with a note, where shortest paths cannot be counted.

    Raises
    ------
    WeightError
        If the view has roles but no distance.
    """
    distances = network.weights("distance") if network.values else None
    arcs = network.arcs
    if distances is not None and (distances[arcs.out_sources != arcs.out_targets] == 0).any():
        return _missing(count, "an arc has distance 0")
    found = passages.through(
        *arcs.rows,
        network.n,
        np.flatnonzero(starts).astype(np.int32),
        ends.astype(np.uint8),
        groups.astype(np.int32),
        count,
        distances=distances,
        threads=threads(),
    )
    return Passages(*found) if np.isfinite(found[0]).all() else _missing(count, "too many shortest paths to count")


def cost_of_passages(network: Network, options: Mapping[str, Any]) -> Need:
    """What it needs to sum them up; of the options ``starts`` counts."""
    starts = int(named(network.nodes, options["starts"]).sum()) if "starts" in options else network.n
    size = network.n + network.size
    each = 8.0 if network.values else 0.75
    return Need(
        each * starts * size / threads(), 150.0 * network.n + 20.0 * network.size + 200.0 * threads() * network.n
    )


def _missing(count: int, note: str) -> Passages:
    return Passages(np.full(count, np.nan), np.zeros(count, np.int64), np.zeros(count, np.int64), note)
