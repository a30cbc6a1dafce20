"""Ties within and between groups."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Apart(NamedTuple):
    """Arcs between two different nodes that both have a group: groups of their ends and what they carry."""

    sources: NDArray[np.int64]
    targets: NDArray[np.int64]
    amounts: NDArray[np.float64]


def apart(
    sources: NDArray[np.int32], targets: NDArray[np.int32], groups: NDArray[np.int64], amounts: NDArray[np.float64]
) -> Apart:
    """Leave out self-ties and arcs of nodes without a group.

    Parameters
    ----------
    sources, targets : int32 (arcs)
        Ends of each arc.
    groups : int64 (n)
        Group of each node, -1 where it has none.
    amounts : float64 (arcs)
        What each arc carries.

    Returns
    -------
    Apart
        What is left.
    """
    used = (sources != targets) & (groups[sources] >= 0) & (groups[targets] >= 0)
    return Apart(groups[sources[used]], groups[targets[used]], amounts[used])


def assortativity_of(arcs: Apart, n_groups: int) -> dict[str, float]:
    """Assortativity by group (Newman 2003, eq. 2).

    Parameters
    ----------
    arcs : Apart
        The arcs; an undirected tie stands in both directions.
    n_groups : int
        How many groups there are.

    Returns
    -------
    dict of str to float
        By name: within, the share of what the arcs carry that stays in a group; chance, the share that would if ends
        were joined at random; assortativity, (within - chance) / (1 - chance). NaN where nothing is carried;
        assortativity also where one group has all of it.
    """
    given, taken = (np.bincount(ends, arcs.amounts, n_groups) for ends in (arcs.sources, arcs.targets))
    total = given.sum()
    if not total > 0:
        return dict.fromkeys(("assortativity", "within", "chance"), float("nan"))
    kept = np.bincount(arcs.sources[arcs.sources == arcs.targets], arcs.amounts[arcs.sources == arcs.targets], n_groups)
    within = min(float((kept / total).sum()), 1.0)
    chance = min(float((given / total * (taken / taken.sum())).sum()), 1.0)
    found = (within - chance) / (1 - chance) if chance < 1 else float("nan")
    return {"assortativity": found, "within": within, "chance": chance}
