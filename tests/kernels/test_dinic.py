"""Maximum flow against its slow twin, and what the kernel refuses."""

import re
from typing import Any

import numpy as np
import pytest

from ecograph.kernels import csr, dinic
from oracles import dinic as twin


def arcs(random: np.random.Generator, n: int, length: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of random arcs, self-ties and both ways among them, and whole capacities, zeros among them."""
    ends = (random.integers(0, n, length, dtype=np.int32) for _ in range(2))
    pointers, targets, *_ = csr.build(*ends, n)
    return pointers, targets, random.integers(0, 9, len(targets)).astype(np.float64)


@pytest.mark.parametrize("seed", range(200))
def test_flow_and_cut_are_those_of_the_twin(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(2, 9))
    pointers, targets, capacities = arcs(random, n, int(random.integers(0, 30)))
    order = random.permutation(n).astype(np.int32)
    sources, sinks = np.split(order[: random.integers(2, min(n, 4) + 1)], [1])
    tails = np.repeat(np.arange(n), np.diff(pointers))
    rooms = {(int(a), int(b)): int(c) for a, b, c in zip(tails, targets, capacities, strict=True) if a != b}
    sent, side = dinic.flow(pointers, targets, capacities, n, sources, sinks)
    assert ((sent >= 0) & (sent <= capacities)).all() and not sent[tails == targets].any()
    given = np.bincount(tails, sent, n) - np.bincount(targets, sent, n)
    ends = {*sources.tolist()}, {*sinks.tolist()}
    assert not given[[node for node in range(n) if node not in ends[0] | ends[1]]].any()
    assert given[sources].sum() == twin.flow(rooms, *ends) == -given[sinks].sum()
    assert set(np.flatnonzero(side).tolist()) == twin.nearest_cut(rooms, *ends, n)


def test_a_long_path_and_many_paths() -> None:
    n = 200_000
    path = np.arange(n, dtype=np.int32)
    pointers, targets, *_ = csr.build(path[:-1], path[1:], n)
    sent, side = dinic.flow(pointers, targets, np.full(n - 1, 0.5), n, path[:1], path[-1:])
    assert (sent == 0.5).all() and side.sum() == 1
    pointers, targets, *_ = csr.build(np.zeros(n - 1, np.int32), path[1:], n)
    sent, _ = dinic.flow(pointers, targets, np.ones(n - 1), n, path[:1], path[1:])
    assert sent.sum() == n - 1


ROWS = np.array([0, 1, 1], np.int64), np.array([1], np.int32)
FROM, TO = np.array([0], np.int32), np.array([1], np.int32)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((*ROWS, np.ones(2), 2, FROM, TO), "capacities has 2 entries; it needs 1, as many as arcs"),
        ((*ROWS, np.array([np.nan]), 2, FROM, TO), "capacities[0] is NaN; leave it out"),
        ((*ROWS, np.array([-1.0]), 2, FROM, TO), "capacities[0] is negative or infinite; mend it"),
        ((*ROWS, np.array([np.inf]), 2, FROM, TO), "capacities[0] is negative or infinite; mend it"),
        ((*ROWS, np.ones(1), 2, FROM, FROM), "node 0 is among sources and sinks; leave it in one of them"),
        ((*ROWS, np.ones(1), 2, FROM + 2, TO), "sources[0] = 2 is outside 0..1"),
        ((*ROWS, np.ones(1), 2, FROM, TO - 2), "sinks[0] = -1 is outside 0..1"),
        ((ROWS[0][:2], ROWS[1], np.ones(1), 2, FROM, TO), "out_pointers has 2 entries; it needs 3"),
        ((ROWS[0], ROWS[1] + 1, np.ones(1), 2, FROM, TO), "out_targets[0] = 2 is outside 0..1"),
        ((*ROWS, np.ones(1, np.float32), 2, FROM, TO), "capacities holds float32; an array of float64 is needed"),
    ],
)
def test_malformed_arrays_are_refused(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        dinic.flow(*arguments)


def test_nothing_at_all() -> None:
    sent, side = dinic.flow(np.zeros(1, np.int64), TO[:0], np.empty(0), 0, FROM[:0], TO[:0])
    assert (len(sent), len(side)) == (0, 0)
