"""Groups of nodes followed through the slices of a series."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from ecograph.content import Nodes
from ecograph.methods.matching import Grouping, Trail
from ecograph.methods.partitions import numbered


class Grouped(NamedTuple):
    """Nodes of a slice, the number of the group of each, -1 for none, and what the groups are called."""

    nodes: Nodes
    codes: NDArray[np.int64]
    names: list[str]


def trail_of(slices: Iterable[Grouped], *, threshold: float, smallest: int) -> Trail:
    """Follow groups from slice to slice; a node is the same by its kind and id.

    Parameters
    ----------
    slices : iterable of Grouped
        Groups of each slice.
    threshold : float
        Groups that are more alike than this match.
    smallest : int
        Groups with fewer nodes are left out.

    Returns
    -------
    Trail
        The groups and what becomes of them.
    """
    parts = [_members(part, smallest) for part in slices]
    keys = pa.chunked_array([keys for keys, *_ in parts], pa.string()).dictionary_encode()
    members = np.concatenate([np.empty(0, np.int64), *(chunk.indices.to_numpy() for chunk in keys.chunks)])
    ends = np.cumsum([len(keys) for keys, *_ in parts])
    shares = zip(np.split(members, ends[:-1]), parts, strict=True)
    return Trail([Grouping(own, groups, names, left) for own, (_, groups, names, left) in shares], threshold)


def _members(part: Grouped, smallest: int) -> tuple[pa.Array, NDArray[np.int64], list[str], int]:
    """Keys of the nodes in groups that are large enough, their groups, what those are called, and who has none."""
    nodes, codes, names = part
    sizes = np.bincount(codes + 1, minlength=len(names) + 1)
    sizes[0], ungrouped = 0, int(sizes[0])
    places = np.flatnonzero(sizes[codes + 1] >= smallest)
    groups = numbered(codes[places])
    own = np.empty(int(groups.max(initial=-1)) + 1, np.int64)
    own[groups] = codes[places]
    rows = pa.array(places)
    keys = pc.binary_join_element_wise(nodes.kinds.take(rows), nodes.ids.take(rows), "\x1f")
    return keys, groups, [names[code] for code in own], ungrouped
