"""Weak components against their slow twin."""

import numpy as np
import pytest

from ecograph.kernels import components, csr
from oracles import components as twin


def labels(sources: np.ndarray, targets: np.ndarray, n: int) -> list[int]:
    out_pointers, out_targets, *_ = csr.build(sources, targets, n)
    return components.weak(out_pointers, out_targets, n).tolist()


@pytest.mark.parametrize("seed", range(200))
def test_labels_are_those_of_the_twin(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(0, 30))
    length = int(random.integers(0, 30)) if n else 0
    sources, targets = (random.integers(0, max(n, 1), length, dtype=np.int32) for _ in range(2))
    expected = twin.weak(list(zip(sources.tolist(), targets.tolist(), strict=True)), n)
    assert labels(sources, targets, n) == expected


def test_the_largest_comes_first_and_then_the_smallest_member() -> None:
    sources, targets = np.array([5, 3, 4], np.int32), np.array([1, 2, 6], np.int32)
    assert labels(sources, targets, 8) == [3, 0, 1, 1, 2, 0, 2, 4]


def test_a_long_path_and_its_way_back() -> None:
    n = 200_000
    order = np.random.default_rng(3).permutation(n).astype(np.int32)
    assert not any(labels(order[:-1], order[1:], n))
    ascending = np.arange(n, dtype=np.int32)
    assert not any(labels(ascending[1:], ascending[:-1], n))


def test_large_labels_are_those_of_scipy() -> None:
    from scipy.sparse import coo_array, csgraph

    n = 50_000
    random = np.random.default_rng(8)
    sources, targets = (random.integers(0, n, n // 2, dtype=np.int32) for _ in range(2))
    matrix = coo_array((np.ones(n // 2), (sources, targets)), shape=(n, n)).tocsr()
    _, expected = csgraph.connected_components(matrix, directed=True, connection="weak")
    found = np.array(labels(sources, targets, n))
    assert len(np.unique(np.stack([found, expected]), axis=1).T) == found.max() + 1 == expected.max() + 1
    assert np.all(np.diff(np.bincount(found)) <= 0)
