"""Largest eigenvalues where others are nearly as large: closed forms, and what cannot be found."""

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import block_diag, csr_array
from scipy.sparse.linalg import ArpackNoConvergence, eigs, eigsh

import ecograph as eg
from ecograph.errors import ConvergenceError
from ecograph.methods import spectra
from tests.metrics.community.known import tied


def path(n: int) -> csr_array:
    return nx.to_scipy_sparse_array(nx.path_graph(n), dtype=np.float64)


def waves(n: int) -> np.ndarray:
    """The principal eigenvector of a path, whose eigenvalue is 2 cos(pi / (n + 1))."""
    values = np.sin(np.arange(1, n + 1) * np.pi / (n + 1))
    return np.asarray(values / np.linalg.norm(values))


def not_found(matrix: csr_array, solver=eigsh, which: str = "LA") -> bool:
    """Whether Arnoldi's method stops before it has found the largest eigenvalue."""
    with pytest.raises(ArpackNoConvergence):
        solver(matrix, 1, which=which, v0=np.ones(matrix.shape[0]), tol=0, maxiter=spectra.RESTARTS)
    return True


@pytest.mark.parametrize("n", [501, 5_000, 20_000])
def test_a_long_path_has_its_wave(n: int) -> None:
    assert n < 5_000 or not_found(path(n))
    found = spectra.principal(path(n), symmetric=True)
    assert found.value == pytest.approx(2 * np.cos(np.pi / (n + 1)), rel=1e-13)
    assert found.vector == pytest.approx(waves(n), abs=1e-9)


def test_equal_paths_share_and_of_nearly_equal_ones_the_longer_has_all() -> None:
    equal = csr_array(block_diag([path(5_000), path(5_000)]))
    assert not_found(equal)
    shared = spectra.principal(equal, symmetric=True)
    assert shared.vector == pytest.approx(np.tile(waves(5_000), 2) / 2**0.5, abs=1e-9)
    nearly = csr_array(block_diag([path(1_000), path(1_001), path(3)]))
    found = spectra.principal(nearly, symmetric=True)
    assert found.vector == pytest.approx(np.concatenate([np.zeros(1_000), waves(1_001), np.zeros(3)]), abs=1e-9)


def test_a_long_round_with_a_short_cut() -> None:
    """Two ways round, of n and n - 1 steps: the eigenvalue to the power n is itself plus 1."""
    n = 6_000
    sources, targets = np.append(np.arange(n), 0), np.append(np.arange(1, n + 1) % n, 2)
    matrix = csr_array((np.ones(n + 1), (sources, targets)), shape=(n, n))
    value = spectra.radius(matrix)
    assert n * np.log(value) == pytest.approx(np.log1p(value), rel=1e-9)
    # A tail that the round leads into changes the matrix, not the eigenvalue.
    tail = csr_array((np.ones(n + 2), (np.append(sources, 5), np.append(targets, n))), shape=(n + 1, n + 1))
    assert not_found(tail, eigs, "LR")
    found = spectra.principal(tail.T.tocsr(), symmetric=False)
    assert found.value == pytest.approx(value, rel=1e-13)
    assert tail.T @ found.vector == pytest.approx(value * found.vector, abs=1e-12)
    assert found.vector[n] == pytest.approx(found.vector[5] / value, rel=1e-9)


def test_measures_come_to_an_end_on_a_long_path() -> None:
    net = tied(nx.path_graph(6_000))
    order = np.argsort([int(one) for one in net.nodes.ids.to_pylist()])
    assert eg.eigenvector(net)["eigenvector"][order] == pytest.approx(waves(6_000), abs=1e-9)
    found = eg.hits(net)
    assert found["authority"].sum() == pytest.approx(1) and found["authority"].min() >= 0
    assert eg.katz(net)["katz"].min() > 0


def test_what_is_too_near_and_too_dense_is_said_in_one_line() -> None:
    """A chain of 2,001 cliques: as many eigenvalues lie near the largest, and its factors are not thin."""
    cliques = nx.disjoint_union_all([nx.complete_graph(5) for _ in range(2_001)])
    cliques.add_edges_from((5 * number + 4, 5 * number + 5) for number in range(2_000))
    assert not_found(nx.to_scipy_sparse_array(cliques, dtype=np.float64))
    for measure in (eg.eigenvector, eg.katz):
        with pytest.raises(ConvergenceError, match="10,005 nodes does not converge") as caught:
            measure(tied(cliques))
        assert "\n" not in str(caught.value) and isinstance(caught.value, ArithmeticError)
