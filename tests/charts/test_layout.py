"""Where nodes stand: against slow twins, and by what a reader sees."""

import hashlib
import os
import subprocess
import sys
import time
from collections import deque

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecograph.charts import layout
from ecograph.charts.apart import GAP, moved_apart
from ecograph.charts.forces import _attraction, _repulsion
from ecograph.charts.layout import connected_parts, pivot_distances
from ecograph.errors import ParameterError

GRAPHS = st.integers(1, 40).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=60),
    )
)


def steps_from(start: int, count: int, edges: list[tuple[int, int]]) -> dict[int, int]:
    """Slow twin: steps to every node that can be reached."""
    neighbours = {node: [b for a, b in [*edges, *((b, a) for a, b in edges)] if a == node] for node in range(count)}
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        node = waiting.popleft()
        for other in neighbours[node]:
            if other not in steps:
                steps[other] = steps[node] + 1
                waiting.append(other)
    return steps


@given(GRAPHS)
def test_parts_and_steps_equal_a_slow_twin(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = graph
    places = np.array([edge for edge in edges if edge[0] != edge[1]], dtype=np.int64).reshape(-1, 2)
    reached = [steps_from(node, count, edges) for node in range(count)]
    parts = connected_parts(count, places)
    for node in range(count):
        assert {other for other in range(count) if parts[other] == parts[node]} == set(reached[node])
    distances = pivot_distances(parts, places, np.random.default_rng(0))
    for node in range(count):
        expected = sorted(reached[node].values())
        assert sorted(distances[node][~np.isnan(distances[node])].tolist()) == expected


def test_forces_equal_a_slow_twin() -> None:
    generator = np.random.default_rng(3)
    positions = generator.normal(size=(3, 5, 2)).astype(np.float32)
    masses = generator.integers(1, 5, size=(3, 5)).astype(np.float32)
    edges = np.array([[0, 1], [1, 4], [5, 9], [10, 11]])
    repelled = np.zeros((3, 5, 2))
    for part in range(3):
        for node in range(5):
            for other in range(5):
                apart = positions[part, node].astype(float) - positions[part, other]
                strength = masses[part, node] * masses[part, other] / (apart @ apart + 1e-3)
                repelled[part, node] += strength * apart
    attracted = np.zeros((15, 2))
    flat = positions.reshape(-1, 2)
    for a, b in edges:
        attracted[a] += flat[b] - flat[a]
        attracted[b] += flat[a] - flat[b]
    assert _repulsion(positions, masses) == pytest.approx(repelled, rel=1e-3, abs=1e-3)
    assert _attraction(positions, edges) == pytest.approx(attracted.reshape(3, 5, 2), rel=1e-3, abs=1e-4)


def grid(wide: int, high: int) -> tuple[int, np.ndarray, np.ndarray]:
    """A grid of nodes, each joined to its neighbours."""
    places = np.arange(wide * high).reshape(high, wide)
    return (
        wide * high,
        np.concatenate([places[:, :-1].ravel(), places[:-1].ravel()]),
        np.concatenate([places[:, 1:].ravel(), places[1:].ravel()]),
    )


def test_a_grid_is_unfolded() -> None:
    count, sources, targets = grid(20, 15)
    positions = layout(count, sources, targets)
    apart = np.hypot(*(positions[:, None] - positions).transpose(2, 0, 1))
    edges = apart[sources, targets]
    parts = np.zeros(count, dtype=np.int64)
    steps = pivot_distances(parts, np.column_stack([sources, targets]), np.random.default_rng(0))
    pivots = np.argmin(steps, axis=0)
    assert np.corrcoef(steps.ravel(), apart[:, pivots].ravel())[0, 1] > 0.95
    assert edges.max() < 4 * np.median(edges)


def test_a_path_is_drawn_out() -> None:
    positions = layout(40, np.arange(39), np.arange(1, 40))
    across = positions[:, 0]
    assert abs(np.corrcoef(across, np.arange(40))[0, 1]) > 0.98
    assert np.ptp(positions[:, 0]) > np.ptp(positions[:, 1])


def test_groups_stand_together() -> None:
    generator = np.random.default_rng(5)
    groups = np.repeat([0, 1, 2], 30)
    pairs = generator.integers(0, 90, size=(4000, 2))
    inside = groups[pairs[:, 0]] == groups[pairs[:, 1]]
    pairs = pairs[inside | (generator.random(4000) < 0.01)][:500]
    positions = layout(90, pairs[:, 0], pairs[:, 1])
    middles = np.array([positions[groups == group].mean(axis=0) for group in range(3)])
    nearest = np.argmin(np.hypot(*(positions[:, None] - middles).transpose(2, 0, 1)), axis=1)
    assert np.mean(nearest == groups) > 0.95


def test_leaves_of_a_star_spread_around_it() -> None:
    positions = layout(31, [0] * 30, np.arange(1, 31))
    leaves = positions[1:] - positions[0]
    gaps = np.diff(np.sort(np.arctan2(leaves[:, 1], leaves[:, 0])))
    apart = np.hypot(*(positions[:, None] - positions).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    assert gaps.max() < 1
    assert apart.min() > 0.2 * np.hypot(*leaves.T).max() / np.sqrt(30)


def test_many_parts_fill_a_page() -> None:
    starts = np.arange(0, 400, 4)
    positions = layout(400, np.concatenate([starts, starts + 1]), np.concatenate([starts + 1, starts + 2]))
    across, down = np.ptp(positions, axis=0)
    assert 1 < across / down < 2


@given(GRAPHS)
def test_parts_stand_apart_and_nodes_differ(graph: tuple[int, list[tuple[int, int]]]) -> None:
    count, edges = graph
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    positions = layout(count, ends[:, 0], ends[:, 1])
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()
    assert len(np.unique(np.round(positions, 9), axis=0)) == count
    parts = connected_parts(count, ends)
    boxes = [
        (positions[parts == part].min(axis=0), positions[parts == part].max(axis=0)) for part in range(parts.max() + 1)
    ]
    for place, (low, high) in enumerate(boxes):
        for other_low, other_high in boxes[:place]:
            assert np.any((low > other_high + 1) | (other_low > high + 1))


def test_same_bytes_for_the_same_seed_and_any_number_of_threads() -> None:
    generator = np.random.default_rng(1)
    sources, targets = generator.integers(0, 300, size=(2, 900))
    positions = layout(300, sources, targets, seed=4)
    assert positions.tobytes() == layout(300, sources, targets, seed=4).tobytes()
    assert positions.tobytes() == layout(300, targets[::-1], sources[::-1], seed=4).tobytes()
    assert positions.tobytes() != layout(300, sources, targets, seed=5).tobytes()
    program = (
        "import hashlib, numpy as np; from ecograph.charts import layout;"
        "sources, targets = np.random.default_rng(1).integers(0, 300, size=(2, 900));"
        "print(hashlib.sha256(layout(300, sources, targets, seed=4).tobytes()).hexdigest())"
    )
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert other.stdout.strip() == hashlib.sha256(positions.tobytes()).hexdigest()


@pytest.mark.parametrize(("count", "arcs", "seconds"), [(2000, 10_000, 3.0), (500, 2500, 1.0)])
def test_layout_is_quick(count: int, arcs: int, seconds: float) -> None:
    sources, targets = np.random.default_rng(2).integers(0, count, size=(2, arcs))
    start = time.process_time()
    layout(count, sources, targets)
    assert time.process_time() - start < seconds


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_nodes(count: int) -> None:
    positions = layout(count, [], [])
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()


def test_wrong_ends_are_refused() -> None:
    with pytest.raises(ParameterError, match="an arc ends at -1; allowed: places of the 3 nodes, from 0"):
        layout(3, [0], [-1])
    with pytest.raises(ParameterError, match="the ends of arcs are not whole numbers"):
        layout(3, [0.5], [1])


def test_nodes_are_moved_apart_and_free_ones_stay() -> None:
    generator = np.random.default_rng(6)
    crowd = generator.uniform(0, 150, size=(200, 2))
    positions = np.vstack([crowd, [[1000.0, 1000.0]]])
    reaches = generator.uniform(2, 5, size=201)
    moved = moved_apart(positions, reaches)
    apart = np.hypot(*(moved[:, None] - moved).transpose(2, 0, 1)) - reaches[:, None] - reaches
    np.fill_diagonal(apart, np.inf)
    before = np.hypot(*(positions[:, None] - positions).transpose(2, 0, 1)) - reaches[:, None] - reaches
    np.fill_diagonal(before, np.inf)
    assert np.sum(before < 0) > 200
    assert np.sum(apart < -0.5) == 0
    assert moved[-1].tolist() == [1000, 1000]
    pair = moved_apart(np.array([[0.0, 0.0], [3.0, 0.0]]), np.array([2.0, 2.0]))
    assert np.hypot(*(pair[1] - pair[0])) == pytest.approx(4 + GAP)
