"""What many partitions of the same nodes have in common."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.methods.partitions import Bonds, numbered

ROUNDS = 10
FEWEST_RUNS, MOST_RUNS = 2, 1_000


def checked_runs(runs: int, threshold: float) -> None:
    """Refuse numbers of runs and thresholds that have no meaning.

    Raises
    ------
    ParameterError
        If there are fewer than 2 or more than 1,000 runs, or the threshold is outside 0 to 1.
    """
    if not FEWEST_RUNS <= runs <= MOST_RUNS:
        raise ParameterError(f"runs={runs}; give {FEWEST_RUNS} to {MOST_RUNS:,}")
    if not 0 <= threshold <= 1:
        raise ParameterError(f"threshold={threshold}; give a share from 0 to 1")


def consensus_of(
    bonds: Bonds, partitions: NDArray[np.int32], *, resolution: float, seed: int, threshold: float
) -> NDArray[np.int64]:
    """The partition that partitions come to when they are partitioned again and again.

    Parameters
    ----------
    bonds : Bonds
        What joins the nodes.
    partitions : int32 (runs, n)
        Partitions by Leiden.
    resolution, seed : float, int
        Of the search.
    threshold : float
        Bonds whose ends are together in a smaller share of the partitions are left out, but for the strongest of a node
        that would have none.

    Returns
    -------
    int64 (n)
        Communities from 0 by size, the largest first, then by smallest member (Lancichinetti & Fortunato 2012, on the
        bonds there are; Tandon et al. 2019).
    """
    apart = bonds.sources != bonds.targets
    bonds = replace(bonds, sources=bonds.sources[apart], targets=bonds.targets[apart], amounts=bonds.amounts[apart])
    for _ in range(ROUNDS):
        if np.all(partitions == partitions[0]):
            break
        bonds = _agreed(bonds, partitions, threshold)
        partitions = bonds.partitions(refined=True, resolution=resolution, seed=seed, starts=len(partitions))
    return numbered(partitions[np.argmax(bonds.modularities(partitions, resolution))])


def _agreed(bonds: Bonds, partitions: NDArray[np.int32], threshold: float) -> Bonds:
    """The bonds whose ends are often together, each with the share of the partitions in which they are."""
    together = np.zeros(len(bonds.sources))
    for labels in partitions:
        together += labels[bonds.sources] == labels[bonds.targets]
    together /= len(partitions)
    strongest = np.zeros(bonds.n)
    for ends in (bonds.sources, bonds.targets):
        np.maximum.at(strongest, ends, together)
    kept = together >= threshold
    for ends in (bonds.sources, bonds.targets):
        kept |= (strongest[ends] < threshold) & (together == strongest[ends])
    kept &= together > 0
    return Bonds(bonds.n, bonds.sources[kept], bonds.targets[kept], together[kept])


def stabilities(
    labels: NDArray[np.int64], partitions: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of a partition is there in others.

    Parameters
    ----------
    labels : int64 (n)
        Communities, from 0, none empty.
    partitions : int32 (runs, n)
        The others; labels below n.

    Returns
    -------
    of_nodes : float64 (n)
        Mean share of the other members of a node's community that are with it; of a node alone, the share of the others
        in which it is alone.
    of_communities : float64 (communities)
        Mean likeness, by Jaccard, of the community and the one most like it (Hennig 2007, sec. 2).
    """
    n = len(labels)
    sizes = np.bincount(labels)
    of_nodes, of_communities = np.zeros(n), np.zeros(len(sizes))
    for run in partitions:
        pairs, places, shared = np.unique(labels * n + run, return_inverse=True, return_counts=True)
        others = np.bincount(run, minlength=n)
        communities, groups = np.divmod(pairs, n)
        likeness = np.zeros(len(sizes))
        np.maximum.at(likeness, communities, shared / (sizes[communities] + others[groups] - shared))
        of_communities += likeness
        alone = sizes[labels] == 1
        of_nodes += np.where(alone, others[run] == 1, (shared[places] - 1) / np.maximum(sizes[labels] - 1, 1))
    return of_nodes / len(partitions), of_communities / len(partitions)
