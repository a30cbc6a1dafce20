"""Swaps and trades: even draws over all networks of the same degrees, by trying all; what they keep and refuse."""

import subprocess
import sys
from collections import Counter
from functools import partial

import numpy as np
import pytest
from scipy.stats import chisquare

from ecograph.kernels import csr, swaps
from tests.kernels.test_door import odd_array, refused
from tests.oracles.swaps import Pairs, dealt, degrees, like

CYCLE = [(0, 1), (1, 2), (2, 0)]
NETWORKS = {
    "ties": ([(0, 1), (0, 2), (1, 2), (2, 3), (3, 4), (4, 5)], [0] * 6, False),
    "ties of two kinds": ([(0, 1), (2, 3), (0, 4), (1, 5), (2, 4), (3, 5)], [0, 0, 0, 0, 1, 1], False),
    "a cycle of three arcs": (CYCLE, [0] * 3, True),
    "arcs": ([*CYCLE, (2, 3), (3, 0)], [0] * 4, True),
    "two cycles that share a node": ([*CYCLE, (2, 3), (3, 4), (4, 2)], [0] * 5, True),
    "arcs of two kinds": ([*CYCLE, (0, 3), (1, 4)], [0, 0, 0, 1, 1], True),
    "a cycle over two kinds": ([*CYCLE, (0, 3), (3, 4), (4, 0)], [0, 0, 1, 0, 0], True),
}


def drawn(pairs: list[tuple[int, int]], kinds: list[int], directed: bool, **options: int) -> list[Pairs]:
    ends = np.array(pairs, np.int32).reshape(-1, 2).T
    sources, targets, _ = swaps.arcs(
        *map(np.ascontiguousarray, ends), np.array(kinds, np.int32), directed=directed, **options
    )
    found = np.stack([sources, targets], axis=1).reshape(-1, len(pairs), 2)
    made = found if directed else np.sort(found, axis=2)
    samples = [frozenset(map(tuple, sample)) for sample in made.tolist()]
    assert all(len(sample) == len(pairs) for sample in samples)
    return samples


def even(visits: "Counter[Pairs]", states: list[Pairs], samples: int) -> bool:
    """Whether visits are even at one in a thousand; an odd number of them in a state that is none fails."""
    assert set(visits) <= set(states)
    return bool(chisquare([visits[state] for state in states], [samples / len(states)] * len(states)).pvalue > 1e-3)


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_of_the_same_degrees_is_drawn_as_often(name: str, rounds) -> None:
    pairs, kinds, directed = NETWORKS[name]
    states = like(frozenset(pairs), kinds, directed)
    samples = rounds(100, 1_000) * len(states)
    assert even(Counter(drawn(pairs, kinds, directed, samples=samples, attempts=300, seed=7)), states, samples)


def test_attempts_that_change_nothing_count_and_so_a_long_walk_visits_evenly() -> None:
    pairs, kinds, directed = NETWORKS["ties"]
    states = like(frozenset(pairs), kinds, directed)
    soon = drawn(pairs, kinds, directed, samples=500, attempts=3, seed=1)
    assert not even(Counter(soon), states, 500)
    assert drawn(pairs, kinds, directed, samples=3, attempts=0) == [frozenset(pairs)] * 3


ROWS = [[0, 1, 2], [0, 3], [1], [2, 3]]


def traded(rows: list[list[int]], others: int, **options: int) -> list[Pairs]:
    pointers = np.cumsum([0, *map(len, rows)])
    neighbours, _ = swaps.rows(pointers, np.array([one for row in rows for one in row], np.int32), others, **options)
    dealt = neighbours.reshape(-1, pointers[-1])
    row_of = np.repeat(np.arange(len(rows)), np.diff(pointers)).tolist()
    return [frozenset(zip(row_of, sample, strict=True)) for sample in dealt.tolist()]


def test_every_two_mode_network_of_the_same_degrees_is_dealt_as_often(rounds) -> None:
    states = dealt(ROWS, 4)
    assert len(states) > 20
    samples = rounds(100, 1_000) * len(states)
    assert even(Counter(traded(ROWS, 4, samples=samples, attempts=100, seed=3)), states, samples)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("directed", [False, True])
def test_degrees_by_kind_are_kept_whatever_the_order_and_the_threads(seed: int, directed: bool) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 30))
    ends = random.integers(0, n, (int(random.integers(1, 90)), 2)).tolist()
    pairs = sorted({(a, b) if directed else (min(a, b), max(a, b)) for a, b in ends if a != b})
    kinds = random.integers(0, 3, n).tolist()
    options = {"samples": 5, "attempts": 500, "seed": seed}
    samples = drawn(pairs, kinds, directed, **options, threads=2)
    for sample in samples:
        assert degrees(sample, kinds, directed) == degrees(frozenset(pairs), kinds, directed)
    mixed = [pairs[place] for place in random.permutation(len(pairs))]
    mixed = mixed if directed else [pair[::-1] if random.random() < 0.5 else pair for pair in mixed]
    assert drawn(mixed, kinds, directed, **options) == samples
    assert drawn(pairs, kinds, directed, **{**options, "samples": 2}, first=3) == samples[3:]


@pytest.mark.parametrize("seed", range(20))
def test_rows_keep_their_lengths_and_columns_theirs(seed: int) -> None:
    random = np.random.default_rng(seed)
    there = random.random((int(random.integers(1, 12)), 8)) < 0.4
    rows = [np.flatnonzero(row).tolist() for row in there]
    options = {"samples": 5, "attempts": 200, "seed": seed}
    samples = traded(rows, 8, **options, threads=2)
    assert traded(rows, 8, **options) == samples
    for sample in samples:
        cells = np.zeros_like(there)
        cells[tuple(np.array(sorted(sample), np.int64).reshape(-1, 2).T)] = True
        assert np.array_equal(cells.sum(axis=0), there.sum(axis=0))
        assert np.array_equal(cells.sum(axis=1), there.sum(axis=1))


def test_accepted_attempts_are_counted() -> None:
    ends = np.array([0, 2], np.int32), np.array([1, 3], np.int32)
    _, _, accepted = swaps.arcs(*ends, np.zeros(4, np.int32), directed=False, samples=4, attempts=1_000)
    assert all(abs(accepted - 500) < 100)  # half the attempts pick one tie twice
    _, _, accepted = swaps.arcs(*ends, np.arange(4, dtype=np.int32), directed=False, attempts=1_000)
    assert accepted.tolist() == [0]
    _, traded = swaps.rows(np.array([0, 1, 2]), np.array([0, 1], np.int32), 2, attempts=1_000)
    assert abs(traded[0] - 500) < 100
    for empty in (
        swaps.arcs(*[np.empty(0, np.int32)] * 3, directed=True, attempts=9),
        swaps.rows(np.zeros(1, np.int64), np.empty(0, np.int32), 0, attempts=9),
    ):
        assert [len(cells) for cells in empty] == [*[0] * (len(empty) - 1), 1]


def int32(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int32)


def test_wrong_arrays_are_refused_in_one_line() -> None:
    arcs = partial(swaps.arcs, kinds=int32(0, 0, 0), directed=False)
    with refused("arc 1 joins node 2 with itself; leave it out"):
        arcs(int32(0, 2), int32(1, 2))
    with refused("arc 1 stands twice; leave one out"):
        arcs(int32(0, 1), int32(1, 0))
    with refused("targets[0] = 3 is outside 0..2"):
        arcs(int32(0), int32(3))
    with refused("targets has 0 entries; it needs 1, as many as sources"):
        arcs(int32(0), int32())
    with refused("attempts=-1 is below 0"):
        arcs(int32(0), int32(1), attempts=-1)
    with refused("neighbours[1] = 0 does not rise within its row"):
        swaps.rows(np.array([0, 2]), int32(0, 0), 1)
    with refused("pointers[0] = 1; it must be 0"):
        swaps.rows(np.array([1, 2]), int32(0, 0), 1)


@pytest.mark.parametrize("seed", range(5))
def test_any_arrays_are_answered_or_refused_in_one_line(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers, refusals = [], []
    for _ in range(1000):
        first, second, third = (odd_array(random) for _ in range(3))
        others, samples = int(random.choice([-1, 0, 1, 3, 2**31])), int(random.choice([-1, 0, 1, 3, 2**31]))
        for call in (
            partial(swaps.arcs, first, second, third, directed=bool(seed % 2), samples=samples, attempts=20, threads=2),
            partial(swaps.rows, first, second, others, samples=samples, attempts=20),
        ):
            try:
                answers.append(call())
            except ValueError as error:
                refusals.append(str(error))
    assert answers and refusals
    assert not any("\n" in refusal for refusal in refusals)


INTERRUPTED = """
import os, signal, threading
from functools import partial
import numpy as np
from ecograph.kernels import swaps

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background begins without
n = 100_000
around = np.arange(n, dtype=np.int32)
ends = {"arcs": (around, np.roll(around, 1), around * 0), "rows": (np.arange(n + 1), around, n)}
options = {"arcs": {"directed": True}, "rows": {}}
for name in ends:
    call = partial(getattr(swaps, name), attempts=10**12, samples=2, threads=2, **options[name])
    made = []
    threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT]).start()
    try:
        made.extend(map(lambda _: call(*ends[name]), [0]))
    except KeyboardInterrupt:
        print("interrupted", len(made))
"""


def test_ctrl_c_ends_a_long_call() -> None:
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["interrupted", "0"] * 2


def test_large_networks_keep_their_degrees() -> None:
    random = np.random.default_rng(5)
    n = 20_000
    drawn_ends = [random.integers(0, n, 100_000, dtype=np.int32) for _ in range(2)]
    apart = drawn_ends[0] != drawn_ends[1]
    pointers, targets, *_ = csr.build(*(ends[apart] for ends in drawn_ends), n)
    sources = np.repeat(np.arange(n, dtype=np.int32), np.diff(pointers))
    kinds = (np.arange(n) % 3).astype(np.int32)
    one, other, accepted = swaps.arcs(sources, targets, kinds, directed=True, attempts=10 * len(sources))
    assert accepted[0] > 8 * len(sources)
    assert len(np.unique(one.astype(np.int64) * n + other)) == len(sources)
    for kind in range(3):
        to_kind, was = kinds[other] == kind, kinds[targets] == kind
        assert np.array_equal(np.bincount(one[to_kind], minlength=n), np.bincount(sources[was], minlength=n))
    assert np.array_equal(np.bincount(other, minlength=n), np.bincount(targets, minlength=n))
