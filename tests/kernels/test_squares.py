"""Four-cycles and overlaps against their slow twins, and on networks that are crowded."""

import numpy as np
import pytest

from ecograph.kernels import csr, squares
from oracles import squares as twin


def rows_of(pairs: list[tuple[int, int]], n: int) -> tuple[np.ndarray, np.ndarray]:
    ends = np.array(pairs, np.int32).reshape(-1, 2)
    return csr.build(ends[:, 0].copy(), ends[:, 1].copy(), n, symmetric=True)[:2]


@pytest.mark.parametrize("seed", range(200))
def test_they_are_those_of_the_twins(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(0, 22))
    drawn = random.integers(0, max(n, 1), (int(random.integers(0, 60)) if n else 0, 2)).tolist()
    pairs = sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]})
    around = [{a + b - node for a, b in pairs if node in (a, b)} for node in range(n)]
    rows = rows_of(pairs, n)
    assert squares.cycles(*rows) == twin.four_cycles(around)
    others, shares = squares.overlaps(*rows)
    expected = twin.overlaps(around)
    assert others.tolist() == [count for count, _ in expected]
    assert shares.tolist() == pytest.approx([float(share) for _, share in expected], rel=1e-14)


def test_a_crowd_a_full_pair_of_sides_and_a_hub() -> None:
    crowd = rows_of([(a, b) for a in range(60) for b in range(a)], 60)
    assert squares.cycles(*crowd) == 3 * (60 * 59 * 58 * 57 // 24)
    sides = rows_of([(a, 100 + b) for a in range(100) for b in range(40)], 140)
    assert squares.cycles(*sides) == (100 * 99 // 2) * (40 * 39 // 2)
    others, shares = squares.overlaps(*sides)
    assert others.tolist() == shares.tolist() == [99] * 100 + [39] * 40
    star = rows_of([(0, leaf) for leaf in range(1, 300_000)], 300_000)
    assert squares.cycles(*star) == 0


@pytest.mark.parametrize("kernel", [squares.cycles, squares.overlaps])
def test_wrong_arrays_are_refused_and_one_sided_ties_do_no_harm(kernel) -> None:
    pointers, neighbours = rows_of([(0, 1)], 2)
    with pytest.raises(ValueError, match="nodes=-1"):
        kernel(pointers[:0], neighbours[:0])
    with pytest.raises(ValueError, match=r"neighbours\[0\] = 2"):
        kernel(pointers, neighbours * 2)
    with pytest.raises(ValueError, match="pointers ends at 2"):
        kernel(pointers, neighbours[:1])
    with pytest.raises(ValueError, match="int32"):
        kernel(pointers, neighbours.astype(np.int64))
    random = np.random.default_rng(0)
    for _ in range(200):
        lengths = random.integers(0, 5, 6)
        kernel(np.append(0, np.cumsum(lengths)), random.integers(0, 6, lengths.sum(), dtype=np.int32))
