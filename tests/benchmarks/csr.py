"""Taking relations in: rows both ways from two arrays, against the ways of the peers.

`python tests/benchmarks/csr.py` prints Markdown tables. Every program starts from the arrays it likes best.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import igraph
import networkit
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from timing import compare, machine, table, versions

from ecograph.kernels import csr

OURS = "ecograph"


@dataclass(frozen=True)
class Relations:
    """Relations between nodes, as every program may take them."""

    name: str
    n: int
    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    runs: int = 7

    def __len__(self) -> int:
        return len(self.sources)


@dataclass(frozen=True)
class Answer:
    """What all programs must agree on; relations by node count parallel ones, arcs do not."""

    arcs: int
    leaving: NDArray[np.int64]
    arriving: NDArray[np.int64]

    def agrees(self, other: "Answer") -> bool:
        """Whether it says the same."""
        return (
            self.arcs == other.arcs
            and np.array_equal(self.leaving, other.leaving)
            and np.array_equal(self.arriving, other.arriving)
        )


def random_relations(n: int, length: int, runs: int) -> Relations:
    """Both ends anywhere."""
    random = np.random.default_rng(1)
    sources, targets = (random.integers(0, n, length, dtype=np.int32) for _ in range(2))
    return Relations(f"random, {length:,} relations over {n:,} nodes", n, sources, targets, runs)


def heavy_relations(n: int, length: int, runs: int) -> Relations:
    """Both ends drawn with the weight rank ** -0.8: degrees fall off as degree ** -2.25."""
    random = np.random.default_rng(2)
    weights = np.arange(1, n + 1) ** -0.8
    sources, targets = (
        random.permutation(n)[random.choice(n, length, p=weights / weights.sum())].astype(np.int32) for _ in range(2)
    )
    return Relations(f"heavy-tailed, {length:,} relations over {n:,} nodes", n, sources, targets, runs)


def programs(given: Relations) -> dict[str, tuple[Callable[[], Any], Callable[[Any], Answer]]]:
    """By name: what is timed, and how its result is read."""
    pairs = np.column_stack((given.sources, given.targets)).astype(np.int64)
    wide = given.sources.astype(np.uint64), given.targets.astype(np.uint64)
    n, ends = given.n, (given.sources, given.targets)
    ours = partial(csr.build, *ends, n)
    return {
        OURS: (ours, read_rows),
        f"{OURS}, places of relations kept": (partial(ours, want_arcs=True), read_rows),
        f"{OURS}, 2 threads": (partial(ours, threads=2), read_rows),
        "igraph, Graph(edges=array)": (lambda: igraph.Graph(n, edges=pairs, directed=True), read_igraph),
        "igraph, Graph(edges=zip(lists))": (
            lambda: igraph.Graph(n, edges=zip(*(end.tolist() for end in ends), strict=True), directed=True),
            read_igraph,
        ),
        "NetworKit, GraphFromCoo": (lambda: networkit.GraphFromCoo(wide, n=n, directed=True), read_networkit),
        "scipy, tocsr and tocsc": (partial(scipy_rows, *ends, n), read_scipy),
    }


def scipy_rows(sources: NDArray[np.int32], targets: NDArray[np.int32], n: int) -> tuple[Any, Any]:
    """Sparse matrices of multiplicities by row and by column."""
    rows = coo_array((np.ones(len(sources), np.int32), (sources, targets)), shape=(n, n)).tocsr()
    return rows, rows.tocsc()


def read_rows(built: Any) -> Answer:
    out_pointers, _, in_pointers, _, in_arcs, multiplicity, _ = built
    return Answer(len(multiplicity), by_row(multiplicity, out_pointers), by_row(multiplicity[in_arcs], in_pointers))


def by_row(counts: NDArray[np.int32], pointers: NDArray[Any]) -> NDArray[np.int64]:
    """Sums of the rows."""
    return np.diff(np.concatenate(([0], np.cumsum(counts)))[pointers])


def read_igraph(graph: Any) -> Answer:
    leaving, arriving = np.array(graph.outdegree()), np.array(graph.indegree())
    return Answer(graph.simplify(loops=False).ecount(), leaving, arriving)


def read_networkit(graph: Any) -> Answer:
    leaving, arriving = (
        np.array([degree(node) for node in range(graph.numberOfNodes())])
        for degree in (graph.degreeOut, graph.degreeIn)
    )
    graph.removeMultiEdges()
    return Answer(graph.numberOfEdges(), leaving, arriving)


def read_scipy(built: tuple[Any, Any]) -> Answer:
    rows, columns = built
    return Answer(rows.nnz, by_row(rows.data, rows.indptr), by_row(columns.data, columns.indptr))


def check(given: Relations) -> Answer:
    """The answer of all programs; refused where one differs."""
    answers = {name: read(run()) for name, (run, read) in programs(given).items()}
    for name, answer in answers.items():
        if not answer.agrees(answers[OURS]):
            raise SystemExit(f"{given.name}: {name} differs from {OURS}")
    return answers[OURS]


def main() -> None:
    networkit.setNumberOfThreads(1)
    print("## Taking relations in\n")
    print(f"{machine()}; {versions('numpy', 'scipy', 'igraph', 'networkit')}.")
    print("One thread each unless said; medians of runs taken in turns, after a warm-up. ecograph and scipy make one")
    print("arc of parallel relations and sort every row, igraph and NetworKit keep them apart.")
    for given in (
        random_relations(100_000, 1_000_000, 7),
        heavy_relations(100_000, 1_000_000, 7),
        random_relations(400_000, 4_000_000, 3),
        random_relations(50, 200, 200),
    ):
        timings = compare({name: run for name, (run, _) in programs(given).items()}, runs=given.runs)
        print(f"\n### {given.name[0].upper()}{given.name[1:]}\n")
        print(table(timings, OURS), flush=True)
        print(f"\nAll programs agree on {check(given).arcs:,} arcs and on every degree.", flush=True)


if __name__ == "__main__":
    main()
