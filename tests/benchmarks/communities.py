"""Communities: Leiden and Louvain against igraph, NetworKit and scikit-network.

`python tests/benchmarks/communities.py` prints Markdown tables. Every program starts from its own network in memory.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import igraph
import networkit
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sknetwork.clustering import Louvain
from timing import apart, compare, machine, markdown, table, versions

from ecograph.kernels import csr, leiden
from ecograph.methods.partitions import Bonds
from ecograph.methods.sharing import Sharing

LEIDEN, LOUVAIN = "ecograph, Leiden", "ecograph, Louvain"
ONE_SIDE = "ecograph, Leiden on one side"
PASSES = 2
"""igraph's number of iterations if none is given."""
SEEDS = 5
N, LENGTH = 100_000, 1_000_000
Search = Callable[[int], Any]
Program = tuple[Search, Callable[[Any], NDArray[np.integer]]]
Ends = NDArray[np.integer]


@dataclass(frozen=True)
class Ties:
    """Ties without direction, parallel ones and self-ties left out, as every program likes them best."""

    name: str
    rows: tuple[NDArray[Any], ...]
    igraph: Any
    networkit: Any
    sparse: Any

    def modularity(self, labels: NDArray[np.integer]) -> float:
        """Modularity of a partition, by its definition."""
        pointers, neighbours, _, degrees, _ = self.rows
        same = np.repeat(labels, np.diff(pointers)) == labels[neighbours]
        shares = np.bincount(labels, degrees) / len(neighbours)
        return float(same.mean() - (shares**2).sum())


def ties(name: str, ends: Ends) -> Ties:
    """Every program's network of the same pairs."""
    ends = np.sort(ends, axis=0)
    pairs = np.unique(ends[:, ends[0] != ends[1]], axis=1).astype(np.int32, order="C")
    pointers, neighbours, *_ = csr.build(pairs[0], pairs[1], N, symmetric=True)
    degrees = np.diff(pointers).astype(np.float64)
    return Ties(
        f"{name}, {pairs.shape[1]:,} ties over {N:,} nodes",
        (pointers, neighbours, np.full(len(neighbours), 2.0), degrees, degrees),
        igraph.Graph(N, pairs.T.tolist()),
        networkit.GraphFromCoo(tuple(end.astype(np.uint64) for end in pairs), n=N),
        csr_matrix((np.ones(len(neighbours)), neighbours, pointers), shape=(N, N)),
    )


def anywhere() -> Ends:
    """Both ends anywhere."""
    return np.random.default_rng(1).integers(0, N, (2, LENGTH))


def heavy() -> Ends:
    """Both ends drawn with the weight rank ** -0.8: degrees fall off as degree ** -2.25."""
    draws = np.random.default_rng(2)
    weights = np.arange(1, N + 1) ** -0.8
    return draws.permutation(N)[draws.choice(N, (2, LENGTH), p=weights / weights.sum())]


def planted() -> Ends:
    """500 groups; three of ten ties lead anywhere, the others into the node's own group."""
    draws = np.random.default_rng(3)
    groups = draws.integers(0, N // 200, N)
    members = np.argsort(groups, kind="stable")
    starts = np.searchsorted(groups[members], np.arange(N // 200 + 1))
    sources = draws.integers(0, N, LENGTH)
    first, end = starts[groups[sources]], starts[groups[sources] + 1]
    inside = members[first + (draws.random(LENGTH) * (end - first)).astype(np.int64)]
    targets = np.where(draws.random(LENGTH) < 0.3, draws.integers(0, N, LENGTH), inside)
    return np.array([sources, targets])


NETWORKS = {"random": anywhere, "heavy-tailed": heavy, "planted groups": planted}


def by_igraph(given: Ties, seed: int) -> Any:
    """Leiden of igraph, whose source of random numbers is Python's."""
    random.seed(seed)
    return given.igraph.community_leiden("modularity", n_iterations=PASSES)


def by_networkit(given: Ties, threads: int, seed: int) -> Any:
    """NetworKit's parallel Louvain method."""
    networkit.setNumberOfThreads(threads)
    networkit.setSeed(seed, False)
    return networkit.community.PLM(given.networkit, False).run()


def by_sknetwork(given: Ties, seed: int) -> Any:
    """Louvain of scikit-network, in random order as ours."""
    return Louvain(random_state=seed, shuffle_nodes=True).fit_predict(given.sparse)


def programs(given: Ties) -> dict[str, Program]:
    """By name: the search from a seed, and how labels are read from what it gives."""

    def ours(refined: bool, seed: int) -> Any:
        return leiden.partitions(*given.rows, refined=refined, seed=seed, passes=PASSES if refined else 1)

    def read_networkit(run: Any) -> NDArray[np.integer]:
        return np.array(run.getPartition().getVector())

    return {
        LEIDEN: (partial(ours, True), np.asarray),
        "igraph, Leiden": (partial(by_igraph, given), lambda found: np.array(found.membership)),
        LOUVAIN: (partial(ours, False), np.asarray),
        "NetworKit, PLM": (partial(by_networkit, given, 1), read_networkit),
        "NetworKit, PLM, 2 threads": (partial(by_networkit, given, 2), read_networkit),
        "scikit-network, Louvain": (partial(by_sknetwork, given), np.asarray),
    }


def reached(given: Ties) -> Iterator[tuple[str, float]]:
    """Mean modularity of each program over the seeds; refused where ours is behind."""
    found: dict[str, float] = {}
    for name, (search, read) in programs(given).items():
        values = [given.modularity(read(search(seed))) for seed in range(SEEDS)]
        found[name] = float(np.mean(values))
        yield name, found[name]
    for name, value in found.items():
        own = found[LEIDEN if "Leiden" in name else LOUVAIN]
        if own < value - 0.001:
            raise RuntimeError(f"{given.name}: {name} reaches {value:.4f}, ecograph {own:.4f}")


def joined() -> Sharing:
    """Who takes part in what: 500 groups of nodes and of things, two of ten entries anywhere."""
    draws = np.random.default_rng(4)
    nodes, things = draws.integers(0, N, LENGTH), draws.integers(0, N, LENGTH)
    inside = things // 500 * 500 + nodes % 500
    things = np.where(draws.random(LENGTH) < 0.2, things, inside)
    cells = csr_matrix((np.ones(LENGTH), (nodes, things)), shape=(N, N))
    cells.data[:] = 1
    things = np.unique(cells.indices, return_inverse=True)[1].astype(np.int32)
    return Sharing(N, cells.indptr.astype(np.int64), things, cells.data)


def formed(sharing: Sharing) -> Bonds:
    """The ties of those who share something, one by one."""
    cells = csr_matrix((sharing.amounts, sharing.things, sharing.pointers))
    ties = (cells @ cells.T).tocoo()
    apart = ties.row != ties.col
    return Bonds(N, ties.row[apart].astype(np.int32), ties.col[apart].astype(np.int32), ties.data[apart])


def one_side() -> Iterator[str]:
    """Leiden on one side of a two-mode network: its ties not formed, and formed before or with the search."""
    sharing = joined()
    bonds = formed(sharing)
    assert bonds.ties  # its rows are made once, before the clock runs
    options = {"refined": True, "resolution": 1.0, "starts": 1}
    searches = {
        ONE_SIDE: lambda: sharing.partitions(**options, seed=0),
        "ecograph, Leiden on ties that are there": lambda: bonds.partitions(**options, seed=0),
        "ecograph, ties formed by scipy and Leiden": lambda: formed(sharing).partitions(**options, seed=0),
    }
    yield f"### One side, {len(sharing.amounts):,} entries of {N:,} nodes, {len(bonds.sources) // 2:,} ties"
    yield table(compare(searches, runs=3), ONE_SIDE)
    found = {
        name: [search.partitions(**options, seed=seed)[0] for seed in range(SEEDS)]
        for name, search in (("not formed", sharing), ("formed", bonds))
    }
    values = {name: bonds.modularities(np.array(labels), 1.0).mean() for name, labels in found.items()}
    yield markdown(("ties", "modularity"), [(name, f"{value:.4f}") for name, value in values.items()])
    if values["not formed"] < values["formed"] - 0.001:
        raise SystemExit(f"one side: without its ties {values['not formed']:.4f}, with them {values['formed']:.4f}")


def on(network: str) -> str:
    """Tables of one network."""
    given = ties(network, NETWORKS[network]())
    searches = {name: search for name, (search, _) in programs(given).items()}
    timings = compare({name: partial(search, 0) for name, search in searches.items()}, runs=3)
    refined = {name: timings[name] for name in (LEIDEN, "igraph, Leiden")}
    quick = {name: taken for name, taken in timings.items() if "Leiden" not in name}
    values = markdown(("program", "modularity"), [(name, f"{value:.4f}") for name, value in reached(given)])
    title = f"### {given.name[0].upper()}{given.name[1:]}"
    return "\n\n".join([title, table(refined, LEIDEN), table(quick, LOUVAIN), values])


def main() -> None:
    print("## Communities\n")
    print(f"{machine()}; {versions('numpy', 'igraph', 'networkit', 'scikit-network')}.")
    print(f"One thread each unless said; Leiden goes over the network {PASSES} times, as igraph does if not told.")
    print(f"Medians of runs taken in turns, after a warm-up; modularity is the mean over {SEEDS} seeds.")
    for network in NETWORKS:
        print("", apart(on, network), sep="\n")
    print("", *one_side(), sep="\n\n")


if __name__ == "__main__":
    main()
