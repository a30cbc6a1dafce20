"""How far two partitions of the same nodes agree."""

from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Crossing(NamedTuple):
    """Sizes of the groups of two partitions, and of what pairs of their groups share, where they share any node."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    both: NDArray[np.int64]
    of_one: NDArray[np.int64]
    of_other: NDArray[np.int64]


def crossing(one: NDArray[np.int64], other: NDArray[np.int64]) -> Crossing:
    """Count the nodes of every group and of every pair of groups that share any.

    Parameters
    ----------
    one, other : int64 (n)
        Group of each node in either partition.

    Returns
    -------
    Crossing
        Sizes; ``of_one`` and ``of_other`` are the places of a pair's groups among them.
    """
    _, first, sizes_one = np.unique(one, return_inverse=True, return_counts=True)
    _, second, sizes_other = np.unique(other, return_inverse=True, return_counts=True)
    pairs, shared = np.unique(first * np.int64(len(sizes_other)) + second, return_counts=True)
    return Crossing(sizes_one, sizes_other, shared, *np.divmod(pairs, max(len(sizes_other), 1)))


def agreement_of(cells: Crossing) -> dict[str, float]:
    """Four indices of agreement.

    Parameters
    ----------
    cells : Crossing
        Counts; at least one node.

    Returns
    -------
    dict of str to float
        By name: nmi (by the mean entropy), ami (likewise; Vinh, Epps & Bailey 2010), ari (Hubert & Arabie 1985) and
        vi in bits (Meila 2007, eq. 13). Where both partitions are one group, or both single nodes, they agree.
    """
    n = int(cells.both.sum())
    entropies = [_entropy(sizes / n) for sizes in (cells.one, cells.other)]
    information = _information(cells, n)
    mean = sum(entropies) / 2
    same = len(cells.one) == len(cells.both) == len(cells.other)
    found = {"vi": 0.0 if same else max(0.0, 2 * (mean - information))}
    if same:
        return {"nmi": 1.0, "ami": 1.0, "ari": 1.0, **found}
    awaited = expected_information(cells.one, cells.other)
    ami = (information - awaited) / (mean - awaited)
    return {"nmi": min(information / mean, 1.0), "ami": min(ami, 1.0), "ari": _adjusted_rand(cells, n), **found}


def _entropy(shares: NDArray[np.float64]) -> float:
    return float(-(shares * np.log2(shares)).sum())


def _information(cells: Crossing, n: int) -> float:
    """Mutual information in bits."""
    shares = cells.both / n
    chance = cells.one[cells.of_one] / n * (cells.other[cells.of_other] / n)
    return max(0.0, float((shares * np.log2(shares / chance)).sum()))


def _adjusted_rand(cells: Crossing, n: int) -> float:
    """Rand index of pairs, adjusted for chance (Hubert & Arabie 1985, eq. 5)."""
    both, one, other, all_pairs = (
        float((counts * (counts - 1) / 2).sum()) for counts in (cells.both, cells.one, cells.other, np.array([n]))
    )
    chance = one * other / all_pairs
    most = (one + other) / 2
    return (both - chance) / (most - chance)


def expected_information(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """Mutual information, in bits, of two partitions with groups of these sizes joined at random.

    Parameters
    ----------
    one, other : int64 (groups)
        Sizes of the groups of either partition; their sums are equal.

    Returns
    -------
    float
        The mean over all ways to give nodes to groups (Vinh, Epps & Bailey 2010, eq. 24a).
    """
    from scipy.special import gammaln

    n = int(one.sum())
    logs: NDArray[np.float64] = gammaln(np.arange(n + 2))  # logs[k + 1] = ln k!
    total = 0.0
    for a, often in Counter(one.tolist()).items():
        for b, as_often in Counter(other.tolist()).items():
            shared = np.arange(max(1, a + b - n), min(a, b) + 1)
            fixed = logs[a + 1] + logs[b + 1] + logs[n - a + 1] + logs[n - b + 1] - logs[n + 1]
            free = logs[shared + 1] + logs[a - shared + 1] + logs[b - shared + 1] + logs[n - a - b + shared + 1]
            terms = shared / n * np.log2(n * shared / (a * b)) * np.exp(fixed - free)
            total += often * as_often * float(terms.sum())
    return total
