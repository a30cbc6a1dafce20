"""Nodes taken away, against the slow twin, and on networks that are long or crowded."""

import numpy as np
import pytest

from ecograph.kernels import csr, removals
from oracles import removals as twin


def rows_of(pairs: list[tuple[int, int]], n: int) -> tuple[np.ndarray, np.ndarray]:
    ends = np.array(pairs, np.int32).reshape(-1, 2)
    return csr.build(ends[:, 0].copy(), ends[:, 1].copy(), n, symmetric=True)[:2]


@pytest.mark.parametrize("seed", range(100))
def test_they_are_those_of_the_twin(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 22))
    drawn = random.integers(0, n, (int(random.integers(0, 45)), 2)).tolist()
    pairs = sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]})
    around = [{a + b - node for a, b in pairs if node in (a, b)} for node in range(n)]
    rows = rows_of(pairs, n)
    turns = np.concatenate([random.permutation(n) for _ in range(3)]).astype(np.int32)
    orders = removals.by_degree_left(*rows, turns)
    assert np.array_equal(orders, removals.by_degree_left(*rows, turns, threads=3))
    for given, order in zip(turns.reshape(3, n).tolist(), orders.reshape(3, n).tolist(), strict=True):
        assert order == twin.by_degree_left(around, given)
    for each in (turns, orders):
        sizes = removals.largest(*rows, each)
        assert np.array_equal(sizes, removals.largest(*rows, each, threads=2))
        for order, found in zip(each.reshape(3, n).tolist(), sizes.reshape(3, n + 1).tolist(), strict=True):
            assert found == twin.largest(around, order)


def test_a_long_path_a_crowd_and_a_star() -> None:
    n = 200_000
    steps = np.arange(n, dtype=np.int32)
    path = rows_of(np.stack([steps[:-1], steps[1:]], axis=1).tolist(), n)
    assert np.array_equal(removals.largest(*path, steps), np.arange(n, -1, -1))
    order = np.append(steps[1::2], steps[::2])
    assert removals.largest(*path, order)[n // 2] == 1
    crowd = rows_of([(a, b) for a in range(80) for b in range(a)], 80)
    assert np.array_equal(removals.by_degree_left(*crowd, steps[:80]), steps[:80])
    star = rows_of([(0, leaf) for leaf in range(1, 50)], 50)
    assert removals.largest(*star, removals.by_degree_left(*star, steps[:50][::-1].copy())).tolist() == [
        50,
        *[1] * 49,
        0,
    ]


def test_wrong_arrays_are_refused_and_one_sided_ties_do_no_harm() -> None:
    rows = rows_of([(0, 1)], 2)
    right = np.array([1, 0], np.int32)
    for kernel, name in ((removals.largest, "orders"), (removals.by_degree_left, "turns")):
        with pytest.raises(ValueError, match=rf"{name}\[1\] = 1 stands twice in an order"):
            kernel(*rows, np.array([1, 1], np.int32))
        with pytest.raises(ValueError, match=f"{name} has 3 entries; it needs 2 of each order"):
            kernel(*rows, np.array([1, 0, 1], np.int32))
        with pytest.raises(ValueError, match=rf"{name}\[0\] = -1"):
            kernel(*rows, -right)
        with pytest.raises(ValueError, match="threads=0"):
            kernel(*rows, right, threads=0)
        with pytest.raises(ValueError, match="nodes=-1"):
            kernel(rows[0][:0], rows[1][:0], right)
        with pytest.raises(ValueError, match="int32"):
            kernel(rows[0], rows[1], right.astype(np.int64))
        assert not kernel(rows[0], rows[1], right[:0]).size
        random = np.random.default_rng(0)
        for _ in range(200):
            lengths = random.integers(0, 5, 6)
            pointers, ends = np.append(0, np.cumsum(lengths)), random.integers(0, 6, lengths.sum(), dtype=np.int32)
            kernel(pointers, ends, random.permutation(6).astype(np.int32))
