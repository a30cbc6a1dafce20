"""Networks drawn evenly from all that have the same degrees, and how well the draws have mixed."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.errors import ParameterError
from ecograph.kernels import csr, swaps
from ecograph.methods.surprise import checked_samples
from ecograph.methods.threads import threads

AT_ONCE = 20_000_000
"""Arcs of the samples that are drawn together."""
MOST_ATTEMPTS = 100_000

Ends = tuple[NDArray[np.int32], NDArray[np.int32]]
"""Sources and targets of arcs."""


class Mixing(NamedTuple):
    """How far draws are from where they started.

    Parameters
    ----------
    acceptance : float
        Share of the attempts that changed something; NaN without attempts.
    kept : float
        Share of the arcs that a sample has in common with the network its walk began at.
    common : float
        Share of the arcs that two samples have in common, which are twice as many attempts apart.
    """

    acceptance: float
    kept: float
    common: float

    @property
    def memory(self) -> float:
        """What is left of the start beyond what any two samples share, from 0 (nothing) to 1 (everything)."""
        return max((self.kept - self.common) / (1 - self.common), 0.0) if self.common < 1 else 0.0


@dataclass(frozen=True, eq=False)
class Rewiring(ABC):
    """A simple network, and how others of the same degrees are drawn: no arc twice, none of a node with itself.

    Parameters
    ----------
    n : int
        Nodes.
    sources, targets : int32 (arcs)
        Ends of each arc; without direction each tie once.
    """

    n: int
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]

    @abstractmethod
    def walked(self, start: Ends, seed: int, first: int, samples: int, attempts: int) -> tuple[Iterator[Ends], int]:
        """Walk from a start: the samples numbered from the first, and how many attempts changed something."""

    @property
    @abstractmethod
    def walkers(self) -> int:
        """What attempts are counted by: arcs, or nodes that trade."""

    def measured(
        self, measure: Callable[[Ends], Any], *, samples: int, attempts: int, seed: int
    ) -> tuple[list[Any], Mixing]:
        """Draw networks and measure each.

        The network given and the samples are drawn alike if it is itself one of the null model, however few the
        attempts: all walks begin at one network, which a walk from the network given has reached (Besag & Clifford
        1989). Attempts decide how far apart they are.

        Parameters
        ----------
        measure : callable
            What is wanted of a network, given sources and targets of its arcs.
        samples : int
            How many networks.
        attempts : int
            Attempts per arc, or per node that trades, from the start to each.
        seed : int
            Seed of all draws.

        Returns
        -------
        list, Mixing
            What was measured, and how well the draws have mixed.
        """
        each = attempts * self.walkers
        met, _ = self.walked((self.sources, self.targets), seed, 0, 1, each)
        start = next(met)
        kept, common, values, accepted = Overlap(self.codes(start)), Overlap(None), [], 0
        at_once = max(AT_ONCE // max(len(self.sources), 1), 1)
        for first in range(0, samples, at_once):
            drawn, changed = self.walked(start, seed, first + 1, min(at_once, samples - first), each)
            accepted += changed
            for ends in drawn:
                codes = self.codes(ends)
                kept.meet(codes)
                common.meet(codes)
                common.codes = codes
                values.append(measure(ends))
        return values, Mixing(accepted / (each * samples) if each * samples else np.nan, kept.share, common.share)

    def codes(self, ends: Ends) -> NDArray[np.int64]:
        """One number an arc, rising."""
        return np.sort(np.multiply(ends[0], self.n, dtype=np.int64) + ends[1])


class Overlap:
    """Mean share of arcs in common with the codes held."""

    def __init__(self, codes: NDArray[np.int64] | None) -> None:
        self.codes = codes
        self.shares: list[float] = []

    def meet(self, codes: NDArray[np.int64]) -> None:
        """Compare a sample with the codes held, if there are any."""
        if self.codes is None or not len(codes):
            return
        places = np.minimum(np.searchsorted(self.codes, codes), len(codes) - 1)
        self.shares.append(float((self.codes[places] == codes).mean()))

    @property
    def share(self) -> float:
        """Mean share; 1 where nothing was compared."""
        return float(np.mean(self.shares)) if self.shares else 1.0


@dataclass(frozen=True, eq=False)
class Swaps(Rewiring):
    """Ends of two arcs change places.

    Parameters
    ----------
    directed : bool
        Whether arcs have a direction.
    kinds : int32 (n)
        Kind of each node: arcs swap ends only where both ends are of the same kinds, so that every node keeps how many
        neighbours of each kind it has. Zeros to keep degrees alone.
    """

    directed: bool
    kinds: NDArray[np.int32]

    @property
    def walkers(self) -> int:
        """How many arcs there are."""
        return len(self.sources)

    def walked(self, start: Ends, seed: int, first: int, samples: int, attempts: int) -> tuple[Iterator[Ends], int]:
        """Walk by swaps."""
        sources, targets, accepted = swaps.arcs(
            *start,
            self.kinds,
            directed=self.directed,
            seed=seed,
            first=first,
            samples=samples,
            attempts=attempts,
            threads=threads(),
        )
        shape = samples, len(start[0])
        return zip(sources.reshape(shape), targets.reshape(shape), strict=True), int(accepted.sum())

    def codes(self, ends: Ends) -> NDArray[np.int64]:
        """One number an arc, rising; without direction either way round."""
        return super().codes(ends if self.directed else (np.minimum(*ends), np.maximum(*ends)))


@dataclass(frozen=True, eq=False)
class Trades(Rewiring):
    """Two nodes of one side deal the neighbours that only one of them has out anew.

    Parameters
    ----------
    trading : bool array (n)
        Nodes of the side that trades: all sources and no target.
    """

    trading: NDArray[np.bool_]

    @property
    def walkers(self) -> int:
        """How many nodes trade."""
        return int(self.trading.sum())

    def walked(self, start: Ends, seed: int, first: int, samples: int, attempts: int) -> tuple[Iterator[Ends], int]:
        """Walk by trades."""
        row_of = (np.cumsum(self.trading) - 1).astype(np.int32)
        pointers, others, *_ = csr.build(row_of[start[0]], start[1], self.n, threads=threads())
        rows = np.flatnonzero(self.trading).astype(np.int32)
        sources = np.repeat(rows, np.diff(pointers[: len(rows) + 1]))
        dealt, accepted = swaps.rows(
            pointers[: len(rows) + 1],
            others,
            self.n,
            seed=seed,
            first=first,
            samples=samples,
            attempts=attempts,
            threads=threads(),
        )
        return ((sources, row) for row in dealt.reshape(samples, len(others))), int(accepted.sum())


def checked_draws(samples: int, attempts: int, seed: int) -> None:
    """Refuse numbers of samples and attempts and seeds that have no meaning.

    Raises
    ------
    ParameterError
        If a number is outside its range.
    """
    checked_samples(samples, seed)
    if not 1 <= attempts <= MOST_ATTEMPTS:
        raise ParameterError(f"attempts={attempts}; give a whole number from 1 to {MOST_ATTEMPTS:,}")
