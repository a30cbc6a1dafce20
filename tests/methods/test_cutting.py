"""Maximum flow on decimals: exact, and as scipy, networkx and igraph have it."""

from collections.abc import Callable
from decimal import Decimal

import igraph
import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow as peer

from ecograph.methods.cutting import maximum_flow


def network(seed: int, digits: int) -> csr_array:
    """Random arcs with decimals, self-ties and both ways among them."""
    random = np.random.default_rng(seed)
    n, m = int(random.integers(2, 30)), int(random.integers(1, 150))
    cells = random.integers(1, 1000, m) / 10**digits
    made = csr_array((cells, (random.integers(0, n, m), random.integers(0, n, m))), shape=(n, n))
    made.sum_duplicates()
    made.sort_indices()
    return made


def test_it_equals_its_peers(rounds: Callable[[int, int], int]) -> None:
    for seed in range(rounds(30, 300)):
        digits = seed % 4
        matrix = network(seed, digits)
        n = matrix.shape[0]
        first, last = (np.arange(n) == end for end in (0, n - 1))
        found = maximum_flow(
            (matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)), matrix.data, first, last
        )
        whole = csr_array(
            (np.rint(matrix.data * 10**digits).astype(np.int32), matrix.indices, matrix.indptr), matrix.shape
        )
        expected = float(Decimal(int(peer(whole, 0, n - 1).flow_value)) / 10**digits)
        assert found.value == expected
        graph = nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph, edge_attribute="capacity")
        value, (side, _) = nx.minimum_cut(graph, 0, n - 1)
        assert abs(value - found.value) < 1e-9
        edges = igraph.Graph(n, list(graph.edges), directed=True)
        assert abs(edges.maxflow(0, n - 1, [c for *_, c in graph.edges.data("capacity")]).value - found.value) < 1e-9
        tails = np.repeat(np.arange(n), np.diff(matrix.indptr))
        assert abs(matrix.data[found.arcs].sum() - found.value) < 1e-9 and 0 in side
        given = np.bincount(tails, found.flows, n) - np.bincount(matrix.indices, found.flows, n)
        assert np.allclose(given[1:-1], 0, atol=1e-9) and abs(given[0] - found.value) < 1e-9
        assert ((found.flows >= 0) & (found.flows <= matrix.data)).all()
        assert (found.flows[found.arcs] == matrix.data[found.arcs]).all()
        both = csr_array((found.flows, matrix.indices, matrix.indptr), matrix.shape)
        assert (both.multiply(both.T)).sum() == both.diagonal() @ both.diagonal()


def test_sums_of_decimals_are_exact() -> None:
    """0.1 + 0.2 of parallel relations is 0.30000000000000004; three billion and a cent is beyond 32 bits."""
    ends = np.array([True, False]), np.array([False, True])
    rows = np.array([0, 1, 1]), np.array([1], np.int32)
    assert maximum_flow(rows, np.array([0.1 + 0.2]), *ends).value == 0.3
    assert maximum_flow(rows, np.array([3_000_000_000.01]), *ends).value == 3_000_000_000.01
    assert maximum_flow(rows, np.array([1 / 3]), *ends).value == 1 / 3
    assert maximum_flow(rows, np.array([1e300]), *ends).value == 1e300
    assert maximum_flow(rows, np.array([0.0]), *ends).value == 0
