"""Where the nodes of a still network stand.

Each connected part starts from distances to pivots (Brandes and Pich 2007, "Eigensolver methods for progressive
multidimensional scaling") and is then moved by forces; the parts are packed side by side.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ecograph.charts.forces import settled
from ecograph.charts.packing import packed
from ecograph.errors import ParameterError

Places: TypeAlias = NDArray[np.int64]
Positions: TypeAlias = NDArray[np.float64]

MOST_NODES = 2_000
PIVOTS = 64  # bits of one word
JITTER = 1e-2


def layout(count: int, sources: ArrayLike, targets: ArrayLike, *, seed: int = 0) -> Positions:
    """Compute where the nodes of a network stand.

    Parameters
    ----------
    count : int
        Number of nodes, at most 2,000.
    sources, targets : array_like of int
        Ends of the arcs, from 0 to ``count - 1``; direction, self-ties and parallel arcs change nothing.
    seed : int
        Seed of the pivots and of the jitter that parts nodes with equal neighbours.

    Returns
    -------
    ndarray of shape (count, 2)
        Across and down, about one unit of area a node, connected parts apart; the same for the same arguments.

    Raises
    ------
    ParameterError
        If there are more than 2,000 nodes, or an end is not a node.

    Examples
    --------
    >>> positions = layout(3, [0, 1], [1, 2])
    >>> bool(abs(positions[0] - positions[2]).max() > abs(positions[0] - positions[1]).max())
    True
    """
    edges = _pairs(checked_ends(count, sources, targets))
    if not count:
        return np.empty((0, 2))
    generator = np.random.default_rng(seed)
    parts = connected_parts(count, edges)
    positions = _scaled(parts, pivot_distances(parts, edges, generator))
    positions += JITTER * generator.standard_normal(positions.shape)
    return packed(settled(positions, parts, edges), parts)


def checked_ends(count: int, sources: ArrayLike, targets: ArrayLike) -> Places:
    """Both ends of every arc, one row an arc."""
    if count > MOST_NODES:
        raise ParameterError(
            f"nodes={count:,}; a still drawing holds at most {MOST_NODES:,}: draw the top ones by a measure"
        )
    starts, ends = (np.asarray(given).reshape(-1) for given in (sources, targets))
    if any(given.size and given.dtype.kind not in "iu" for given in (starts, ends)):
        raise ParameterError("the ends of arcs are not whole numbers; give the places of nodes, from 0")
    if len(starts) != len(ends):
        raise ParameterError(f"sources has {len(starts)} entries, targets {len(ends)}; give one of each for each arc")
    both = np.column_stack([starts, ends]).astype(np.int64)
    wrong = both[(both < 0) | (both >= count)]
    if wrong.size:
        raise ParameterError(f"an arc ends at {wrong[0]}; allowed: places of the {count} nodes, from 0")
    return both


def _pairs(ends: Places) -> Places:
    """Pairs of different nodes joined by an arc, each pair once, the lower first, in order."""
    pairs = np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1)
    return np.unique(pairs, axis=0)


def connected_parts(count: int, edges: Places) -> Places:
    """Number of the connected part of every node: 0 is the part of node 0, and so on."""
    least = np.arange(count)
    first, second = edges[:, 0], edges[:, 1]
    while True:
        lower = np.minimum(least[first], least[second])
        if np.array_equal(lower, least[first]) and np.array_equal(lower, least[second]):
            return np.unique(least, return_inverse=True)[1]
        np.minimum.at(least, least[first], lower)
        np.minimum.at(least, least[second], lower)
        np.minimum.at(least, first, lower)
        np.minimum.at(least, second, lower)
        least = least[least]


def pivot_distances(parts: Places, edges: Places, generator: np.random.Generator) -> NDArray[np.float64]:
    """Steps from every node to up to 64 pivots of its part, one breadth-first search for all; NaN without a pivot."""
    count = len(parts)
    order = np.lexsort((generator.permutation(count), parts))
    rank = np.arange(count) - np.searchsorted(parts[order], parts[order])
    pivots, bits = order[rank < PIVOTS], rank[rank < PIVOTS]
    seen = np.zeros(count, dtype=np.uint64)
    seen[pivots] = np.uint64(1) << bits.astype(np.uint64)
    distances = np.full((count, PIVOTS), np.nan)
    distances[pivots, bits] = 0
    ends = np.concatenate([edges, edges[:, ::-1]])
    ends = ends[np.argsort(ends[:, 1], kind="stable")]
    reached, starts = np.unique(ends[:, 1], return_index=True)
    step = 0
    while len(reached):
        step += 1
        fresh = np.zeros_like(seen)
        fresh[reached] = np.bitwise_or.reduceat(seen[ends[:, 0]], starts)
        fresh &= ~seen
        nodes = np.flatnonzero(fresh)
        if not nodes.size:
            break
        seen |= fresh
        found = (fresh[nodes, None] >> np.arange(PIVOTS, dtype=np.uint64)) & np.uint64(1)
        row, pivot = np.nonzero(found)
        distances[nodes[row], pivot] = step
    return distances


def _scaled(parts: Places, distances: NDArray[np.float64]) -> Positions:
    """Positions whose distances come near the steps to the pivots, part by part, the longer axis across."""
    positions = np.zeros((len(parts), 2))
    order = np.argsort(parts, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(parts[order])) + 1):
        if len(members) > 1:
            squares = distances[members, : min(len(members), PIVOTS)] ** 2
            centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True) + squares.mean()
            _, axes = np.linalg.eigh(np.einsum("ij,ik->jk", centred, centred))
            chosen = np.einsum("ij,jk->ik", centred, axes[:, ::-1][:, :2])
            positions[members] = chosen / np.sqrt(np.mean(chosen**2)) * np.sqrt(squares.mean())
    return positions
