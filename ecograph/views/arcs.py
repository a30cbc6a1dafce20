"""Arcs: one per ordered pair, in rows both ways, and the relations they are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ecograph.content import Mask
from ecograph.kernels import csr
from ecograph.methods.threads import threads
from ecograph.views.roles import Parallel, chosen_how

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Arcs:
    """One arc per ordered pair, in rows of their sources (out) and of their targets (in), neighbours ascending.

    Parameters
    ----------
    out_pointers, in_pointers : int64 (n + 1)
        Where each node's row starts.
    out_targets : int32 (arcs)
        Target of each arc, in out order; the order of ``multiplicity`` and of every value on arcs.
    in_sources : int32 (arcs)
        Source of each arc, in in order.
    in_arcs : int32 (arcs)
        Place, in out order, of each arc in in order.
    multiplicity : int32 (arcs)
        How many relations make each arc.
    """

    out_pointers: NDArray[np.int64]
    out_targets: NDArray[np.int32]
    in_pointers: NDArray[np.int64]
    in_sources: NDArray[np.int32]
    in_arcs: NDArray[np.int32]
    multiplicity: NDArray[np.int32]

    @cached_property
    def out_sources(self) -> NDArray[np.int32]:
        """Source of each arc, in out order."""
        n = len(self.out_pointers) - 1
        return np.repeat(np.arange(n, dtype=np.int32), np.diff(self.out_pointers))

    @property
    def rows(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
        """Pointers and other ends of the rows, out and in: what the kernels of paths take."""
        return self.out_pointers, self.out_targets, self.in_pointers, self.in_sources

    def patterns(self) -> "tuple[csr_array[np.int8], csr_array[np.int8]]":
        """Where arcs are, as matrices of ones: leaving each node, and arriving at it."""
        from scipy.sparse import csr_array

        n, ones = len(self.out_pointers) - 1, np.ones(len(self), np.int8)
        rows = ((self.out_targets, self.out_pointers), (self.in_sources, self.in_pointers))
        leaving, arriving = (csr_array((ones, ends, starts.astype(np.int32)), shape=(n, n)) for ends, starts in rows)
        return leaving, arriving

    def __len__(self) -> int:
        return len(self.out_targets)

    def without_isolates(self) -> "tuple[Arcs, Mask]":
        """The arcs among the nodes that have any, and which nodes these are."""
        present = np.diff(self.out_pointers) + np.diff(self.in_pointers) > 0
        renumbered = (np.cumsum(present) - 1).astype(np.int32)
        rows = np.append(True, present)  # the first pointer, and the end of each row that stays
        arcs = replace(
            self,
            out_pointers=self.out_pointers[rows],
            in_pointers=self.in_pointers[rows],
            out_targets=renumbered[self.out_targets],
            in_sources=renumbered[self.in_sources],
        )
        return arcs, present


@dataclass(frozen=True, eq=False)
class Ties:
    """Relations on their way to arcs: positions of both ends, values of the roles, and whether each leads both ways."""

    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    values: Mapping[str, NDArray[np.float64]]
    symmetric: bool = False

    def turned(self) -> "Ties":
        """Each relation and right after it its way back, so that both arcs add the same values in the same order."""
        there = np.column_stack([self.sources, self.targets]).ravel()
        back = np.column_stack([self.targets, self.sources]).ravel()
        kept = np.ones(len(there), np.bool_)
        kept[1::2] = self.sources != self.targets
        return Ties(there[kept], back[kept], {role: np.repeat(cells, 2)[kept] for role, cells in self.values.items()})


def joined(parts: Sequence[Ties]) -> Ties:
    """Ties of several relation kinds, one after another."""
    return Ties(
        np.concatenate([part.sources for part in parts]),
        np.concatenate([part.targets for part in parts]),
        {role: np.concatenate([part.values[role] for part in parts]) for role in parts[0].values},
    )


def collapsed(ties: Ties, n: int, parallel: Parallel | None) -> tuple[Arcs, dict[str, NDArray[np.float64]]]:
    """One arc per ordered pair, and the roles' values on it."""
    built = csr.build(
        ties.sources,
        ties.targets,
        n,
        symmetric=ties.symmetric,
        want_arcs=bool(ties.values),
        threads=threads(),
    )
    arcs = Arcs(*built[:6])
    repeated = int((arcs.multiplicity > 1).sum())
    mirror = arcs.in_arcs if ties.symmetric else None
    reduced = {
        role: csr.reduce(cells, built[6], len(arcs), chosen_how(role, parallel, repeated), mirror=mirror)
        for role, cells in ties.values.items()
    }
    return arcs, reduced
