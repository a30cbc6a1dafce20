"""Partitions of nodes into groups: how good they are, and the best that a search finds."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.kernels import csr, leiden
from ecograph.methods.shares import ratios
from ecograph.methods.surprise import checked_seed
from ecograph.methods.threads import threads

PASSES = 10
"""How often Leiden goes over a network at most; what later passes gain is small."""
WORK = 200_000
"""Nodes and bonds that all starts of a search together go over."""
MOST_STARTS = 1_000
AT_ONCE = 10_000_000
"""Nodes and bonds of the partitions that are weighed together."""


class Held(NamedTuple):
    """Of the whole, by group: the share that stays inside, and the share that would if ends were joined at random."""

    within: NDArray[np.float64]
    chance: NDArray[np.float64]


class Searched(ABC):
    """Nodes whose communities can be searched for."""

    n: int

    @property
    @abstractmethod
    def ties(self) -> int:
        """How many ties a search goes over."""

    @abstractmethod
    def partitions(self, *, refined: bool, resolution: float, seed: int, starts: int) -> NDArray[np.int32]:
        """Partitions of large modularity, one a start, by labels of no order."""

    @abstractmethod
    def modularities(self, partitions: NDArray[np.integer], resolution: float) -> NDArray[np.float64]:
        """Modularity of each of several partitions."""

    @abstractmethod
    def inside(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of what each node has that stays in its community; NaN where it has nothing."""

    def communities(self, *, refined: bool, resolution: float, seed: int, starts: int | None) -> "Communities":
        """The partition of the largest modularity of all starts, the first of equals.

        Parameters
        ----------
        refined : bool
            Whether by Leiden; else by Louvain.
        resolution : float
            Weight of what chance would give, from 0.
        seed : int
            Seed of all starts, from 0.
        starts : int or None
            How many, from 1 to 1,000; None for as many as a fixed amount of work allows.

        Returns
        -------
        Communities
            The communities.

        Raises
        ------
        ParameterError
            If a number is not allowed.
        """
        checked_search(resolution, seed)
        if starts is not None and not 1 <= starts <= MOST_STARTS:
            raise ParameterError(f"starts={starts}; give 1 to {MOST_STARTS:,}, or None")
        wanted = starts or min(max(WORK // max(self.n + self.ties, 1), 1), MOST_STARTS)
        found = self.partitions(refined=refined, resolution=resolution, seed=seed, starts=wanted)
        best = int(np.argmax(self.modularities(found, resolution)))
        return Communities(self, numbered(found[best]), resolution)


@dataclass(frozen=True, eq=False)
class Bonds(Searched):
    """What joins nodes: without direction each pair stands both ways, of two modes only from the first side.

    Parameters
    ----------
    n : int
        Nodes.
    sources, targets : int32 (bonds)
        Ends of each bond.
    amounts : float64 (bonds)
        What each carries, above 0; a self-tie without direction carries twice, once for each of its ends.
    """

    n: int
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    amounts: NDArray[np.float64]

    @property
    def ties(self) -> int:
        """How many pairs of nodes are joined, each both ways."""
        return len(self.rows[1])

    @cached_property
    def given(self) -> NDArray[np.float64]:
        """What each node gives."""
        return np.bincount(self.sources, self.amounts, self.n).astype(np.float64)

    @cached_property
    def taken(self) -> NDArray[np.float64]:
        """What each node takes; without direction what it gives."""
        return np.bincount(self.targets, self.amounts, self.n).astype(np.float64)

    @cached_property
    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float64]]:
        """Row pointers, neighbours, and what goes to each neighbour and comes from it, added up."""
        pointers, neighbours, _, _, mirror, _, arcs = csr.build(
            self.sources, self.targets, self.n, symmetric=True, want_arcs=True, threads=threads()
        )
        return pointers, neighbours, csr.reduce(self.amounts, arcs, len(neighbours), "sum", mirror=mirror)

    def held(self, groups: NDArray[np.integer]) -> Held:
        """What groups keep to themselves (Leicht & Newman 2008, eq. 3, by group).

        Parameters
        ----------
        groups : int (n)
            Group of each node, from 0; bonds of a node with -1 are left out.

        Returns
        -------
        Held
            Shares by group, empty where nothing is left; modularity is the sum of within - resolution x chance.
        """
        sources, targets = groups[self.sources], groups[self.targets]
        used = (sources >= 0) & (targets >= 0)
        if not used.any():
            return Held(np.empty(0), np.empty(0))
        sources, targets, amounts = sources[used], targets[used], self.amounts[used]
        n_groups, total = int(groups.max()) + 1, amounts.sum()
        inside = sources == targets
        within = np.bincount(sources[inside], amounts[inside], n_groups) / total
        given, taken = (np.bincount(ends, amounts, n_groups) / total for ends in (sources, targets))
        return Held(within, given * taken)

    def modularities(self, partitions: NDArray[np.integer], resolution: float) -> NDArray[np.float64]:
        """Modularity of each of several partitions.

        Parameters
        ----------
        partitions : int (partitions, n)
            Labels below n.
        resolution : float
            Weight of what chance would give.

        Returns
        -------
        float64 (partitions)
            Modularities; 0 where there are no bonds.
        """
        if not len(self.amounts):
            return np.zeros(len(partitions))
        chunks = min(len(partitions), 1 + len(partitions) * (self.n + len(self.amounts)) // AT_ONCE)
        parts = [self._modularities(chunk, resolution) for chunk in np.array_split(partitions, chunks)]
        return np.concatenate(parts)

    def _modularities(self, partitions: NDArray[np.integer], resolution: float) -> NDArray[np.float64]:
        count, total = len(partitions), self.amounts.sum()
        same = partitions[:, self.sources] == partitions[:, self.targets]
        cells = (partitions + np.arange(count)[:, None] * self.n).ravel()
        given, taken = (np.bincount(cells, np.tile(ends, count), count * self.n) for ends in (self.given, self.taken))
        chance = (given / total * (taken / total)).reshape(count, self.n).sum(axis=1)
        return np.asarray(np.where(same, self.amounts, 0.0).sum(axis=1) / total - resolution * chance)

    def partitions(self, *, refined: bool, resolution: float, seed: int, starts: int) -> NDArray[np.int32]:
        """Partitions of large modularity, one a start.

        Parameters
        ----------
        refined : bool
            Whether by Leiden; else by Louvain.
        resolution : float
            Weight of what chance would give.
        seed : int
            Seed of all starts.
        starts : int
            How many.

        Returns
        -------
        int32 (starts, n)
            Labels of no order.
        """
        found = leiden.partitions(
            *self.rows,
            self.given,
            self.taken,
            refined=refined,
            resolution=resolution,
            seed=seed,
            starts=starts,
            passes=PASSES if refined else 1,
            threads=threads(),
        )
        return found.reshape(starts, self.n)

    def inside(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of what each node gives and takes that stays in its community; NaN of nodes without bonds."""
        kept = self.amounts * (labels[self.sources] == labels[self.targets])
        held = np.bincount(self.sources, kept, self.n) + np.bincount(self.targets, kept, self.n)
        return ratios(held, self.given + self.taken)


@dataclass(frozen=True, eq=False)
class Communities:
    """A partition of nodes that bonds join.

    Parameters
    ----------
    bonds : Searched
        The nodes and what joins them.
    labels : int64 (n)
        Community of each node, from 0 by size, the largest first, then by smallest member.
    resolution : float
        Weight of what chance would give.
    """

    bonds: Searched
    labels: NDArray[np.int64]
    resolution: float

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """Nodes in the community of each node."""
        return np.bincount(self.labels)[self.labels] if len(self.labels) else self.labels

    @cached_property
    def inside(self) -> NDArray[np.float64]:
        """Share of what each node gives and takes that stays in its community; NaN of nodes without bonds."""
        return self.bonds.inside(self.labels)

    @cached_property
    def modularity(self) -> float:
        """Modularity of the partition."""
        return float(self.bonds.modularities(self.labels[None], self.resolution)[0])

    def told(self, position: int) -> dict[str, float]:
        """What there is to tell of a node, by name: community, size, n, inside, communities and modularity."""
        return {
            "community": int(self.labels[position]) + 1,
            "size": int(self.sizes[position]),
            "n": self.bonds.n,
            "inside": float(self.inside[position]),
            "communities": int(self.labels.max()) + 1,
            "modularity": self.modularity,
        }


def checked_search(resolution: float, seed: int) -> None:
    """Refuse resolutions and seeds that have no meaning.

    Raises
    ------
    ParameterError
        If the resolution is no number from 0, or the seed is outside 0 to 2,147,483,647.
    """
    checked_resolution(resolution)
    checked_seed(seed)


def checked_resolution(resolution: float) -> None:
    """Refuse a resolution that has no meaning.

    Raises
    ------
    ParameterError
        If it is no number from 0.
    """
    if not 0 <= resolution < float("inf"):
        raise ParameterError(f"resolution={resolution}; give a number from 0")


def numbered(labels: NDArray[np.integer]) -> NDArray[np.int64]:
    """Groups numbered from 0 by size, the largest first, then by smallest member.

    Parameters
    ----------
    labels : int (n)
        Group of each node.

    Returns
    -------
    int64 (n)
        Numbers.
    """
    _, first, groups, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    numbers = np.empty(len(sizes), np.int64)
    numbers[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return numbers[groups]
