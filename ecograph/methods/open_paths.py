"""Open two-paths a -> b -> c (no arc a -> c) counted at b by the groups of the three, and how many chance gives."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ecograph.kernels import brokers
from ecograph.methods.threads import threads

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
TOGETHER = 64
CELLS = 1 << 25

Rows = tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]
Groups = NDArray[np.int64]
Counts = NDArray[np.int64]


class Chance(NamedTuple):
    """How the counts of each node and role (n, 5) compare with those under permuted groups.

    ``means`` are of the permutations; ``z`` is how many of their standard deviations the observed count is above them,
    NaN where they never vary; ``p`` the probability of as many or more, NaN where the observed count never varies
    either.
    """

    means: NDArray[np.float64]
    z: NDArray[np.float64]
    p: NDArray[np.float64]


def brokered(rows: Rows, groups: Groups) -> dict[str, Counts]:
    """Open two-paths through each node by role (Gould & Fernandez 1989).

    Parameters
    ----------
    rows : tuple of array
        Pointers and other ends of the arcs, out and in; no ordered pair twice.
    groups : int64 (n)
        Group of each node; arcs of a node with -1 are left out.

    Returns
    -------
    dict of str to int64 (n)
        Count of each role at each node.
    """
    counts = _counts(rows, groups[:, None])[:, :, 0]
    return {role: counts[:, number].copy() for number, role in enumerate(ROLES)}


def by_chance(rows: Rows, groups: Groups, strata: Groups, permutations: int, seed: int) -> Chance:
    """Count again and again with the groups of nodes exchanged at random within strata.

    Parameters
    ----------
    rows : tuple of array
        Pointers and other ends of the arcs, out and in; no ordered pair twice.
    groups : int64 (n)
        Group of each node; a node with -1 keeps it.
    strata : int64 (n)
        Stratum of each node; a node with -1 keeps its group.
    permutations : int
        How many times, at least 2.
    seed : int
        Seed of the permutations and of the draws that break ties.

    Returns
    -------
    Chance
        Of each node and role, in the order of ``ROLES``.
    """
    random = np.random.default_rng(seed)
    observed = _counts(rows, groups[:, None])
    mixed = [np.flatnonzero((groups >= 0) & (strata == stratum)) for stratum in np.unique(strata[strata >= 0])]
    shape = observed.shape[:2]
    means, squares = np.zeros(shape), np.zeros(shape)
    more, alike = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    done = 0
    for together in _batches(len(groups), int(groups.max(initial=-1)) + 1, permutations):
        drawn = _counts(rows, _permuted(groups, mixed, together, random))
        more += (drawn > observed).sum(axis=2)
        alike += (drawn == observed).sum(axis=2)
        mean = drawn.mean(axis=2)
        # sums of squares of two batches joined (Chan, Golub & LeVeque 1983): counts that never vary leave exactly 0
        apart = mean - means
        squares += ((drawn - mean[:, :, None]) ** 2).sum(axis=2) + apart**2 * (done * together / (done + together))
        means += apart * (together / (done + together))
        done += together
    z = np.full(shape, np.nan)
    np.divide(observed[:, :, 0] - means, np.sqrt(squares / (permutations - 1)), out=z, where=squares > 0)
    p = (more + random.random(shape) * (alike + 1)) / (permutations + 1)
    return Chance(means, z, np.where(alike < permutations, p, np.nan))


def _counts(rows: Rows, labels: NDArray[np.integer]) -> Counts:
    """Counts by node, role and labelling."""
    n, labellings = labels.shape
    flat = np.ascontiguousarray(labels, np.int32).ravel()
    most = int(labels.max(initial=-1)) + 1
    found = brokers.counts(*rows, n, flat, most, labellings, threads=threads())
    return found.reshape(n, len(ROLES), labellings)


def _batches(n: int, groups: int, permutations: int) -> Iterator[int]:
    """Sizes of the batches, few enough together to hold their counts."""
    most = int(np.clip(CELLS // max(len(ROLES) * n, groups, 1), 1, TOGETHER))
    for done in range(0, permutations, most):
        yield min(most, permutations - done)


def _permuted(
    groups: Groups, mixed: Sequence[NDArray[np.int64]], together: int, random: np.random.Generator
) -> NDArray[np.int32]:
    """Groups of each node (rows) in each permutation (columns)."""
    labels = np.repeat(groups[:, None].astype(np.int32), together, axis=1)
    for members in mixed:
        labels[members] = random.permuted(labels[members], axis=0)
    return labels
