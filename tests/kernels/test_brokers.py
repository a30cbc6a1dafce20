"""Brokers under many labellings against their slow twin, and what the kernel refuses."""

from typing import Any

import numpy as np
import pytest

from ecograph.kernels import brokers, csr
from oracles import brokerage as twin

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@pytest.mark.parametrize("seed", range(120))
def test_it_equals_every_triple_looked_at_by_itself(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(0, 14))
    ends = random.integers(0, max(n, 1), (2, int(random.integers(0, 6 * n + 1)) if n else 0), dtype=np.int32)
    rows = csr.build(ends[0], ends[1], n, symmetric=bool(seed % 2))[:4]
    groups, labellings = int(random.integers(1, 5)), int(random.integers(0, 5))
    labels = random.integers(-1, groups, (n, labellings), dtype=np.int32)
    arcs = set(zip(np.repeat(np.arange(n), np.diff(rows[0])).tolist(), rows[1].tolist(), strict=True))
    counts = brokers.counts(*rows, n, labels.ravel(), groups, labellings)
    found = counts.reshape(n, len(ROLES), labellings)
    for labelling in range(labellings):
        own = labels[:, labelling]
        used = {(a, b) for a, b in arcs if own[a] >= 0 and own[b] >= 0}
        expected = twin.brokerage(used, own.tolist())
        assert found[:, :, labelling].tolist() == [[one[role] for role in ROLES] for one in expected]
    for threads in (2, 4):
        assert np.array_equal(brokers.counts(*rows, n, labels.ravel(), groups, labellings, threads=threads), counts)


def test_wrong_arrays_are_refused() -> None:
    rows = csr.build(np.array([0], np.int32), np.array([1], np.int32), 2)[:4]
    labels = np.array([0, 1], np.int32)
    wrong: list[tuple[tuple[Any, ...], str]] = [
        ((2, labels[:1], 2, 1), "labels has 1 entries; it needs 2, one a node and labelling"),
        ((2, labels, 1, 1), r"labels\[1\] = 1 is outside -1..0"),
        ((2, labels - 2, 2, 1), r"labels\[0\] = -2 is outside -1..1"),
        ((2, labels.astype(int), 2, 1), "labels holds int64; an array of int32 is needed"),
        ((2, labels, -1, 1), "groups=-1 is outside"),
        ((2, labels, 2, -1), "labellings=-1 is outside"),
        ((1, labels, 2, 1), "out_pointers has 3 entries; it needs 2"),
    ]
    for arguments, message in wrong:
        with pytest.raises(ValueError, match=message):
            brokers.counts(*rows, *arguments)
    with pytest.raises(ValueError, match="threads=0 is outside"):
        brokers.counts(*rows, 2, labels, 2, 1, threads=0)
