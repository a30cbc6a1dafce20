"""Compressed rows against their slow twin."""

import sys

import numpy as np
import pytest

from ecograph.kernels import csr
from oracles import csr as twin

NAMES = twin.Rows._fields
LENGTH_OF_TWO_PARTS = 2 * 2**18  # a build is shared among threads from here on


def int32(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def random_relations(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """A small graph with self-ties, parallel relations, isolates, hubs, or nothing at all."""
    random = np.random.default_rng(seed)
    n = int(random.integers(0, 12))
    length = int(random.integers(0, 40)) if n else 0
    reach = int(random.integers(1, n + 1)) if n else 1
    sources = random.integers(0, reach, length, dtype=np.int32)
    targets = (sources if seed % 7 == 0 else random.integers(0, reach, length, dtype=np.int32)).copy()
    return sources, targets, n


def heavy_relations(n: int, length: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(5)
    return tuple((n * random.random(length) ** 3).astype(np.int32) for _ in range(2))


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("seed", range(200))
def test_rows_are_those_of_the_twin(seed: int, symmetric: bool) -> None:
    sources, targets, n = random_relations(seed)
    built = csr.build(sources, targets, n, symmetric=symmetric, want_arcs=True)
    expected = twin.build(sources.tolist(), targets.tolist(), n, symmetric=symmetric)
    for name, found, wanted in zip(NAMES, built, expected, strict=True):
        assert found.tolist() == wanted, name


def test_types() -> None:
    built = csr.build(int32(0), int32(1), 2, want_arcs=True)
    assert [array.dtype for array in built] == [np.int64, np.int32, np.int64, *[np.dtype(np.int32)] * 4]


def test_relation_arcs_only_when_asked_for() -> None:
    *_, relation_arcs = csr.build(int32(0, 1), int32(1, 0), 2)
    assert len(relation_arcs) == 0


def test_symmetric_rows_are_the_same_both_ways() -> None:
    sources, targets = heavy_relations(60, 500)
    built = twin.Rows(*csr.build(sources, targets, 60, symmetric=True, want_arcs=True))
    assert np.array_equal(built.out_pointers, built.in_pointers)
    assert np.array_equal(built.out_targets, built.in_sources)
    assert np.array_equal(built.in_arcs[built.in_arcs], np.arange(len(built.in_arcs)))
    assert np.array_equal(built.multiplicity, built.multiplicity[built.in_arcs])


@pytest.mark.parametrize("symmetric", [False, True])
def test_bytes_do_not_depend_on_threads(symmetric: bool) -> None:
    n = 20_000
    sources, targets = heavy_relations(n, 5 * LENGTH_OF_TWO_PARTS // 2)
    one, *others = (
        csr.build(sources, targets, n, symmetric=symmetric, want_arcs=True, threads=threads) for threads in (1, 2, 4)
    )
    for other in others:
        for name, found, wanted in zip(NAMES, other, one, strict=True):
            assert found.tobytes() == wanted.tobytes(), name


def test_large_rows_are_those_of_scipy() -> None:
    from scipy.sparse import coo_array

    n = 5_000
    sources, targets = heavy_relations(n, LENGTH_OF_TWO_PARTS)
    built = twin.Rows(*csr.build(sources, targets, n, want_arcs=True, threads=2))
    out_rows = coo_array((np.ones(len(sources), np.int32), (sources, targets)), shape=(n, n)).tocsr()
    in_rows = out_rows.tocsc()
    assert np.array_equal(built.out_pointers, out_rows.indptr)
    assert np.array_equal(built.out_targets, out_rows.indices)
    assert np.array_equal(built.multiplicity, out_rows.data)
    assert np.array_equal(built.in_pointers, in_rows.indptr)
    assert np.array_equal(built.in_sources, in_rows.indices)
    assert np.array_equal(built.multiplicity[built.in_arcs], in_rows.data)
    assert np.array_equal(built.out_targets[built.relation_arcs], targets)


def test_read_only_arrays_are_accepted_and_left_alone() -> None:
    sources, targets = int32(2, 0, 0), int32(1, 2, 1)
    sources.flags.writeable = targets.flags.writeable = False
    out_pointers, out_targets, *_ = csr.build(sources, targets, 3)
    assert (out_pointers.tolist(), out_targets.tolist()) == ([0, 2, 2, 3], [1, 2, 1])
    assert (sources.tolist(), targets.tolist()) == ([2, 0, 0], [1, 2, 1])


def test_arrays_own_their_memory() -> None:
    sources, targets = heavy_relations(300_000, 2_000_000)
    out_pointers, out_targets, *rest = csr.build(sources, targets, 300_000)
    total = int(out_targets.sum(dtype=np.int64))
    del sources, targets, rest, out_pointers
    csr.build(*heavy_relations(300_000, 2_000_000)[::-1], 300_000)
    assert int(out_targets.sum(dtype=np.int64)) == total
    assert sys.getrefcount(out_targets) == 2


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("how", ["sum", "mean", "max", "min"])
def test_reduced_values_are_those_of_the_twin(how: str, symmetric: bool) -> None:
    for seed in range(60):
        sources, targets, n = random_relations(seed)
        values = np.random.default_rng(seed).normal(size=len(sources))
        built = twin.Rows(*csr.build(sources, targets, n, symmetric=symmetric, want_arcs=True))
        mirror = built.in_arcs if symmetric else None
        found = csr.reduce(values, built.relation_arcs, len(built.out_targets), how, mirror=mirror)
        ends = sources.tolist(), targets.tolist()
        assert found.tolist() == twin.reduce(values.tolist(), *ends, how, symmetric=symmetric)


def test_an_arc_without_a_relation() -> None:
    found = [csr.reduce(np.array([3.0]), int32(1), 2, how).tolist() for how in ("sum", "mean", "max", "min")]
    assert found[0] == [0.0, 3.0]
    for first, second in found[1:]:
        assert np.isnan(first)
        assert second == 3.0


def test_infinite_values_are_reduced() -> None:
    values = np.array([np.inf, 1.0, -np.inf, 1.0])
    assert csr.reduce(values, int32(0, 0, 1, 1), 2, "max").tolist() == [np.inf, 1.0]
    assert csr.reduce(values, int32(0, 0, 1, 1), 2, "min").tolist() == [1.0, -np.inf]


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_the_order_is_by_source_then_target_then_as_they_came(threads: int) -> None:
    random = np.random.default_rng(threads)
    for n, length in ((1, 0), (3, 50), (40, 30), (50_000, 600_000)):
        sources, targets = (random.integers(0, n, length, dtype=np.int32) for _ in range(2))
        expected = np.lexsort((targets, sources))
        pointers, ordered, numbers = csr.order(sources, targets, n, threads=threads)
        assert np.array_equal(numbers, expected)
        assert np.array_equal(ordered, targets[expected])
        assert np.array_equal(np.repeat(np.arange(n), np.diff(pointers)), sources[expected])
    with pytest.raises(ValueError, match=r"sources\[0\] = 2 is outside 0..1"):
        csr.order(np.array([2], np.int32), np.array([0], np.int32), 2)


@pytest.mark.parametrize("seed", range(60))
def test_relations_in_order_give_the_same_rows(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 12)) if seed < 50 else 40_000
    length = int(random.integers(0, 40)) if seed < 50 else 300_000
    sources, targets = (random.integers(0, n, length, dtype=np.int32) for _ in range(2))
    order = np.lexsort((targets, sources))
    threads = 1 + seed % 3
    mixed = csr.build(sources, targets, n, want_arcs=True, threads=threads)
    ordered = csr.build(sources[order], targets[order], n, want_arcs=True, threads=threads)
    assert all(np.array_equal(one, other) for one, other in zip(mixed[:-1], ordered[:-1], strict=True))
    assert np.array_equal(mixed[-1][order], ordered[-1])
    assert not len(csr.build(sources[order], targets[order], n)[-1])
