"""Nodes tied by the things they share, their ties not formed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import leiden
from ecograph.methods.partitions import PASSES, Searched
from ecograph.methods.shares import ratios
from ecograph.methods.threads import threads


@dataclass(frozen=True, eq=False)
class Sharing(Searched):
    """What nodes have in things; two nodes are tied by the sum over things of the product of what both have there.

    Parameters
    ----------
    n : int
        Nodes.
    pointers : int64 (n + 1)
        Where the things of each node begin.
    things : int32 (entries)
        Things of each node, each once; each thing from 0 has a node.
    amounts : float64 (entries)
        What the node has in the thing, from 0.
    """

    n: int
    pointers: NDArray[np.int64]
    things: NDArray[np.int32]
    amounts: NDArray[np.float64]

    @property
    def ties(self) -> int:
        """How many ties there are, one for each thing that two nodes share."""
        return int((np.bincount(self.things).astype(np.float64) ** 2).sum())

    @cached_property
    def owners(self) -> NDArray[np.int32]:
        """Node of each entry."""
        return np.repeat(np.arange(self.n, dtype=np.int32), np.diff(self.pointers))

    @cached_property
    def sent(self) -> NDArray[np.float64]:
        """Ties of each node with others, added up."""
        laid = np.bincount(self.things, self.amounts)
        return np.bincount(self.owners, self.amounts * (laid[self.things] - self.amounts), self.n).astype(np.float64)

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
        found = leiden.shared_partitions(
            self.pointers,
            self.things,
            self.amounts,
            self.sent,
            n_things=int(self.things.max(initial=-1)) + 1,
            refined=refined,
            resolution=resolution,
            seed=seed,
            starts=starts,
            passes=PASSES if refined else 1,
            threads=threads(),
        )
        return found.reshape(starts, self.n)

    def modularities(self, partitions: NDArray[np.integer], resolution: float) -> NDArray[np.float64]:
        """Modularity of each of several partitions: that of the ties between different nodes.

        Parameters
        ----------
        partitions : int (partitions, n)
            Labels below n.
        resolution : float
            Weight of what chance would give.

        Returns
        -------
        float64 (partitions)
            Modularities; 0 where there are no ties.
        """
        whole = self.sent.sum()
        if not whole:
            return np.zeros(len(partitions))
        chances = [((np.bincount(labels, self.sent) / whole) ** 2).sum() for labels in partitions]
        return np.array([self._kept(labels).sum() / whole for labels in partitions]) - resolution * np.array(chances)

    def inside(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Share of its ties that each node has in its community; NaN of nodes without ties."""
        return ratios(np.bincount(self.owners, self._kept(labels), self.n), self.sent)

    def _kept(self, labels: NDArray[np.integer]) -> NDArray[np.float64]:
        """Of each entry, the ties of its node by its thing to others of the node's community."""
        cells = self.things * np.int64(self.n) + labels[self.owners]
        _, places = np.unique(cells, return_inverse=True)
        return self.amounts * (np.bincount(places, self.amounts)[places] - self.amounts)
