"""Shares of shortest paths through groups against their slow twin, and what the kernel refuses."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from ecograph.kernels import csr, passages
from oracles import paths as twin


def drawn(seed: int) -> tuple[np.random.Generator, int, tuple[np.ndarray, ...], np.ndarray]:
    """Random arcs in rows both ways, and a distance of each in eighths."""
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 13))
    ends = random.integers(0, n, (2, int(random.integers(0, 3 * n))), dtype=np.int32)
    rows = csr.build(ends[0], ends[1], n, symmetric=bool(seed % 2))[:4]
    return random, n, rows, random.integers(1, 9, len(rows[1])) / 8


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(60))
def test_it_equals_counting_with_and_without_the_group(seed: int, weighted: bool) -> None:
    random, n, rows, distances = drawn(seed)
    count = int(random.integers(0, 10))
    groups = random.integers(-1, count, n, dtype=np.int32) if count else np.full(n, -1, np.int32)
    starts = np.flatnonzero(random.random(n) < 0.7).astype(np.int32)
    ends = (random.random(n) < 0.7).astype(np.uint8)
    pairs = zip(np.repeat(np.arange(n), np.diff(rows[0])).tolist(), rows[1].tolist(), strict=True)
    lengths = distances if weighted else np.ones(len(distances))
    arcs = {pair: Fraction(length) for pair, length in zip(pairs, lengths.tolist(), strict=True)}
    options: dict[str, Any] = {"distances": distances} if weighted else {}
    found = [cells.tolist() for cells in passages.through(*rows, n, starts, ends, groups, count, **options)]
    for group in range(count):
        members = set(np.flatnonzero(groups == group).tolist())
        passing, joined, whole = twin.passages(arcs, n, starts.tolist(), set(np.flatnonzero(ends).tolist()), members)
        assert found[0][group] == pytest.approx(float(passing), rel=1e-12, abs=1e-12)
        assert (found[1][group], found[2][group]) == (joined, whole)
    for threads in (2, 4):
        again = passages.through(*rows, n, starts, ends, groups, count, threads=threads, **options)
        assert [cells.tolist() for cells in again] == found


def test_more_paths_than_float64_holds_give_nan() -> None:
    # 1,100 squares in a row: 2^1100 shortest paths from end to end
    firsts = np.arange(1_100) * 3
    pairs = np.concatenate([np.stack([firsts + a, firsts + b], axis=1) for a, b in ((0, 1), (0, 2), (1, 3), (2, 3))])
    n = 3_301
    rows = csr.build(*pairs.astype(np.int32).T.copy(), n)[:4]
    groups = np.full(n, -1, np.int32)
    groups[3 * 550] = 0
    ends = np.zeros(n, np.uint8)
    ends[-1] = 1
    assert np.isnan(passages.through(*rows, n, np.zeros(1, np.int32), ends, groups, 1)[0]).all()
    ends[-1], ends[3 * 600] = 0, 1
    assert [found.tolist() for found in passages.through(*rows, n, np.zeros(1, np.int32), ends, groups, 1)] == [
        [1.0],
        [1],
        [1],
    ]


def test_wrong_arrays_are_refused() -> None:
    rows = csr.build(np.array([0], np.int32), np.array([1], np.int32), 2)[:4]
    starts, ends, groups = np.array([0], np.int32), np.ones(2, np.uint8), np.array([-1, 0], np.int32)
    wrong: list[tuple[tuple[Any, ...], str]] = [
        ((starts + 2, ends, groups, 1), r"starts\[0\] = 2 is outside 0..1"),
        ((starts, ends[:1], groups, 1), "ends has 1 entries; it needs 2, as many as nodes"),
        ((starts, ends.astype(bool), groups, 1), "ends holds bool; an array of uint8 is needed"),
        ((starts, ends, groups[:1], 1), "groups has 1 entries; it needs 2, as many as nodes"),
        ((starts, ends, groups, 0), r"groups\[1\] = 0 is outside -1..-1"),
        ((starts, ends, groups - 1, 1), r"groups\[0\] = -2 is outside -1..0"),
        ((starts, ends, groups, -1), "count=-1 is outside"),
    ]
    for arguments, message in wrong:
        with pytest.raises(ValueError, match=message):
            passages.through(*rows, 2, *arguments)
    with pytest.raises(ValueError, match="distances has 2 entries"):
        passages.through(*rows, 2, starts, ends, groups, 1, distances=np.ones(2))
