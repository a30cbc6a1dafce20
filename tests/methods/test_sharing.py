"""Ties by shared things, not formed, against the same ties formed."""

import tracemalloc

import numpy as np
import pytest

from ecograph.methods.partitions import Bonds
from ecograph.methods.sharing import Sharing
from tests.kernels.test_shared_partitions import random_joined, sharing_of, ties_of


def formed(joined: np.ndarray) -> Bonds:
    cells = ties_of(joined)
    sources, targets = (ends.astype(np.int32) for ends in np.nonzero(cells))
    return Bonds(len(cells), sources, targets, cells[sources, targets])


def test_modularity_and_shares_equal_those_of_the_ties(rounds) -> None:
    for seed in range(rounds(30, 300)):
        joined = random_joined(seed, 40, 30, 0.08)
        pointers, things, amounts, sent = sharing_of(joined)
        sharing, bonds = Sharing(40, pointers, things, amounts), formed(joined)
        assert sharing.sent == pytest.approx(sent, abs=1e-9)
        labels = np.random.default_rng(seed).integers(0, 1 + seed % 9, (3, 40))
        for resolution in (0.0, 1.0, 2.5):
            expected = bonds.modularities(labels, resolution)
            assert sharing.modularities(labels, resolution) == pytest.approx(expected, abs=1e-12)
        assert sharing.inside(labels[0]) == pytest.approx(bonds.inside(labels[0]), abs=1e-12, nan_ok=True)


def test_a_thing_of_everybody_needs_no_memory_for_all_pairs() -> None:
    n = 3_000
    sharing = Sharing(n, np.arange(n + 1), np.zeros(n, np.int32), np.ones(n))
    tracemalloc.start()
    found = sharing.communities(refined=True, resolution=1.0, seed=0, starts=1)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.modularity == pytest.approx(0, abs=1e-12) and held < 100 * n < sharing.ties
