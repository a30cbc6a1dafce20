"""Distances and betweenness against their slow twins; nothing that comes in may crash them."""

import re
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from ecograph.kernels import betweenness, csr, paths
from oracles import paths as twin

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, int]


def rows_of(sources: np.ndarray, targets: np.ndarray, n: int, *, symmetric: bool = False) -> Rows:
    out_pointers, out_targets, in_pointers, in_sources, *_ = csr.build(sources, targets, n, symmetric=symmetric)
    return out_pointers, out_targets, in_pointers, in_sources, n


def random_rows(seed: int, *, symmetric: bool, largest: int = 12) -> Rows:
    """Rows with self-ties, isolates, dangling nodes and several components."""
    random = np.random.default_rng(seed)
    n = int(random.integers(1, largest))
    length = int(random.integers(0, 3 * n))
    reach = int(random.integers(1, n + 1))
    sources, targets = (random.integers(0, reach, length, dtype=np.int32) for _ in range(2))
    return rows_of(sources, targets, n, symmetric=symmetric)


def pairs_of(rows: Rows) -> list[tuple[int, int]]:
    """Ends of the arcs, in out-order."""
    out_pointers, out_targets, *_ = rows
    return [
        (node, int(target))
        for node, (begin, end) in enumerate(pairwise(out_pointers))
        for target in out_targets[begin:end]
    ]


def tenths(rows: Rows) -> list[Fraction]:
    """A distance for each arc, the same both ways, such that many paths are equally long but not in binary."""
    return [Fraction((3 * min(pair) + 5 * max(pair)) % 4 + 1, 10) for pair in pairs_of(rows)]


def everyone(rows: Rows) -> np.ndarray:
    return np.arange(rows[-1], dtype=np.int32)


weighted = pytest.mark.parametrize("weighted", [False, True])
symmetric = pytest.mark.parametrize("symmetric", [False, True])


@weighted
@symmetric
@pytest.mark.parametrize("seed", range(40))
def test_distances_are_those_of_the_twin(seed: int, symmetric: bool, weighted: bool) -> None:
    rows = random_rows(seed, symmetric=symmetric)
    lengths = tenths(rows) if weighted else [Fraction(1)] * len(rows[1])
    expected = twin.reach(twin.shortest(dict(zip(pairs_of(rows), lengths, strict=True)), rows[-1]), rows[-1])
    distances = np.array([float(length) for length in lengths]) if weighted else None
    reached, farness, nearness = paths.reach(*rows, distances=distances)
    assert reached.tolist() == [count for count, _, _ in expected]
    assert farness == pytest.approx([float(total) for _, total, _ in expected], rel=1e-14 if weighted else 0, abs=0)
    assert nearness == pytest.approx([float(total) for *_, total in expected], rel=1e-14)


@weighted
@symmetric
@pytest.mark.parametrize("seed", range(40))
def test_betweenness_is_that_of_the_twin(seed: int, symmetric: bool, weighted: bool) -> None:
    rows = random_rows(seed, symmetric=symmetric)
    n = rows[-1]
    lengths = tenths(rows) if weighted else [Fraction(1)] * len(rows[1])
    arcs = dict(zip(pairs_of(rows), lengths, strict=True))
    found = twin.shortest(arcs, n)
    sources = np.random.default_rng(seed).integers(0, n, 11, dtype=np.int32)  # some twice
    distances = np.array([float(length) for length in lengths]) if weighted else None
    nodes, squares, on_arcs = betweenness.from_sources(*rows, sources, distances=distances, want_arcs=True)
    dependencies = [twin.dependencies(found, n, source) for source in sources.tolist()]
    assert nodes == pytest.approx([float(sum(cells)) for cells in zip(*dependencies, strict=True)], rel=1e-13)
    expected = [float(sum(cell * cell for cell in cells)) for cells in zip(*dependencies, strict=True)]
    assert squares == pytest.approx(expected, rel=1e-13)
    by_source = [twin.arc_dependencies(found, arcs, n, source) for source in sources.tolist()]
    expected = [float(sum(owed[pair] for owed in by_source)) for pair in pairs_of(rows)]
    assert on_arcs == pytest.approx(expected, rel=1e-13)


def test_types_and_arcs_only_when_asked_for() -> None:
    rows = random_rows(3, symmetric=True)
    assert [array.dtype for array in paths.reach(*rows)] == [np.int64, np.float64, np.float64]
    *sums, on_arcs = betweenness.from_sources(*rows, everyone(rows))
    assert [len(array) for array in sums] == [rows[-1]] * 2
    assert len(on_arcs) == 0


def test_no_nodes_and_no_sources() -> None:
    nothing = rows_of(*(np.empty(0, np.int32) for _ in range(2)), 0)
    assert [len(array) for array in paths.reach(*nothing)] == [0, 0, 0]
    assert [len(array) for array in betweenness.from_sources(*nothing, np.empty(0, np.int32))] == [0, 0, 0]
    rows = random_rows(5, symmetric=False)
    assert not betweenness.from_sources(*rows, np.empty(0, np.int32))[0].any()


@symmetric
def test_more_than_one_word_of_searches_in_a_dense_and_in_a_long_network(symmetric: bool) -> None:
    """The bits are those of searches one by one, whichever way the nodes to look at are found."""
    random = np.random.default_rng(8)
    dense = rows_of(*(random.integers(0, 1_200, 9_000, dtype=np.int32) for _ in range(2)), 1_300, symmetric=symmetric)
    order = random.permutation(1_300).astype(np.int32)
    long = rows_of(order[:-1], order[1:], 1_300, symmetric=symmetric)
    for rows in (dense, long):
        one_by_one = paths.reach(*rows, distances=np.ones(len(rows[1])))
        for found, expected in zip(paths.reach(*rows), one_by_one, strict=True):
            assert found == pytest.approx(expected, rel=1e-13)
        ones = np.ones(len(rows[1]))
        alone = betweenness.from_sources(*rows, everyone(rows)[:40], distances=ones, want_arcs=True)
        together = betweenness.from_sources(*rows, everyone(rows)[:40], want_arcs=True)
        for found, expected in zip(together, alone, strict=True):
            assert found == pytest.approx(expected, rel=1e-12)


@weighted
def test_bytes_do_not_depend_on_threads(weighted: bool) -> None:
    random = np.random.default_rng(1)
    rows = rows_of(*(random.integers(0, 2_000, 7_000, dtype=np.int32) for _ in range(2)), 2_000)
    distances = random.random(len(rows[1])) if weighted else None
    chosen = np.arange(0, rows[-1], 7, dtype=np.int32)
    one, *others = (
        [
            *paths.reach(*rows, distances=distances, threads=threads),
            *betweenness.from_sources(*rows, chosen, distances=distances, want_arcs=True, threads=threads),
        ]
        for threads in (1, 2, 5)
    )
    for other in others:
        assert [array.tobytes() for array in other] == [array.tobytes() for array in one]


def test_a_distance_of_nothing_is_infinitely_near() -> None:
    rows = rows_of(np.array([0], np.int32), np.array([1], np.int32), 2)
    reached, farness, nearness = paths.reach(*rows, distances=np.zeros(1))
    assert (reached.tolist(), farness.tolist(), nearness.tolist()) == ([1, 0], [0, 0], [np.inf, 0])


def test_distances_too_long_for_a_number_lead_nowhere() -> None:
    rows = rows_of(np.array([0, 1], np.int32), np.array([1, 2], np.int32), 3)
    reached, farness, _ = paths.reach(*rows, distances=np.full(2, 1e308))
    assert (reached.tolist(), farness.tolist()) == ([1, 1, 0], [1e308, 1e308, 0])
    assert not betweenness.from_sources(*rows, everyone(rows), distances=np.full(2, 1e308))[0].any()


SOUND: Rows = rows_of(np.array([0, 1], np.int32), np.array([1, 2], np.int32), 3)
WRONG: list[tuple[int, Any, str]] = [
    (0, np.array([0, 1], np.int64), "out_pointers has 2 entries; it needs 4, one more than rows"),
    (0, np.array([0, 2, 1, 2], np.int64), "out_pointers falls from 2 to 1 at entry 2"),
    (1, np.array([1, 3], np.int32), "out_targets[1] = 3 is outside 0..2"),
    (2, np.array([0, 0, 1, 5], np.int64), "in_pointers ends at 5; it must end at the number of entries, 2"),
    (3, np.array([-1, 1], np.int32), "in_sources[0] = -1 is outside 0..2"),
    (3, np.array([0, 1], np.int64), "in_sources holds int64; an array of int32 is needed"),
    (4, -1, "n=-1 is outside 0..2147483647"),
]
WRONG_OPTIONS: list[tuple[dict[str, Any], str]] = [
    ({"distances": np.ones(3)}, "distances has 3 entries; it needs 2, as many as out_targets"),
    ({"distances": np.array([1, -1.0])}, "distances[1] = -1.000000; it must be finite and not below 0"),
    ({"distances": np.array([np.nan, 1])}, "distances[0] = nan; it must be finite and not below 0"),
    ({"distances": np.array([np.inf, 1])}, "distances[0] = inf; it must be finite and not below 0"),
    ({"threads": 0}, "threads=0 is outside 1..1024"),
]


def refused(message: str) -> Any:
    return pytest.raises(ValueError, match=f"^{re.escape(message)}")


@pytest.mark.parametrize(("place", "given", "message"), WRONG)
def test_wrong_rows(place: int, given: Any, message: str) -> None:
    rows = [*SOUND[:place], given, *SOUND[place + 1 :]]
    with refused(message):
        paths.reach(*rows)
    with refused(message):
        betweenness.from_sources(*rows, np.zeros(1, np.int32))


@pytest.mark.parametrize(("options", "message"), WRONG_OPTIONS)
def test_wrong_options(options: dict[str, Any], message: str) -> None:
    with refused(message):
        paths.reach(*SOUND, **options)
    with refused(message):
        betweenness.from_sources(*SOUND, np.zeros(1, np.int32), **options)


def test_rows_that_are_not_of_the_same_arcs_are_refused_by_their_number() -> None:
    with refused("in_sources has 0 entries; it needs 2, as many as out_targets"):
        paths.reach(*SOUND[:2], np.zeros(4, np.int64), np.empty(0, np.int32), 3)


def test_wrong_sources() -> None:
    with refused("sources[1] = 3 is outside 0..2"):
        betweenness.from_sources(*SOUND, np.array([0, 3], np.int32))
    with refused("sources holds int64; an array of int32 is needed"):
        betweenness.from_sources(*SOUND, np.array([0]))


def odd_rows(random: np.random.Generator) -> list[Any]:
    """Rows that may be right, of other arcs in than out, or wrong in one or several ways."""
    n, length = int(random.integers(0, 5)), int(random.integers(0, 7))
    rows: list[Any] = []
    for _ in range(2):
        steps = np.sort(random.integers(0, length + 1, max(n - 1, 0)))
        rows.append(np.concatenate(([0], steps, [length])).astype(np.int64)[: n + 1])
        rows.append(random.integers(0, max(n, 1), length, dtype=np.int32))
    if random.random() < 0.5:
        place = int(random.integers(0, 4))
        breaks: list[Callable[[np.ndarray], np.ndarray]]
        breaks = [lambda a: a[:-1], lambda a: a[::-1], lambda a: a - 1, lambda a: a * 2**20, lambda a: a[::2]]
        rows[place] = breaks[int(random.integers(0, len(breaks)))](rows[place])
    return [*rows, n]


@pytest.mark.parametrize("seed", range(10))
def test_any_arrays_are_answered_or_refused_in_one_line(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers, refusals = [], []
    for _ in range(400):
        rows = odd_rows(random)
        sources = random.integers(-1 if random.random() < 0.1 else 0, max(rows[-1], 1), 20, dtype=np.int32)
        distances = random.choice([0.0, 0.5, 1.0, 1e308], len(rows[1]))
        for call in (
            partial(paths.reach, *rows, threads=2),
            partial(paths.reach, *rows, distances=distances),
            partial(betweenness.from_sources, *rows, sources, want_arcs=True, threads=2),
            partial(betweenness.from_sources, *rows, sources, distances=distances, want_arcs=True),
        ):
            try:
                answers.append(call())
            except ValueError as error:
                refusals.append(str(error))
    assert answers
    assert refusals
    assert not any("\n" in refusal for refusal in refusals)


INTERRUPTED = """
import os, signal, sys, threading
import numpy as np
from ecograph.kernels import betweenness, csr, paths

n = 60_000
random = np.random.default_rng(0)
ends = [random.integers(0, n, 600_000, dtype=np.int32) for _ in range(2)]
rows = *csr.build(*ends, n)[:4], n
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background begins without
distances = None if sys.argv[2] == "steps" else np.ones(len(rows[1]))
threads, everyone = int(sys.argv[1]), np.arange(n, dtype=np.int32)
answered = []

def calls():
    if sys.argv[3] == "paths":
        yield paths.reach(*rows, distances=distances, threads=threads)
    else:
        yield betweenness.from_sources(*rows, everyone, distances=distances, threads=threads)

threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
try:
    answered.extend(calls())
except KeyboardInterrupt:
    print("interrupted", len(answered))
"""


@pytest.mark.parametrize("kernel", ["paths", "betweenness"])
@pytest.mark.parametrize("over", ["steps", "distances"])
@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_ends_a_long_call(threads: int, over: str, kernel: str) -> None:
    arguments = [sys.executable, "-c", INTERRUPTED, str(threads), over, kernel]
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.split() == ["interrupted", "0"]
