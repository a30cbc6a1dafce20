"""Shortest paths: betweenness, closeness and harmonic centrality, against igraph and NetworKit.

`python tests/benchmarks/peers.py` prints Markdown tables. Every program starts from its own network in memory.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import igraph
import networkit
import numpy as np
from numpy.typing import NDArray
from timing import compare, machine, table, versions

from ecograph.kernels import betweenness, csr, paths

OURS = "ecograph"
Program = tuple[Callable[[], Any], Callable[[Any], NDArray[np.float64]]]


@dataclass(frozen=True)
class Ties:
    """Ties without direction, parallel ones and self-ties left out, as every program likes them best."""

    name: str
    rows: tuple[Any, ...]
    distances: NDArray[np.float64]
    igraph: Any
    networkit: Any

    @property
    def n(self) -> int:
        return int(self.rows[-1])


def heavy_ties(n: int, length: int) -> Ties:
    """Ends drawn with the weight rank ** -0.8: degrees fall off as degree ** -2.25; distances in eighths."""
    random = np.random.default_rng(2)
    weights = np.arange(1, n + 1) ** -0.8
    ends = np.sort([random.choice(n, length, p=weights / weights.sum()) for _ in range(2)], axis=0)
    pairs = random.permutation(n)[np.unique(ends[:, ends[0] != ends[1]], axis=1)].astype(np.int32, order="C")
    rows = *csr.build(pairs[0], pairs[1], n, symmetric=True)[:4], n
    one, other = np.repeat(np.arange(n), np.diff(rows[0])), rows[1].astype(np.int64)
    distances = (np.minimum(one, other) * 7_919 + np.maximum(one, other)) % 997 / 8 + 1
    kept = one < other
    ends, lengths = (one[kept], other[kept]), distances[kept]
    peer = igraph.Graph(n, np.column_stack(ends).tolist())
    peer.es["distance"] = lengths.tolist()
    second = networkit.GraphFromCoo((lengths, tuple(end.astype(np.uint64) for end in ends)), n=n, weighted=True)
    return Ties(f"{kept.sum():,} ties over {n:,} nodes", rows, distances, peer, second)


def between(ties: Ties, weighted: bool) -> dict[str, Program]:
    """Betweenness of every node, exact."""
    everyone = np.arange(ties.n, dtype=np.int32)
    ours = partial(betweenness.from_sources, *ties.rows, everyone)
    second = ties.networkit if weighted else networkit.graphtools.toUnweighted(ties.networkit)
    return {
        OURS: (partial(ours, distances=ties.distances if weighted else None), lambda sums: sums[0] / 2),
        f"{OURS}, 2 threads": (
            partial(ours, distances=ties.distances if weighted else None, threads=2),
            lambda sums: sums[0] / 2,
        ),
        "igraph": (partial(ties.igraph.betweenness, weights="distance" if weighted else None), np.array),
        "NetworKit": (lambda: networkit.centrality.Betweenness(second).run(), lambda run: np.array(run.scores()) / 2),
    }


def some_between(ties: Ties) -> dict[str, Program]:
    """What 64 sources owe to every node."""
    sources = np.sort(np.random.default_rng(0).choice(ties.n, 64, replace=False)).astype(np.int32)
    ours = partial(betweenness.from_sources, *ties.rows, sources)
    return {
        OURS: (ours, lambda sums: sums[0] / 2),
        f"{OURS}, 2 threads": (partial(ours, threads=2), lambda sums: sums[0] / 2),
        "igraph": (partial(ties.igraph.betweenness, sources=sources.tolist()), np.array),
    }


def near(ties: Ties, weighted: bool) -> dict[str, Program]:
    """Harmonic centrality of every node; ours gives closeness with it."""
    ours = partial(paths.reach, *ties.rows, distances=ties.distances if weighted else None)
    second = ties.networkit if weighted else networkit.graphtools.toUnweighted(ties.networkit)
    weights = "distance" if weighted else None
    return {
        OURS: (ours, lambda sums: sums[2]),
        f"{OURS}, 2 threads": (partial(ours, threads=2), lambda sums: sums[2]),
        "igraph": (
            partial(ties.igraph.harmonic_centrality, weights=weights),
            lambda means: np.array(means) * (ties.n - 1),
        ),
        "NetworKit": (
            lambda: networkit.centrality.HarmonicCloseness(second, False).run(),
            lambda run: np.array(run.scores()),
        ),
    }


def check(programs: Mapping[str, Program]) -> None:
    """Refuse programs that do not say the same."""
    answers = {name: read(run()) for name, (run, read) in programs.items()}
    for name, answer in answers.items():
        if not np.allclose(answer, answers[OURS], rtol=1e-9, atol=1e-9):
            raise SystemExit(f"{name} differs from {OURS}")


def shown(title: str, programs: Mapping[str, Program], runs: int = 3) -> None:
    """Print one comparison."""
    check(programs)
    timings = compare({name: run for name, (run, _) in programs.items()}, runs=runs)
    print(f"\n### {title}\n")
    print(table(timings, OURS), flush=True)


def main() -> None:
    networkit.setNumberOfThreads(1)
    print("## Shortest paths\n")
    print(f"{machine()}; {versions('numpy', 'igraph', 'networkit')}.")
    print(
        "Heavy-tailed networks without direction; one thread each unless said; medians of runs taken in turns, after a"
    )
    print("warm-up. All programs agree to nine digits.")
    small, large = heavy_ties(4_000, 20_000), heavy_ties(100_000, 1_000_000)
    shown(f"Betweenness, {small.name}", between(small, weighted=False))
    shown(f"Betweenness by distances, {small.name}", between(small, weighted=True))
    shown(f"Betweenness from 64 sources, {large.name}", some_between(large))
    shown(f"Distances between all nodes, {small.name}", near(small, weighted=False))
    shown(f"Distances between all nodes by distances, {small.name}", near(small, weighted=True))


if __name__ == "__main__":
    main()
