"""Maximum flow between two nodes, against scipy and igraph.

`python tests/benchmarks/maximum_flow.py` prints Markdown tables. Every program starts from its own network in memory.
"""

from collections.abc import Mapping
from functools import partial

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow as sent_by_scipy
from timing import Program, compare, machine, table, versions

from ecograph.methods.cutting import maximum_flow

OURS = "ecograph"


def random_capacities(n: int, m: int, reach: int) -> csr_array:
    """Whole capacities on arcs that lead at most `reach` nodes on, which makes paths long where it is small."""
    random = np.random.default_rng(1)
    sources = random.integers(0, n, m)
    targets = (sources + random.integers(1, reach + 1, m)) % n
    made = csr_array((random.integers(1, 1000, m).astype(np.int32), (sources, targets)), shape=(n, n))
    made.sum_duplicates()
    made.sort_indices()
    return csr_array((made.data, made.indices.astype(np.int32), made.indptr.astype(np.int32)), shape=(n, n))


def sides(n: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """The first node and the one in the middle."""
    return np.arange(n) == 0, np.arange(n) == n // 2


def programs(matrix: csr_array) -> Mapping[str, Program]:
    n = matrix.shape[0]
    rows = matrix.indptr.astype(np.int64), matrix.indices
    graph = igraph.Graph(n, np.column_stack(matrix.nonzero()).tolist(), directed=True)
    capacities = matrix.data.astype(np.float64)
    return {
        OURS: partial(maximum_flow, rows, capacities, *sides(n)),
        "scipy": partial(sent_by_scipy, matrix, 0, n // 2),
        "igraph": partial(graph.maxflow, 0, n // 2, capacities.tolist()),
    }


def value(name: str, answer: object) -> float:
    return float(getattr(answer, "flow_value" if name == "scipy" else "value"))


def main() -> None:
    print("## Maximum flow\n")
    print(f"{machine()}; {versions('numpy', 'scipy', 'igraph')}.")
    print("From one node to another, whole capacities; medians of runs taken in turns, after a warm-up. All agree.")
    for n, m, reach in ((10_000, 100_000, 10_000), (100_000, 1_000_000, 100_000), (20_000, 200_000, 200)):
        runs = programs(random_capacities(n, m, reach))
        answers = {name: value(name, run()) for name, run in runs.items()}
        if len(set(answers.values())) > 1:
            raise SystemExit(f"the programs differ: {answers}")
        print(f"\n### {m:,} arcs over {n:,} nodes, each at most {reach:,} on\n")
        print(table(compare(runs, runs=5), OURS), flush=True)


if __name__ == "__main__":
    main()
