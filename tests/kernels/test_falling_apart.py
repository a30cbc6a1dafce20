"""Cores, triangles and cuts against their slow twins, and on networks that are long or crowded."""

import numpy as np
import pytest

from ecograph.kernels import cores, csr, cuts, triangles
from oracles import falling_apart as twin


def rows_of(pairs: list[tuple[int, int]], n: int) -> tuple[np.ndarray, np.ndarray]:
    ends = np.array(pairs, np.int32).reshape(-1, 2)
    return csr.build(ends[:, 0].copy(), ends[:, 1].copy(), n, symmetric=True)[:2]


@pytest.mark.parametrize("seed", range(200))
def test_they_are_those_of_the_twins(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(0, 22))
    drawn = random.integers(0, max(n, 1), (int(random.integers(0, 45)) if n else 0, 2)).tolist()
    pairs = sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]})
    around = [{a + b - node for a, b in pairs if node in (a, b)} for node in range(n)]
    rows = rows_of(pairs, n)
    assert cores.numbers(*rows).tolist() == twin.core_numbers(around)
    assert triangles.counts(*rows).tolist() == twin.triangles(around)
    firsts, seconds = random.random((2, len(rows[1])))
    ties = [(int(a), int(b)) for a, b in zip(np.repeat(np.arange(n), np.diff(rows[0])), rows[1], strict=True)]
    expected = twin.detours(
        around, dict(zip(ties, firsts.tolist(), strict=True)), dict(zip(ties, seconds.tolist(), strict=True))
    )
    assert triangles.detours(*rows, firsts, seconds) == pytest.approx([expected[tie] for tie in ties], rel=1e-14)
    pieces, cut_off, one, other, smaller = (found.tolist() for found in cuts.cuts(*rows))
    without = [twin.without_node(around, node) for node in range(n)]
    assert pieces == [len(sizes) for sizes in without]
    assert cut_off == [sum(sizes[1:]) for sizes in without]
    assert sorted(zip(one, other, smaller, strict=True)) == twin.bridges(around)


def test_a_long_path_and_a_crowd() -> None:
    n = 200_000
    order = np.random.default_rng(3).permutation(n)
    path = rows_of(np.stack([order[:-1], order[1:]], axis=1).tolist(), n)
    assert set(cores.numbers(*path).tolist()) == {1} and not triangles.counts(*path).any()
    pieces, cut_off, _, _, smaller = cuts.cuts(*path)
    assert np.array_equal(pieces[order], [1, *[2] * (n - 2), 1])
    assert np.array_equal(cut_off[order], np.minimum(np.arange(n), np.arange(n)[::-1]))
    assert len(smaller) == n - 1 and smaller.max() == n // 2
    crowd = rows_of([(a, b) for a in range(80) for b in range(a)], 80)
    assert set(cores.numbers(*crowd).tolist()) == {79}
    assert set(triangles.counts(*crowd).tolist()) == {79 * 78 // 2}
    assert set(cuts.cuts(*crowd)[0].tolist()) == {1} and not len(cuts.cuts(*crowd)[2])


@pytest.mark.parametrize("kernel", [cores.numbers, cuts.cuts, triangles.counts])
def test_wrong_arrays_are_refused(kernel) -> None:
    pointers, neighbours = rows_of([(0, 1)], 2)
    with pytest.raises(ValueError, match="nodes=-1"):
        kernel(pointers[:0], neighbours[:0])
    with pytest.raises(ValueError, match=r"neighbours\[0\] = 2"):
        kernel(pointers, neighbours * 2)
    with pytest.raises(ValueError, match="pointers ends at 2"):
        kernel(pointers, neighbours[:1])
    with pytest.raises(ValueError, match="int32"):
        kernel(pointers, neighbours.astype(np.int64))


def test_wrong_values_and_rows_that_do_not_answer_each_other_are_refused() -> None:
    pointers, neighbours = rows_of([(0, 1), (1, 2)], 3)
    ones = np.ones(4)
    assert triangles.detours(pointers, neighbours, ones, ones).tolist() == [0.0] * 4
    with pytest.raises(ValueError, match="firsts has 3 entries; it needs 4, as many as neighbours"):
        triangles.detours(pointers, neighbours, ones[:3], ones)
    with pytest.raises(ValueError, match="seconds holds int64; an array of float64 is needed"):
        triangles.detours(pointers, neighbours, ones, ones.astype(int))
    for wrong in ([1, 2, 0, 1], [2, 0, 2, 1], [1, 0, 2, 2]):
        with pytest.raises(ValueError, match="the way back is missing or out of order; rows must ascend"):
            triangles.detours(pointers, np.array(wrong, np.int32), ones, ones)
