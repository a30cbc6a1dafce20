"""Communities by shared things against those of the ties that sharing makes, and wrong arrays."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from ecograph.kernels import leiden
from oracles.modularity import leicht_newman
from tests.kernels.test_leiden import best_of_all, rows_of

Rows = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def ties_of(joined: np.ndarray) -> np.ndarray:
    """Ties that sharing makes: slow, and as many as pairs that share."""
    return joined @ joined.T * (1 - np.eye(len(joined)))


def sharing_of(joined: np.ndarray) -> Rows:
    """What the kernel takes, of a matrix of what nodes have in things."""
    rows = csr_array(joined)
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int32), rows.data, ties_of(joined).sum(axis=1)


def random_joined(seed: int, n: int, things: int, share: float) -> np.ndarray:
    """What nodes have in things: ones, or weights; some things of nobody left out."""
    random = np.random.default_rng(seed)
    weights = np.round(random.exponential(2, (n, things)), 2) + 0.01 if seed % 2 else np.ones((n, things))
    joined = (random.random((n, things)) < share) * weights
    return joined[:, joined.any(axis=0)]


def test_small_graphs_have_the_best_partition_of_all() -> None:
    for seed in range(20):
        joined = random_joined(seed, 2 + seed % 6, 5, 0.35)
        cells = ties_of(joined)
        if not cells.any():
            continue
        resolution = (1.0, 0.5, 1.7)[seed % 3]
        options = {"refined": bool(seed % 2), "resolution": resolution, "seed": seed, "starts": 50, "passes": 10}
        found = leiden.shared_partitions(*sharing_of(joined), n_things=joined.shape[1], **options)
        values = [leicht_newman(cells.tolist(), one.tolist(), resolution) for one in found.reshape(50, len(cells))]
        assert max(values) == pytest.approx(best_of_all(cells, resolution), abs=1e-12)


@pytest.mark.parametrize("refined", [True, False])
def test_they_are_as_good_as_those_of_the_ties(refined: bool, rounds) -> None:
    gains = []
    for seed in range(rounds(30, 300)):
        joined = random_joined(seed, 60, 40, 0.05)
        cells = ties_of(joined)
        options = {"refined": refined, "seed": seed, "starts": 4, "passes": 10 if refined else 1}
        shared = leiden.shared_partitions(*sharing_of(joined), n_things=joined.shape[1], **options)
        formed = leiden.partitions(*rows_of(cells), **options)
        values = [
            np.mean([leicht_newman(cells.tolist(), one.tolist()) for one in labels.reshape(4, 60)])
            for labels in (shared, formed)
        ]
        gains.append(values[0] - values[1])
    assert np.mean(gains) > -0.001


def test_threads_and_other_starts_change_nothing() -> None:
    joined = random_joined(3, 300, 200, 0.01)
    rows, options = sharing_of(joined), {"n_things": joined.shape[1], "refined": True, "seed": 5, "passes": 3}
    found = [leiden.shared_partitions(*rows, **options, starts=12, threads=threads) for threads in (1, 2, 7)]
    assert np.array_equal(found[0], found[1]) and np.array_equal(found[0], found[2])
    assert np.array_equal(found[0][:900], leiden.shared_partitions(*rows, **options, starts=3))
    assert len({one.tobytes() for one in found[0].reshape(12, 300)}) > 1


def test_nodes_without_things_and_no_nodes() -> None:
    for n in (0, 3):
        empty = np.zeros(n + 1, np.int64), np.empty(0, np.int32), np.empty(0), np.zeros(n)
        labels = leiden.shared_partitions(*empty, n_things=0, refined=True, starts=2).reshape(2, n)
        assert all(len({*one}) == n for one in labels.tolist())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amounts": np.array([1.0, 2.0, -1.0])}, r"amounts\[2\] = -1"),
        ({"sent": np.array([1.0, np.nan])}, r"sent\[1\] = nan"),
        ({"amounts": np.ones(2)}, "amounts has 2 entries; it needs 3"),
        ({"things": np.array([0, 1, 2], np.int32)}, r"things\[2\] = 2"),
        ({"n_things": 4}, "n_things=4 is more than the 3 entries"),
        ({"n_things": -1}, "n_things=-1"),
        ({"pointers": np.array([0, 3], np.int64)}, "pointers has 2 entries"),
        ({"resolution": -0.5}, r"resolution\[0\] = -0.5"),
        ({"seed": -1}, "seed=-1"),
        ({"starts": -1}, "starts=-1"),
        ({"passes": -1}, "passes=-1"),
        ({"threads": 0}, "threads=0"),
    ],
)
def test_wrong_arrays_are_refused(changes: dict[str, object], message: str) -> None:
    rows = dict(zip(("pointers", "things", "amounts", "sent"), sharing_of(np.array([[1.0, 2], [0, 1]])), strict=True))
    with pytest.raises(ValueError, match=message):
        leiden.shared_partitions(**{**rows, "n_things": 2, **changes}, refined=True)
