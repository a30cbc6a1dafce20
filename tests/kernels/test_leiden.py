"""Communities against exhaustive search, by their definition, and from any number of threads."""

import networkx as nx
import numpy as np
import pytest

from ecograph.kernels import csr, leiden
from oracles.modularity import leicht_newman

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def rows_of(cells: np.ndarray) -> Rows:
    """What the kernel takes, of a matrix of what goes from one node to another."""
    sources, targets = (ends.astype(np.int32) for ends in np.nonzero(cells + cells.T))
    pointers, neighbours, *_ = csr.build(sources, targets, len(cells))
    both = (cells + cells.T)[sources, targets]
    return pointers, neighbours, both, cells.sum(axis=1), cells.sum(axis=0)


def random_cells(seed: int, n: int, share: float, directed: bool, weighted: bool) -> np.ndarray:
    random = np.random.default_rng(seed)
    cells = (random.random((n, n)) < share) * (np.round(random.exponential(2, (n, n)), 2) if weighted else 1.0)
    return cells if directed else cells + cells.T


def best_of_all(cells: np.ndarray, resolution: float) -> float:
    """Largest modularity over all partitions."""
    partitions = [[]]
    for _ in range(len(cells)):
        partitions = [[*one, label] for one in partitions for label in range(max(one, default=-1) + 2)]
    chance = resolution * np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    surplus = (cells - chance) / cells.sum()
    labels = np.array(partitions)
    return float(np.einsum("pij,ij->p", labels[:, :, None] == labels[:, None, :], surplus).max())


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("refined", [False, True])
def test_small_graphs_have_the_best_partition_of_all(refined: bool, directed: bool, weighted: bool) -> None:
    for seed in range(15):
        cells = random_cells(seed, 2 + seed % 6, 0.35, directed, weighted)
        if not cells.any():
            continue
        resolution = (1.0, 0.5, 1.7)[seed % 3]
        options = {"refined": refined, "resolution": resolution, "seed": seed, "starts": 50, "passes": 10}
        found = leiden.partitions(*rows_of(cells), **options).reshape(50, len(cells))
        values = [leicht_newman(cells.tolist(), labels.tolist(), resolution) for labels in found]
        assert max(values) == pytest.approx(best_of_all(cells, resolution), abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_leiden_communities_are_connected_and_no_node_or_pair_of_communities_gains_by_a_move(seed: int) -> None:
    cells = random_cells(seed, 60, 0.04, bool(seed % 2), bool(seed % 3))
    found = leiden.partitions(*rows_of(cells), refined=True, seed=seed, starts=5, passes=1_000).reshape(5, 60)
    surplus = cells - np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    graph = nx.from_numpy_array(cells + cells.T)
    for labels in found:
        members = labels[:, None] == np.unique(labels)
        for one in members.T:
            assert nx.is_connected(graph.subgraph(np.flatnonzero(one).tolist()))
        both = surplus + surplus.T
        np.fill_diagonal(both, 0)
        gains = both @ members
        own = gains[members]
        assert np.all(gains.max(axis=1) <= own + 1e-8) and own.min() >= -1e-8
        between = members.T @ both @ members
        np.fill_diagonal(between, 0)
        assert between.max() <= 1e-8


def test_more_passes_are_never_worse_and_leiden_beats_louvain_on_the_whole() -> None:
    gained = 0.0
    for seed in range(20):
        cells = random_cells(seed, 80, 0.04, False, False)
        values = []
        for refined, passes in ((False, 1), (True, 1), (True, 2), (True, 50)):
            labels = leiden.partitions(*rows_of(cells), refined=refined, seed=seed, passes=passes)
            values.append(leicht_newman(cells.tolist(), labels.tolist()))
        assert values[1] <= values[2] + 1e-12 and values[2] <= values[3] + 1e-12
        gained += values[3] - values[0]
    assert gained > 0


def test_threads_and_the_number_of_starts_change_no_label() -> None:
    cells = random_cells(3, 90, 0.05, True, True)
    options = {"refined": True, "seed": 5, "passes": 9}
    found = [leiden.partitions(*rows_of(cells), **options, starts=12, threads=threads) for threads in (1, 2, 7)]
    assert all(np.array_equal(found[0], other) for other in found[1:])
    fewer = leiden.partitions(*rows_of(cells), **options, starts=3)
    assert np.array_equal(fewer, found[0][: 3 * 90])
    assert len({labels.tobytes() for labels in found[0].reshape(12, 90)}) > 1


def test_ties_with_oneself_count_by_what_is_given_whether_they_stand_in_the_rows_or_not() -> None:
    cells = random_cells(8, 40, 0.08, False, True) + np.diag(np.arange(40.0) % 3)
    pointers, neighbours, both, given, taken = rows_of(cells)
    sources = np.repeat(np.arange(40, dtype=np.int32), np.diff(pointers))
    apart = sources != neighbours
    bare = csr.build(sources[apart], neighbours[apart], 40)[:2]
    there = leiden.partitions(pointers, neighbours, both, given, taken, refined=True, starts=4)
    assert np.array_equal(there, leiden.partitions(*bare, both[apart], given, taken, refined=True, starts=4))


def test_nothing_and_nodes_without_ties() -> None:
    for n in (0, 1, 5):
        empty = rows_of(np.zeros((n, n)))
        for refined in (False, True):
            labels = leiden.partitions(*empty, refined=refined, starts=2).reshape(2, n)
            assert all(len(set(one.tolist())) == n for one in labels)
    assert len(leiden.partitions(*rows_of(np.ones((2, 2))), refined=True, starts=0)) == 0


def test_two_cliques_and_a_long_chain() -> None:
    cells = np.kron(np.eye(2), np.ones((30, 30))) - np.eye(60)
    cells[0, 30] = cells[30, 0] = 1
    for refined in (False, True):
        labels = leiden.partitions(*rows_of(cells), refined=refined, passes=5)
        assert len(set(labels[:30].tolist())) == len(set(labels[30:].tolist())) == 1 and labels[0] != labels[59]
    n = 100_000
    ends = np.arange(n - 1, dtype=np.int32)
    pointers, neighbours, *_ = csr.build(ends, ends + 1, n, symmetric=True)
    degrees = np.diff(pointers).astype(float)
    labels = leiden.partitions(
        pointers, neighbours, np.full(len(neighbours), 2.0), degrees, degrees, refined=True, passes=3
    )
    assert np.all(np.diff(np.flatnonzero(np.diff(labels))) > 1) and 100 < len(np.unique(labels)) < 1_000


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": np.array([1.0, -1.0])}, r"weights\[1\] = -1"),
        ({"weights": np.array([1.0, np.inf])}, r"weights\[1\] = inf"),
        ({"given": np.array([1.0, np.nan])}, r"given\[1\] = nan"),
        ({"weights": np.ones(1)}, "weights has 1 entries; it needs 2"),
        ({"taken": np.ones(3)}, "taken has 3 entries; it needs 2"),
        ({"neighbours": np.array([1, 2], np.int32)}, r"neighbours\[1\] = 2"),
        ({"pointers": np.array([0, 1], np.int64)}, "pointers has 2 entries"),
        ({"resolution": -0.5}, r"resolution\[0\] = -0.5"),
        ({"seed": -1}, "seed=-1"),
        ({"starts": -1}, "starts=-1"),
        ({"passes": -1}, "passes=-1"),
        ({"threads": 0}, "threads=0"),
    ],
)
def test_wrong_arrays_are_refused(changes: dict[str, object], message: str) -> None:
    rows = dict(zip(("pointers", "neighbours", "weights", "given", "taken"), rows_of(1 - np.eye(2)), strict=True))
    with pytest.raises(ValueError, match=message):
        leiden.partitions(**{**rows, **changes}, refined=True)
